"""The demo's monthly reports: the last three months, each frozen from what was published; when they go to whom, one
that is shared by a link, and what a generation of its own aims at."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from analytics.kpis.queries import Scope
from analytics.kpis.services import set_targets
from analytics.reports.models import Report
from analytics.reports.models_schedule import ReportSchedule
from analytics.reports.queries import months_to_report, scene_for_report
from analytics.reports.scheduling import set_schedule
from analytics.reports.services import make_report
from analytics.reports.sharing import make_link
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal
from core.journal.models import Entry
from core.people.models import User
from influencer.home.demo.people import instant
from programs.membership.models import Program

WORDS: tuple[dict[str, dict[str, str]], ...] = (
    {
        "decision": {
            "de": "Generation 4 mit 18 statt 12 Plätzen? Der offene Aufruf läuft gut an. Es kostet einen Workshop mehr"
            " und sechs Stunden Coaching im Monat.",
            "en": "Generation 4 with 18 places instead of 12? The open call is off to a good start. It takes one more"
            " workshop and six hours of coaching a month.",
        },
    },
    {},
    {},
)


def load(program: Program, manager: User, reader: User, today: date) -> None:
    """Oldest first, so that the numbers rise with the months; each was made early in the month after it, and read the
    next day. The newest asks for a decision."""
    scene = scene_for_report(program)
    months = months_to_report(scene)[: len(WORDS)]
    for month, words in reversed(list(zip(months, WORDS, strict=False))):
        until = {"decision_until": today + timedelta(days=13)} if words else {}
        report = make_report(scene, month, {**words, **until}, by=manager, with_cost=True)
        made = min((month + timedelta(days=32)).replace(day=5), today - timedelta(days=1))
        Entry.objects.filter(subject_type="report", subject_id=report.pk).update(at=instant(made, 9))
        Report.objects.filter(pk=report.pk).update(made_at=instant(made, 9))
        read = journal.record_view(ReportsVerb.READ, report, by=reader)
        when = min(instant(made + timedelta(days=1), 8), timezone.now())  # nothing has happened that is yet to come
        Entry.objects.filter(pk=read.pk).update(at=when)
    _send_and_share(program, manager, reader, today)
    _aim(program, manager)


def _send_and_share(program: Program, manager: User, reader: User, today: date) -> None:
    set_schedule(program, rhythm=ReportSchedule.Rhythm.MONTHLY, day=8, people=[manager, reader], by=manager)
    newest = Report.objects.filter(program=program).order_by("-month", "-pk").first()
    if newest is not None:
        make_link(newest, ends_on=today + timedelta(days=21), by=manager)


def _aim(program: Program, manager: User) -> None:
    """The second generation learned from the first and aims higher."""
    second = program.generations.order_by("start_on")[1:2]
    for generation in second:
        aims: dict[str, Decimal | None] = {"activity_rate": Decimal("0.60"), "dialog_rate": Decimal("0.15")}
        set_targets(program, aims, by=manager, scope=Scope(generation=generation))
