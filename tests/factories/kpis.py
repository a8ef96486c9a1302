"""Figures for pages: a program with people, generations and a year of readings, or just a few published cells."""

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from analytics.activities.models import Activity
from analytics.channels.models import Account
from analytics.kpis.models import Cell, Target
from analytics.kpis.models_cost import CompanySpend, EquivalentPrice
from analytics.kpis.weeks import monday_of
from analytics.metrics.models import Grain, Metric, Post, Reading, WeekTotal
from core.people.models import User
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.generations.models import Generation, Participant, Span
from programs.membership.models import Membership, Program, Role

ORDER = 70
DAY = timedelta(days=1)


def make_person(program: Program, generation: Generation, name: str, *, joined_on: date, consent: bool = True) -> User:
    user = User.objects.create(email=f"{name.lower().replace(' ', '.')}@example.com", name=name, language="de")
    Membership.objects.create(program=program, user=user, role=Role.INFLUENCER)
    take_part(program, generation, user, joined_on=joined_on, consent=consent)
    return user


def take_part(
    program: Program, generation: Generation, user: User, *, joined_on: date, consent: bool = True
) -> Participant:
    participant = Participant.objects.create(program=program, generation=generation, user=user, joined_on=joined_on)
    Span.objects.create(participant=participant, start_on=joined_on)
    if consent:
        agree(program, user)
    return participant


def agree(program: Program, user: User, action: str = Action.GRANTED) -> None:
    ConsentEvent.objects.create(
        program=program,
        user=user,
        person_ref=f"ref{user.pk}",
        purpose=Purpose.GROUP_FIGURES,
        action=action,
        notice_version=1,
        text_sha256="0" * 64,
        language="de",
        channel="invitation",
    )


def make_account(program: Program, user: User | None) -> Account:
    kind = Account.Kind.PERSON if user else Account.Kind.COMPANY
    return Account.objects.create(program=program, user=user, kind=kind)


def week_total(account: Account, week: date, metric: int, value: int) -> WeekTotal:
    return WeekTotal(program_id=account.program_id, account=account, metric=metric, week=week, value=value)


def make_figures(account: Account, weeks: dict[date, dict[int, int]]) -> None:
    """Weekly sums of an account, with readings behind them: all on the Monday, nothing until the last Sunday."""
    now = timezone.now()
    rows = [(week, metric, value) for week, figures in weeks.items() for metric, value in figures.items()]
    WeekTotal.objects.bulk_create([week_total(account, *row) for row in rows])
    days = [*rows, *((max(weeks) + 6 * DAY, metric, 0) for metric in {metric for _, metric, _ in rows} if weeks)]
    Reading.objects.bulk_create(
        Reading(
            program_id=account.program_id,
            account=account,
            metric=metric,
            grain=Grain.DAY,
            period_start=on,
            period_end=on + DAY,
            value=value,
            as_of=now,
            run_id=0,
        )
        for on, metric, value in days
    )


def mondays(today: date, count: int) -> list[date]:
    last = monday_of(today)
    return [last - timedelta(weeks=back) for back in range(count, 0, -1)]


def make_generation(program: Program, number: int, start_on: date) -> Generation:
    return Generation.objects.create(program=program, number=number, name=f"Generation {number}", start_on=start_on)


def fill(program: Program, today: date, *, sizes: tuple[int, ...] = (24, 32, 4), weeks: int = 52, seed: int = 7) -> Any:
    """A believable year: generations that start one after the other, a company account, activities, posts."""
    dice = random.Random(seed)
    all_weeks = mondays(today, weeks)
    groups: list[list[User]] = []
    for number, size in enumerate(sizes, start=1):
        start = all_weeks[min((number - 1) * 18, weeks - 6)]
        generation = make_generation(program, number, start)
        groups.append([])
        for place in range(size):
            user = make_person(program, generation, f"Person {number}x{place}", joined_on=start)
            groups[-1].append(user)
            account = make_account(program, user)
            own = [week for week in all_weeks if week >= start]
            _year(dice, account, user, own, number)
    company = make_account(program, None)
    make_figures(
        company,
        {
            week: {
                Metric.IMPRESSIONS: (seen := int(9000 * dice.uniform(0.8, 1.25))),
                Metric.REACTIONS: int(seen * 0.016 * dice.uniform(0.85, 1.15)),
                Metric.COMMENTS: int(seen * 0.002),
                Metric.REPOSTS: int(seen * 0.002),
            }
            for week in all_weeks
        },
    )
    return groups


