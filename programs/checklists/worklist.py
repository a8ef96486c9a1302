"""The items of all phases as a list to work on: who, until when, how far."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.rooms import Label
from core.lists.declared import Bulk, Column, Empty, Extra, Filter, ListOf
from programs.checklists import asking, own_columns, own_fields, queries, rows
from programs.checklists.forms import BulkForm, choices_of
from programs.checklists.models import Item, ItemState
from programs.checklists.rows import Row
from programs.membership.access import Ability, can
from programs.membership.models import Membership, Program
from programs.phases.models import Phase

if TYPE_CHECKING:
    from core.people.models import User

PER_PAGE = 60
WEEK, MONTH = timedelta(days=7), timedelta(days=31)


def checklist(user: "User", program: Program, phases: list[Phase], *, on: date) -> ListOf:
    """Managers choose and change; everybody else on the team ticks what is theirs."""
    manages = can(user, Ability.MANAGE_PROGRAM, program)
    owners = queries.OWNERS.rows(program=program.pk)
    here = {row.user_id for row in owners}
    own = own_fields.fields_known(program)
    in_columns = own_fields.columns_of(own)

    def shown(items: list[Item]) -> list[Row]:
        return [rows.row(item, user, program, on=on, manages=manages, here=here, own=in_columns) for item in items]

    tick = Extra(key="e", label=_("done, or open again"))
    change = [
        Extra(key="a", label=_("choose who does it")),
        Extra(key="d", label=_("set the date")),
        Extra(key="s", label=_("change the state")),
        Extra(key="c", label=_("comment on it")),
    ]
    return ListOf(
        label=_("Checklist items"),
        columns=(
            Column(name="title", label=_("Item"), value=lambda row: row.title),
            Column(name="phase", label=_("Phase"), order=("phase__position", "position"), value=_phase),
            Column(name="state", label=_("State"), order=("state", "due_on"), value=lambda row: row.state_words),
            Column(name="owner", label=_("Owner"), order=("owner__user__name", "due_on"), value=_owner),
            Column(name="due", label=_("Due"), order=("due_on", "phase__position"), value=lambda row: row.item.due_on),
            *own_columns.columns(own),
        ),
        filters=(*_filters(user, program, phases, owners, on), *own_columns.filters(own)),
        search=lambda items, words: items.filter(title__icontains=words),
        search_label=_("Find an item"),
        count=lambda n: ngettext("%(count)s item", "%(count)s items", n) % {"count": n},
        per_page=PER_PAGE,
        row="programs/checklists/_work_row.html",
        anchor="item",
        row_class=lambda row: f"crow is-{row.state}{' is-late' if row.late else ''}",
        group=lambda row: _when(row.item, on),
        as_shown=shown,
        bulk=(*_bulk(program, owners), *own_columns.bulk(own)) if manages else (),
        bulk_url=reverse("programs:items_change", args=[program.slug]),
        below="programs/checklists/_quick_add.html" if manages else "",
        keys=(tick, *(change if manages else change[-1:])),
        name=_("Checklists %(program)s") % {"program": program.name},
        empty=Empty(
            icon="circle-check",
            title=_("Nothing is open"),
            text=_("Every item is done or does not apply. The timeline shows what is next."),
            action_url=reverse("programs:timeline", args=[program.slug]),
            action_label=_("Open the timeline"),
        ),
    )


def boarded(user: "User", program: Program, phases: list[Phase], *, on: date) -> ListOf:
    """The board's filters: as the list's, but the state is the column."""
    owners = queries.OWNERS.rows(program=program.pk)
    filters = (*_filters(user, program, phases, owners, on), *own_columns.filters(own_fields.fields_known(program)))
    return ListOf(
        label=_("Task board"),
        columns=(),
        filters=tuple(each for each in filters if each.name != "state"),
        search=lambda items, words: items.filter(title__icontains=words),
        search_label=_("Find an item"),
        count=lambda n: ngettext("%(count)s item", "%(count)s items", n) % {"count": n},
        per_page=1,  # the columns show the items
        empty=Empty(title=_("Nothing is open")),
    )


def _phase(row: Row) -> str:
    return str(row.item.phase.title)


def _owner(row: Row) -> str:
    return row.owner["name"] if row.owner else ""


def _filters(
    user: "User", program: Program, phases: list[Phase], owners: list[Membership], on: date
) -> tuple[Filter, ...]:
    numbered = [(str(phase.pk), f"{phase.position} {phase.title}") for phase in phases]
    named = [(str(row.user_id), str(row.user)) for row in owners]
    whose: Iterable[tuple[str, Label]] = (
        ("", _("everybody")),
        ("me", _("me")),
        ("nobody", _("nobody yet")),
        ("orphan", _("nobody still in the team")),
        *named,
    )
    return (
        Filter(
            name="state",
            label=_("State"),
            choices=(
                ("open", _("open")),
                ("overdue", _("overdue")),
                *ItemState.choices[1:],
                ("again", _("to be asked again")),
                ("all", _("all")),
            ),
            narrow=lambda items, value: _in_state(items, value, on),
            default="open",
        ),
        Filter(
            name="phase",
            label=_("Phase"),
            choices=(("", _("all")), *numbered),
            narrow=lambda items, value: items.filter(phase=int(value)),
        ),
        Filter(
            name="owner",
            label=_("Owner"),
            choices=tuple(whose),
            narrow=lambda items, value: _owned(items, value, user, program),
        ),
        Filter(
            name="due",
            label=_("Due"),
            choices=(
                ("", _("at any time")),
                ("week", _("within a week")),
                ("month", _("within a month")),
                ("never", _("without a date")),
            ),
            narrow=lambda items, value: _due(items, value, on),
        ),
    )


def _in_state(items: Any, value: str, on: date) -> Any:
    if value == "all":
        return items
    if value == "overdue":
        return items.overdue(on=on)
    if value == "again":
        return asking.due_again(items, on=on)
    return items.open() if value == "open" else items.filter(state=value)


def _owned(items: Any, value: str, user: "User", program: Program) -> Any:
    if value == "me":
        return items.filter(owner__user=user)
    if value == "orphan":
        return items.filter(queries.is_orphan(program))
    return items.filter(owner=None) if value == "nobody" else items.filter(owner__user=int(value))


def _due(items: Any, value: str, on: date) -> Any:
    if value == "never":
        return items.filter(due_on=None)
    return items.filter(due_on__lte=on + (WEEK if value == "week" else MONTH))


def _when(item: Item, on: date) -> str:
    """The heading an item stands under."""
    if item.due_on is None:
        return _("Without a date")
    if not item.is_open:
        return _("Closed")
    if item.due_on < on:
        return _("Overdue")
    steps: list[tuple[date, Callable[[], str]]] = [
        (on + WEEK, lambda: _("Within a week")),
        (on + MONTH, lambda: _("Within a month")),
    ]
    return next((words() for until, words in steps if item.due_on <= until), _("Later"))


def _bulk(program: Program, owners: list[Membership]) -> tuple[Bulk, ...]:
    form = BulkForm(program=program)
    form.fields["owner"].choices = choices_of(owners)  # type: ignore[attr-defined]  # those were asked for already
    return (
        Bulk(name="done", label=_("Done"), icon="check", key="e"),
        Bulk(name="owner", label=_("Owner"), icon="user-check", key="a", fields=(form["owner"],), submit=_("Assign")),
        Bulk(name="due", label=_("Due"), icon="calendar-event", key="d", fields=(form["due_on"],), submit=_("Set")),
        Bulk(
            name="shift",
            label=_("Move"),
            icon="arrow-right",
            key="m",
            fields=(form["shift"], form["unit"]),
            submit=_("Move"),
        ),
        Bulk(name="na", label=_("Not applicable"), icon="ban", key="n", fields=(form["reason"],)),
    )
