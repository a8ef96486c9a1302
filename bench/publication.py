"""A program of 10,000 people with 24 months of figures is published again after a night whose 100,000 readings moved
the sums of its last weeks: the seconds and the memory of the worker against what was promised; the seconds also beside
fetching once what it is made from."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from analytics.kpis import jobs
from analytics.kpis.weeks import ended_weeks
from analytics.metrics.models import Metric
from bench.apart import peak_of
from bench.harness import Report, seconds
from core.people.models import User
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.generations.models import Generation, Participant, Span
from programs.membership.models import Membership, Program, Role

NAME = "publication"
PEOPLE, GENERATIONS, WEEKS, BROUGHT = 10_000, 10, 104, 100_000
SECONDS, MEBIBYTES, ROUNDS = 10, 200, 3
METRICS = [Metric.IMPRESSIONS, Metric.ENGAGEMENTS, Metric.FOLLOWERS_NEW]
ACCOUNTS = """
    INSERT INTO analytics_account (id, program_id, user_id, kind, network, handle, owner_name)
    SELECT person, %(program)s, person, 'person', 'linkedin', '', '' FROM unnest(%(people)s::bigint[]) person
"""
TOTALS = """
    INSERT INTO analytics_weektotal (program_id, account_id, metric, segment, week, value)
    SELECT %(program)s, a.id, metric, 0, week, 5 + (a.id * 31 + (week - date '2020-01-06') * 17 + metric) %% 400
    FROM analytics_account a, unnest(%(metrics)s::int[]) metric, unnest(%(weeks)s::date[]) week
    WHERE a.program_id = %(program)s
"""
LOGGED = """
    INSERT INTO analytics_activity
        (id, program_id, user_id, "on", kind, channel, purpose, minutes, label, url, note, created_at)
    SELECT row_number() OVER (), %(program)s, person, week + 2, 'post', 'linkedin',
           (ARRAY['value', 'promotional'])[1 + (person + place) %% 2], 20, 'labelled', '', '', now()
    FROM unnest(%(people)s::bigint[]) person, unnest(%(weeks)s::date[]) WITH ORDINALITY AS t(week, place)
    WHERE (person + place) %% 2 = 0
"""
#: What the night changed: so many days of some accounts, which moves the sums of their last weeks.
BROUGHT_IN = """
    UPDATE analytics_weektotal SET value = value + 1 + account_id %% 7
    WHERE program_id = %(program)s AND week = ANY(%(weeks)s::date[])
"""
#: What a publication reads, as plain rows.
READ = (
    "SELECT account_id, metric, segment, week, value, days FROM analytics_weektotal WHERE program_id = %s",
    'SELECT user_id, "on", kind, purpose, minutes, label FROM analytics_activity WHERE program_id = %s',
)


def run(report: Report) -> None:
    today = timezone.localdate()
    program = _filled(ended_weeks(today, WEEKS))
    first = seconds(partial(jobs.publish, program, today))
    report.line(f"first publication of {PEOPLE:,} people and {WEEKS} weeks", [first], "s")
    changed = {"program": program.pk, "weeks": ended_weeks(today)[-BROUGHT // (7 * PEOPLE) :]}
    took, bounds = [], []
    for _ in range(ROUNDS):
        _do(BROUGHT_IN, changed)
        took.append(seconds(partial(jobs.publish, program, today)))
        bounds.append(seconds(partial(_read, program)))
    report.line("publication after a night", took, "s", [SECONDS], 1.0)
    report.line("publication after a night, beside reading what it is made from", took, "s", bounds, in_turns=True)
    _do(BROUGHT_IN, changed)
    peak = peak_of(partial(jobs.publish, program, today))
    report.line("memory of the worker that publishes", [peak], "MiB", [MEBIBYTES], 1.0)


def _filled(weeks: list[date]) -> Program:
    program = Program.objects.create(name="Bench", slug="bench", company_name="Bench AG", start_on=weeks[0])
    people = User.objects.bulk_create(User(email=f"p{n}@example.com", name=f"Person {n}") for n in range(PEOPLE))
    Membership.objects.bulk_create(Membership(user=each, program=program, role=Role.INFLUENCER) for each in people)
    start = weeks[0] - timedelta(days=30)
    generations = [
        Generation.objects.create(program=program, number=number, name=f"Generation {number}", start_on=start)
        for number in range(1, GENERATIONS + 1)
    ]
    places = Participant.objects.bulk_create(
        Participant(program=program, generation=generations[n % GENERATIONS], user=each, joined_on=start)
        for n, each in enumerate(people)
    )
    Span.objects.bulk_create(Span(participant=each, start_on=start) for each in places)
    ConsentEvent.objects.bulk_create(
        ConsentEvent(program=program, user=each, person_ref=f"ref{each.pk}", purpose=Purpose.GROUP_FIGURES,
                     action=Action.GRANTED, notice_version=1, text_sha256="0" * 64, language="de",
                     channel="invitation")
        for each in people
    )  # fmt: skip
    values = {"program": program.pk, "people": [each.pk for each in people], "weeks": weeks, "metrics": METRICS}
    for statement in (ACCOUNTS, TOTALS, LOGGED, "ANALYZE"):
        _do(statement, values)
    return program


def _do(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _read(program: Program) -> None:
    with connection.cursor() as cursor:
        for query in READ:
            cursor.execute(query, [program.pk])
            cursor.fetchall()
