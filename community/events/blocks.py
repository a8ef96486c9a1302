"""What the newsletter may show of events: the next ones that everybody is invited to, each with the way to answer."""

from datetime import date

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from community.events import queries
from community.events.guest_letters import when
from core.kit.newsletter_blocks import BlockRow
from programs.membership.models import Program

MOST = 5


def events(program: Program, language: str, on: date) -> list[BlockRow]:
    """Day and time, title and place, and yes and no: each leads to the event's page, where one press sends it. Events
    of single generations are left out: the newsletter reaches everybody."""
    rows: list[BlockRow] = []
    with translation.override(language):
        for event in queries.announced_ahead(program, on=on):
            if event.generations.all() or len(rows) == MOST:
                continue
            milestone = event.milestone
            what = f"{milestone.title}, {milestone.place}" if milestone.place else milestone.title
            address = reverse("community:event_detail", args=[program.slug, event.pk])
            ways = ((_("Yes, I am coming"), f"{address}?answer=yes"), (_("No, I cannot come"), f"{address}?answer=no"))
            rows.append(BlockRow(when(event), what, address, ways))
    return rows
