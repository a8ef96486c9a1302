"""The demo's monthly reports: the last three months, each frozen from what was published."""

from datetime import date, timedelta

from analytics.reports.models import Report
from analytics.reports.queries import months_to_report, scene_for_report
from analytics.reports.services import make_report
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal
from core.journal.models import Entry
from core.people.models import User
from influencer.home.demo.people import instant
from programs.membership.models import Program

WORDS: tuple[dict[str, dict[str, str]], ...] = (
    {
        "decision": {
            "de": "Generation 4 mit 36 statt 24 Plätzen? Mehr als 50 Menschen haben Interesse gezeigt. Es kostet einen"
            " Workshop mehr und sechs Stunden Coaching im Monat.",
            "en": "Generation 4 with 36 places instead of 24? More than 50 people have shown interest. It takes one"
            " more workshop and six hours of coaching a month.",
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
        Entry.objects.filter(pk=read.pk).update(at=instant(made + timedelta(days=1), 8))
