"""Events that are for a generation, when that is merged into another one or deleted."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.events import news, seats
from community.events.answering import can_answer
from community.events.models import Event, EventState
from core.kit import page_cache
from core.kit.mergers import Merger
from programs.consents.models import today_in
from programs.generations.models import Generation

MOST_NAMED = 3


def _of(generation: Generation) -> QuerySet[Event]:
    rows = Event.objects.filter(generations=generation, milestone__deleted_at=None).select_related("milestone__program")
    return rows.order_by("milestone__on", "pk")


def _ahead(generation: Generation) -> list[Event]:
    """Also what is not announced yet; not what was called off."""
    rows = _of(generation).annotate(last=Coalesce("milestone__until_on", "milestone__on"))
    return list(rows.filter(last__gte=today_in(generation.program)).exclude(state=EventState.CANCELLED))


def _says(generation: Generation, into: Generation) -> Iterator[str]:
    if events := _ahead(generation):
        told = ngettext(
            "%(count)s event ahead invites %(former)s. From that day it also invites everybody in %(name)s.",
            "%(count)s events ahead invite %(former)s. From that day they also invite everybody in %(name)s.",
            len(events),
        )
        yield told % {"count": len(events), "former": generation.name, "name": into.name}
        yield _("Answers that people have given stay.")
    if _ahead(into):
        yield _("Everybody from %(former)s is invited to the events of %(name)s.") % {
            "former": generation.name,
            "name": into.name,
        }


def _does(generation: Generation, into: Generation) -> None:
    """Who is in the other generation is invited as well, and told where it was announced."""
    events = _ahead(generation)
    before = seats.people_of(events)
    for event in events:
        event.generations.add(into)
    open_ones = [event for event in events if event.pk in before and can_answer(event)]
    were = set().union(*(before[event.pk] for event in open_ones)) if open_ones else set()
    news.tell_invited(open_ones, but=Q(pk__in=were))
    page_cache.changed(generation.program_id)


def keeps(generation: Generation) -> Iterator[str]:
    """An event for a generation that is deleted would be one for everybody."""
    if titles := [str(event.milestone.title) for event in _of(generation)[:MOST_NAMED]]:
        named = ", ".join(_("“%(title)s”") % {"title": title} for title in titles)
        yield _("Events are for this generation: %(events)s. Change whom they invite first.") % {"events": named}


MERGER = Merger(gettext_lazy("Events"), _says, _does)
