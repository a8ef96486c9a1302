"""What the search offers of the next events: boards and tables one is invited to, and guest lists for who plans."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.events import access, queries
from community.events.invited import invited_to
from community.events.models import EventKind
from core.kit.rooms import Act, Label
from programs.consents.models import today_in
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST = 6
PAGES = {
    EventKind.BARCAMP: (_("Barcamp board: {title}"), _("barcamp sessions propose vote plan"), "community:barcamp"),
    EventKind.WORLD_CAFE: (_("World Café tables: {title}"), _("World Café tables notes questions"), "community:cafe"),
}
GUESTS, OUTSIDE = _("Guests from outside: {title}"), _("guest list speaker trainer invite")


def acts(user: "User", program: Program) -> Iterator[Act]:
    """Only when something was typed: what is next has its place on the home page."""
    coming = list(queries.announced_ahead(program, on=today_in(program))[:MOST])
    plans = access.can_edit(user, program)
    opens = {event.pk for event in coming} if plans else invited_to(coming, user, program)
    for event in coming:
        if event.kind in PAGES and event.pk in opens:
            label, synonyms, address = PAGES[EventKind(event.kind)]
            yield _act(label, event.milestone.title, reverse(address, args=[program.slug, event.pk]), synonyms)
        if plans:
            url = reverse("community:event_guests", args=[program.slug, event.pk])
            yield _act(GUESTS, event.milestone.title, url, OUTSIDE)


def _act(label: Any, title: str, url: str, synonyms: Label) -> Act:
    return Act(format_lazy(label, title=title), url, 46, synonyms, "calendar-event", only_when_asked=True)
