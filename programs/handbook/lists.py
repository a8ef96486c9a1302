"""The log of decisions as a list: by number, by when it is looked at again, with a file for whoever keeps one."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.lists.declared import Column, Empty, Filter, ListOf, Rows
from programs.handbook import pages
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def decisions(user: "User", program: Program, *, writes: bool) -> ListOf:
    new_url = reverse("programs:decision_new", args=[program.slug]) if writes else ""
    return ListOf(
        label=_("Decisions"),
        columns=(
            Column(name="number", label=_("No."), order=("number",), value=lambda row: row.decision.number),
            Column(name="text", label=_("Decision"), value=lambda row: row.decision.text),
            Column(
                name="considered",
                label=_("Considered and rejected"),
                value=lambda row: row.decision.considered,
                is_only_in_file=True,
            ),
            Column(name="day", label=_("Decided on"), order=("decided_on",), value=lambda row: row.decision.decided_on),
            Column(name="check", label=_("Review"), order=("check_on",), value=lambda row: row.decision.check_on),
            *([Column(name="acts", label=_("Change"), is_number=True)] if writes else []),
        ),
        filters=(
            Filter(
                name="check",
                label=_("Review"),
                choices=(("", _("all")), ("due", _("due now")), ("later", _("planned")), ("none", _("not planned"))),
                narrow=_to_be_checked,
            ),
        ),
        search=_saying,
        search_label=_("Find a decision"),
        count=lambda n: ngettext("%(count)s decision", "%(count)s decisions", n) % {"count": n},
        empty=Empty(
            icon="gavel",
            title=_("No decision is recorded yet"),
            text=_(
                "One line per decision is enough: what was decided and what was rejected. People who join later don't "
                "have to ask again."
            ),
            action_url=new_url,
            action_label=_("Record a decision") if writes else "",
        ),
        sort="-number",
        per_page=25,
        row="programs/handbook/_decision_row.html",
        anchor="decision",
        pk=lambda row: row.decision.number,
        as_shown=lambda rows: pages.shown_decisions(user, program, rows),
        name="decisions",
    )


def _to_be_checked(rows: Rows, value: str) -> Rows:
    today = timezone.localdate()
    return rows.filter({"due": Q(check_on__lte=today), "later": Q(check_on__gt=today), "none": Q(check_on=None)}[value])


def _saying(rows: Rows, words: str) -> Rows:
    for word in words.split():
        rows = rows.filter(Q(text__icontains=word) | Q(considered__icontains=word))
    return rows
