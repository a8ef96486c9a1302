"""The lists of a generation: who takes part, and who was asked and has not answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.templatetags.ui import number
from core.lists.declared import Bulk, Column, Empty, Filter, ListOf, Rows
from programs.generations import move_pages, pages, queries
from programs.generations.forms_moves import WhereTo
from programs.generations.models import Generation, InvitationState, ParticipantState
from programs.generations.paths import GroupProgress
from programs.generations.verdicts import Verdict

LINES_PER_PAGE = 100


def people(generation: Generation, progress: GroupProgress, goals: Sequence[Generation]) -> ListOf:
    """Names and membership; several can be moved at once. Onboarding is a cell of who shows it, and never something to
    filter or sort by."""
    may_move = generation.merges_into_id is None and bool(goals)
    to = WhereTo(goals=goals, auto_id="bulk_%s")["generation"]
    return ListOf(
        label=_("People"),
        columns=(
            Column(name="name", label=_("Name"), order=("user__name",), value=lambda row: row["participant"].user),
            Column(name="joined", label=_("Since"), order=("joined_on",)),
            Column(name="state", label=_("State")),
        ),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                choices=(("", _("all")), ("active", _("takes part")), ("paused", _("taking a break"))),
                narrow=_taking_part,
            ),
        ),
        search=queries.people_called,
        search_label=_("Name or email address"),
        count=lambda n: ngettext("%(count)s person", "%(count)s people", n) % {"count": n},
        row="programs/generations/_person_row.html",
        pk=lambda row: row["participant"].pk,
        as_shown=lambda rows: [
            {
                "participant": row,
                "done": progress.shared.get(row.pk),
                "total": progress.out_of.get(row.pk),
                "may_move": may_move,
            }
            for row in rows
        ],
        bulk=(
            Bulk(
                name="move",
                label=_("Move people"),
                icon="arrow-right",
                key="m",
                fields=(to,),
                ask=move_pages.in_short(generation),
                submit=_("Move from %(day)s") % {"day": move_pages.monday(generation)},
            ),
        )
        if may_move
        else (),
        bulk_url=reverse("programs:people_move", args=_place(generation)),
        empty=Empty(
            icon="users", title=_("Nobody has joined yet"), text=_("People who accept an invitation appear here.")
        ),
    )


def _taking_part(people: Rows, value: str) -> Rows:
    paused = ParticipantState.PAUSED
    return people.filter(state=paused) if value == "paused" else people.exclude(state=paused)


def invitations(generation: Generation) -> ListOf:
    """Send several again, or withdraw them."""
    invite = (
        ""
        if generation.closed_at or generation.merges_into_id
        else reverse("programs:roster_new", args=_place(generation))
    )
    return ListOf(
        label=_("Open invitations"),
        columns=(
            Column(name="name", label=_("Name"), order=("name", "email")),
            Column(name="state", label=_("State"), order=("state", "email")),
            Column(name="sent", label=_("Sent"), order=("sent_at",)),
        ),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                choices=(
                    ("", _("all")),
                    (InvitationState.FAILED.value, _("could not be delivered")),
                    (InvitationState.SENT.value, _("waiting for an answer")),
                    (InvitationState.QUEUED.value, _("waiting to be sent")),
                ),
                narrow=lambda rows, value: rows.filter(state=value),
            ),
        ),
        search=queries.invited_called,
        search_label=_("Name or email address"),
        count=lambda n: ngettext("%(count)s open invitation", "%(count)s open invitations", n) % {"count": n},
        row="programs/generations/_invitation_row.html",
        anchor="invitation",
        row_class=lambda row: f"inv is-{row.state}",
        bulk=(
            Bulk(name="resend", label=_("Send again"), icon="refresh", key="e"),
            Bulk(name="revoke", label=_("Withdraw"), icon="mail-off", key="n"),
        ),
        bulk_url=reverse("programs:invitations_change", args=_place(generation)),
        empty=Empty(
            icon="mail",
            title=_("No open invitations"),
            text=_("People who have been invited and have not answered yet appear here."),
            action_url=invite,
            action_label=_("Invite people"),
        ),
    )


def roster(generation: Generation, counts: Mapping[str, int]) -> ListOf:
    """The lines of a list that was brought, and what becomes of each. It lives for a day, so nothing is kept of it."""
    verdicts = [(each.value, f"{each.label} ({number(counts[each.value])})") for each in Verdict]
    return ListOf(
        label=_("Lines of the list"),
        columns=(
            Column(name="line", label=_("Line"), order=("line",), value=lambda line: line["line"], is_number=True),
            Column(name="address", label=_("Address"), order=("email",), value=lambda line: line["email"]),
            Column(name="name", label=_("Name"), order=("name",), value=lambda line: line["name"]),
            Column(name="verdict", label=_("What happens to it")),
        ),
        filters=(
            Filter(
                name="verdict",
                label=_("What happens to it"),
                choices=(("", _("all")), *verdicts),
                narrow=lambda lines, value: [line for line in lines if line["verdict"] == value],
            ),
        ),
        search=_written,
        search_label=_("Name or email address"),
        count=lambda n: ngettext("%(count)s line", "%(count)s lines", n) % {"count": number(n)},
        per_page=LINES_PER_PAGE,
        row="programs/generations/_roster_row.html",
        anchor="line",
        pk=lambda line: line["line"],
        as_shown=lambda lines: [pages.roster_line(line, generation.program) for line in lines],
        is_savable=False,
        empty=Empty(
            title=_("The list is empty"),
            action_url=reverse("programs:roster_new", args=_place(generation)),
            action_label=_("Use another list"),
        ),
    )


def _written(lines: Rows, words: str) -> Rows:
    wanted = words.casefold()
    return [line for line in lines if wanted in f"{line['email']} {line['name']}".casefold()]


def tabs(generation: Generation, row: Any, current: str) -> list[dict[str, Any]]:
    places = (
        ("people", _("People"), "programs:generation_detail", row.people),
        ("invitations", _("Open invitations"), "programs:invitations", row.invited),
        ("steps", _("Onboarding"), "programs:generation_steps", 0),
    )
    return [
        {"label": label, "url": reverse(name, args=_place(generation)), "count": count, "current": key == current}
        for key, label, name, count in places
    ]


def _place(generation: Generation) -> list[Any]:
    return [generation.program.slug, generation.pk]