def _year(dice: random.Random, account: Account, user: User, weeks: list[date], number: int) -> None:
    level, figures, activities, followers = dice.uniform(0.6, 1.5), {}, [], 0
    for place, week in enumerate(weeks):
        grown = 1 + place / 40
        seen = int(420 * level * grown * dice.uniform(0.6, 1.5))
        new = dice.randint(0, 6)
        followers += new
        figures[week] = {
            Metric.IMPRESSIONS: seen,
            Metric.ENGAGEMENTS: int(seen * (0.026 + 0.0005 * place) * dice.uniform(0.8, 1.2)),
            Metric.FOLLOWERS_NEW: new,
        }
        if dice.random() < 0.85:
            activities += [
                Activity(
                    program=account.program,
                    user=user,
                    on=week + timedelta(days=dice.randint(0, 6)),
                    kind=dice.choice(["post", "post", "post", "comment", "talk"]),
                    purpose="value" if dice.random() < 0.74 + place / 500 else "promotional",
                    label=dice.choice(["labelled", "labelled", "labelled", "not_needed", "open"]),
                    minutes=dice.choice([10, 20, 30, 60]),
                )
                for _ in range(dice.randint(1, 3))
            ]
    make_figures(account, figures)
    Activity.objects.bulk_create(activities)
    total = Reading(
        program=account.program,
        account=account,
        metric=Metric.FOLLOWERS_TOTAL,
        grain=Grain.DAY,
        period_start=weeks[-1] + timedelta(days=6),
        period_end=weeks[-1] + timedelta(days=7),
        value=400 + followers,
        as_of=timezone.now(),
        run_id=0,
    )
    total.save()
    for week in weeks[::5]:
        make_post(account, week, impressions=dice.randint(200, 3000), dice=dice)


def make_post(account: Account, week: date, *, impressions: int, dice: random.Random, title: str = "") -> Post:
    published = datetime.combine(week + timedelta(days=dice.randint(0, 4)), time(9), UTC)
    post = Post.objects.create(
        program=account.program,
        account=account,
        published_at=published,
        created_on=published.date(),
        title=title or "Was ich im Prüfstand gelernt habe",
        url="https://www.linkedin.com/feed/update/urn:li:activity:1/",
    )
    lifetime = {
        Metric.IMPRESSIONS: impressions,
        Metric.REACTIONS: impressions // 40,
        Metric.COMMENTS: impressions // 160,
        Metric.REPOSTS: impressions // 400,
    }
    Reading.objects.bulk_create(
        Reading(
            program=account.program,
            account=account,
            post=post,
            metric=metric,
            grain=Grain.LIFETIME,
            period_start=published.date(),
            period_end=published.date() + DAY,
            value=value,
            as_of=timezone.now(),
            run_id=0,
        )
        for metric, value in lifetime.items()
    )
    return post


def make_cell(program: Program, kpi: str, start_on: date, value: Any, **fields: Any) -> Cell:
    fields = {"period": "month", "published_at": timezone.now(), "people": 20} | fields
    number = None if value is None else Decimal(str(value))
    if value is None:
        fields |= {"people": None}
        fields.setdefault("state", Cell.State.TOO_FEW)
    return Cell.objects.create(program=program, kpi=kpi, start_on=start_on, value=number, **fields)


def furnish(world: Any) -> None:
    EquivalentPrice.objects.create(program=world.program, per_thousand=Decimal(5))
    world.spend = CompanySpend.objects.create(
        program=world.program,
        month=date(2025, 1, 1),
        amount=Decimal(1200),
        currency="EUR",
        deleted_at=timezone.now(),
    )
    world.target = Target.objects.create(program=world.program, kpi="value_mix", value=Decimal("0.80"))
