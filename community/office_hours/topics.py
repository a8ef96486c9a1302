"""What people ask for in office hours: how many people chose a topic, over all hosts, as the gate lets it out.

Counted are the topics that hosts offer, so that nobody's own words show up, in hours that were over when this week
began; a number stays until it has moved by many people, so that neither a booking nor somebody who is forgotten moves
what one could watch, also with accounts of one's own. Ninety days back, which is as long as a booking is
kept: a quarter of a year."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from community.office_hours.models import Booking, BookingState, HoursHost
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.charts import Chart, ChartCell, ChartKind, ChartSeries
from core.kit.templatetags.ui import people as in_words
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import people_with
from programs.membership.standing import HeadCount, beginning_of, last_monday, steadily

BACK = timedelta(days=90)


def asked_for(program: Program) -> Chart | None:
    """Picture and table; nothing while no host offers topics."""
    known = {
        topic
        for topics in HoursHost.objects.filter(program=program).values_list("topics", flat=True)
        for topic in topics
    }
    if not known:
        return None
    few = gate.guarded(0, k=program.group_minimum)
    k = (few.high or 0) + 1  # so many people make the first step that is said
    counts = steadily(program, "topics", last_monday(program), lambda: _counted(program, known))
    said = {topic: counts.get(topic, few) for topic in known}  # offered since Monday: not counted yet
    order = sorted(known, key=lambda topic: (-said[topic].low, topic))
    first = order[0] if said[order[0]].low else ""
    return Chart(
        id="topics",
        kind=ChartKind.BARS if first else ChartKind.TABLE,
        sentence=_("Most requested: %(topic)s.") % {"topic": first}
        if first
        else _("No topic has been chosen by %(k)s people yet, so none is shown.") % {"k": k},
        what=_("People who chose the topic when booking, across all hosts, in the 90 days up to Monday"),
        over=_("Topic"),
        labels=tuple(order),
        series=(ChartSeries(_("People"), tuple(_cell(said[topic], k) for topic in order)),),
        shield=_(
            "Shown from %(k)s people and in steps of five. A number changes only when many people have come or gone."
        )
        % {"k": k},
        source=_("Booked office hours"),
        size="s",
        things="equal",
    )


def _counted(program: Program, known: Iterable[str]) -> dict[str, HeadCount]:
    monday = beginning_of(program, last_monday(program))
    rows = Booking.objects.filter(program=program, state=BookingState.BOOKED, topic__in=known)
    rows = rows.filter(ends_at__lt=monday, ends_at__gte=monday - BACK)
    found = rows.order_by().values("topic").annotate(n=Count("person", distinct=True)).values_list("topic", "n")
    counts, could = dict(found), people_with(Ability.BOOK_HOURS, program).order_by().values("user").distinct().count()
    return {topic: HeadCount(min(counts.get(topic, 0), could), could) for topic in known}


def _cell(found: People, k: int) -> ChartCell:
    if not found.low:
        return ChartCell(hidden=True, reason=_("Fewer than %(k)s people chose this.") % {"k": k})
    return ChartCell(Decimal(found.low), in_words(found))
