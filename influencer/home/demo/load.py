"""The demo: two companies, the first of them in the middle of its rollout. Fixed seed, relative to today."""

import random
from collections.abc import Callable
from datetime import date

from django.db import connection, transaction
from django.utils.translation import override

from analytics.kpis import jobs as kpis
from core.people.models import User
from influencer.home.demo import activity, figures, letters, people, plan, reports, rooms, team_changes, texts, told
from programs.membership.models import Program

SEED = 2024_10_30
MARK = "manager@demo.example"


def is_loaded() -> bool:
    return User.objects.filter(email=MARK).exists()


def load(password: str, today: date, say: Callable[[str], None] = lambda text: None) -> None:
    """Everything or nothing; a second call with the demo in place does nothing."""
    if is_loaded():
        return
    with transaction.atomic(), override("de"):
        rng = random.Random(SEED)
        users = people.sign_ins(password)
        say("people, phases and generations")
        first = _company("nordwerk", users["manager"], users, rng, today)
        johanna = people.make_person(texts.cast("alpina")["manager"], "alpina.example")
        second = _company("alpina", johanna, {}, rng, today)
        people.vouch_for_addresses()
        rooms.load(rooms.Demo(first, "nordwerk", users["manager"], today))
        say("twelve months of figures")
        figures.load(first, "nordwerk", users["manager"], rng, today)
        figures.load(second, "alpina", johanna, rng, today)
        activity.load(first, rng, today)
        activity.load(second, rng, today)
        figures.sum_up(first, second)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner must not guess at tables that were empty a moment ago
        say("published figures, reports and newsletters")
        for program in (first, second):
            kpis.publish(program, today)
        reports.load(first, users["manager"], users["executive"], today)
        letters.load(first, users["manager"], today)
        team_changes.load(first, users["manager"], today)
        told.load(first, today)


def _company(company: str, manager: User, users: dict[str, User], rng: random.Random, today: date) -> Program:
    program = plan.program(company, manager, today)
    people.team(program, {**users, "manager": manager}, company)
    cohorts = plan.generations(program, company, today)
    with people.of_earlier_days():
        people.participants(program, cohorts, users, rng, today)
    people.backdate(program)
    people.headcounts(cohorts, today)
    plan.work_done(program, company, today, rng)
    plan.coming_dates(program, today)
    return program
