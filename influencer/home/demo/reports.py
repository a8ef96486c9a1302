"""The demo's monthly reports: the last three months, each frozen from what was published."""

from datetime import date, timedelta

from analytics.reports.access import months_to_report, scene_for_report
from analytics.reports.services import make_report
from influencer.journal import services as journal
from influencer.people.models import User
from programs.membership.models import Program

WORDS: tuple[dict[str, str], ...] = (
    {
        "decision_de": "Generation 4 mit 36 statt 24 Plätzen? Mehr als 50 Menschen haben Interesse gezeigt. Es kostet"
        " einen Workshop mehr und sechs Stunden Coaching im Monat.",
        "decision_en": "Generation 4 with 36 places instead of 24? More than 50 people have shown interest. It"
        " takes one more workshop and six hours of coaching a month.",
    },
    {},
    {},
)


def load(program: Program, manager: User, reader: User, today: date) -> None:
    """Oldest first, so that the numbers rise with the months; the newest asks for a decision."""
    scene = scene_for_report(program)
    months = months_to_report(scene)[: len(WORDS)]
    for month, words in reversed(list(zip(months, WORDS, strict=False))):
        until = {"decision_until": today + timedelta(days=13)} if words else {}
        report = make_report(scene, month, {**words, **until}, by=manager)
        journal.record_view("reports.read", report, by=reader)
