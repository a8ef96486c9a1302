"""The guest list of an event: found by name and address, and by how far each guest is."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.events.models import Choice
from community.events.models_guests import Guest
from core.lists.declared import Column, Empty, Filter, ListOf

STATES = {
    "open": Q(invited_at=None),
    "invited": Q(invited_at__isnull=False) & ~Q(choice__in=[Choice.YES, Choice.WAITING]),
    "yes": Q(choice=Choice.YES),
    "waiting": Q(choice=Choice.WAITING),
}


@dataclass(frozen=True)
class GuestLine:
    """`failed`: the invitation could not be delivered."""

    guest: Guest
    failed: bool

    def __str__(self) -> str:
        return str(self.guest)


def guests(failed: Collection[int], event_url: str) -> ListOf:
    """No file: the addresses of people who have no account stay here."""
    return ListOf(
        label=_("Guest list"),
        columns=(
            Column(name="name", label=_("Name"), order=("name", "email")),
            Column(name="state", label=_("State"), order=("choice", "invited_at", "name")),
            Column(name="act", label=_("Remove"), is_number=True),  # its head stands above the buttons, at the end
        ),
        filters=(
            Filter(
                name="state",
                label=_("State"),
                choices=(
                    ("", _("all")),
                    ("open", _("not invited yet")),
                    ("invited", _("invited")),
                    ("yes", _("is coming")),
                    ("waiting", _("on the waiting list")),
                ),
                narrow=lambda rows, value: rows.filter(STATES[value]),
            ),
        ),
        search=lambda rows, words: rows.filter(Q(name__icontains=words) | Q(email__icontains=words)),
        search_label=_("Find a guest"),
        count=lambda n: ngettext("%(count)s guest", "%(count)s guests", n) % {"count": n},
        empty=Empty(
            title=_("No guests yet."),
            text=_("People from outside whom you add here are invited by email and need no account."),
            icon="users",
            action_url=event_url,
            action_label=_("Back to the event"),
        ),
        sort="name",
        row="community/events/_guest_row.html",
        anchor="guest",
        pk=lambda row: row.guest.pk,
        as_shown=lambda rows: [GuestLine(guest, guest.pk in failed) for guest in rows],
        is_savable=False,
    )
