"""A program of 10,000 people with 24 months of figures is published again after a night that moved the sums of
everybody's last week: seconds and memory of the worker against what was promised, seconds also beside fetching once
what it is made from. Before that, how the first publication of 2,000 people compares with that of 1,000."""

from collections.abc import Callable
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
FEW, PEOPLE, GENERATIONS, WEEKS = 1_000, 10_000, 10, 104
LINEAR, SECONDS, MEBIBYTES, NIGHTS = 2.2, 10, 200, 3
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
        (id, program_id, user_id, "on", kind, channel, purpose, minutes, label, url, note, topics, created_at)
    SELECT (SELECT coalesce(max(id), 0) FROM analytics_activity) + row_number() OVER (), %(program)s, person, week + 2,
           'post', 'linkedin', (ARRAY['value', 'promotional'])[1 + (person + place) %% 2], 20, 'labelled', '', '',
           '{}', now()
    FROM unnest(%(people)s::bigint[]) person, unnest(%(weeks)s::date[]) WITH ORDINALITY AS t(week, place)
    WHERE (person + place) %% 2 = 0
"""
#: What a night's 100,000 rows come to: days of last week's figures, three of each person, and so its sums.
NIGHT = """
    UPDATE analytics_weektotal SET value = value + 1 + account_id %% 7
    WHERE program_id = %(program)s AND week = ANY(%(weeks)s::date[])
"""
#: What a publication is made from, as plain rows.
READ = (
    "SELECT account_id, metric, segment, week, value, days FROM analytics_weektotal WHERE program_id = %s",
    'SELECT user_id, "on", kind, purpose, minutes, label FROM analytics_activity WHERE program_id = %s',
)


def run(report: Report) -> None:
    today = timezone.localdate()
    weeks = ended_weeks(today, WEEKS)
    for people in (FEW, 2 * FEW, PEOPLE):
        peak_of(partial(_filled, weeks, people))
    one, two = (_apart(partial(_first, people, today))[0] for people in (FEW, 2 * FEW))
    report.line(f"first publication of {2 * FEW:,} people beside that of {FEW:,}", [two], "s", [one], LINEAR)
    took, peak = _apart(partial(_first, PEOPLE, today))
    report.line(f"first publication of {PEOPLE:,} people and {WEEKS} weeks", [took], "s")
    report.line("its memory", [peak], "MiB")
    program = Program.objects.get(slug=f"bench-{PEOPLE}")
    spent, peaks, bounds = [], [], []
    for _ in range(NIGHTS):
        _do(NIGHT, {"program": program.pk, "weeks": weeks[-1:]})
        took, peak = _apart(partial(jobs.publish, program, today))
        spent.append(took)
        peaks.append(peak)
        bounds.append(_apart(partial(_read, program))[0])
    report.line(f"publication of {PEOPLE:,} people after a night", spent, "s", [SECONDS], 1.0)
    report.line("the same, beside reading what it is made from", spent, "s", bounds, in_turns=True)
    report.line("memory of the worker that publishes", peaks, "MiB", [MEBIBYTES], 1.0)


def _apart(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds and memory of a process of its own, as the worker's pool has them."""
    peak: list[float] = []
    took = seconds(lambda: peak.append(peak_of(work)))
    return took, peak[0]


def _first(people: int, today: date) -> None:
    jobs.publish(Program.objects.get(slug=f"bench-{people}"), today)


def _filled(weeks: list[date], number: int) -> None:
    slug = f"bench-{number}"
    program = Program.objects.create(name=slug, slug=slug, company_name="Bench AG", start_on=weeks[0])
    people = User.objects.bulk_create(User(email=f"p{n}@{slug}.example", name=f"Person {n}") for n in range(number))
    Membership.objects.bulk_create(Membership(user=each, program=program, role=Role.INFLUENCER) for each in people)
    start = weeks[0] - timedelta(days=30)
    generations = [
        Generation.objects.create(program=program, number=n, name=f"Generation {n}", start_on=start)
        for n in range(1, GENERATIONS + 1)
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


def _do(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _read(program: Program) -> None:
    with connection.cursor() as cursor:
        for query in READ:
            cursor.execute(query, [program.pk])
            cursor.fetchall()
