from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from analytics.kpis import jobs, publish
from analytics.kpis.columns import Column, Roll
from analytics.kpis.drafts import Draft as Drafted
from analytics.kpis.drafts import Drafts, Side
from analytics.kpis.models import Backing, Cell, CellDecision, PublishRequest
from analytics.kpis.services import request_publication
from analytics.kpis.weeks import month_of, weeks_of
from analytics.metrics.models import Metric, WeekTotal
from core.disclosure.crowd import Crowd
from core.disclosure.publication import TOTAL
from programs.consents.models import Action
from programs.membership.models import HISTORY
from tests.factories import kpis as make

TODAY = date(2026, 11, 23)
WEEKS = make.mondays(TODAY, 8)
LAST = WEEKS[-1]


def people(world: Any, number: int, size: int, *, value: int = 100, start: date = WEEKS[0]) -> list[Any]:
    """A generation whose members each had `value` + their place impressions in every week."""
    generation = make.make_generation(world.program, number, start)
    users = []
    for place in range(size):
        user = make.make_person(world.program, generation, f"P {number} {place}", joined_on=start - HISTORY)
        own = [week for week in WEEKS if week >= start]
        make.make_figures(make.make_account(world.program, user), {w: {Metric.IMPRESSIONS: value + place} for w in own})
        users.append(user)
    return users


def cell(world: Any, number: int | None = None, *, kpi: str = "impressions", week: date = LAST) -> Cell:
    return Cell.objects.get(
        program=world.program, kpi=kpi, series="people", generation__number=number, period="week", start_on=week
    )


@pytest.fixture
def calm(world: Any) -> Any:
    """The world's own people do not take part in the figures of these tests."""
    world.program.participants.all().delete()
    world.program.generations.all().delete()
    world.program.accounts.all().delete()
    return world


def test_a_group_of_four_is_hidden_and_not_in_the_total(calm: Any) -> None:
    people(calm, 1, 10)
    people(calm, 2, 4)
    jobs.publish(calm.program, TODAY)
    small, total = cell(calm, 2), cell(calm)
    assert (small.state, small.value, small.people) == (Cell.State.TOO_FEW, None, None)
    assert cell(calm, 1).value == total.value == 1045


def test_half_a_week_is_no_week(calm: Any) -> None:
    """Somebody whose files begin on a Wednesday or end on a Thursday is left out of that week, not summed as if it were
    whole."""
    users = people(calm, 1, 12)
    account = calm.program.accounts.get(user=users[0])
    totals = WeekTotal.objects.filter(account=account)
    totals.filter(week=WEEKS[0]).update(days=5)
    totals.filter(week=LAST).update(days=4)
    jobs.publish(calm.program, TODAY)
    whole = sum(100 + place for place in range(12))
    assert cell(calm, 1).value == cell(calm, 1, week=WEEKS[0]).value == whole - 100
    assert cell(calm, 1, week=WEEKS[3]).value == whole


def test_a_week_with_a_gap_in_it_is_no_week(calm: Any) -> None:
    """Two days that no file told of, in the middle of somebody's history: what is left is no sum of a week."""
    users = people(calm, 1, 12)
    WeekTotal.objects.filter(account__user=users[0], week=WEEKS[3]).update(days=5)
    jobs.publish(calm.program, TODAY)
    whole = sum(100 + place for place in range(12))
    assert cell(calm, 1, week=WEEKS[3]).value == whole - 100
    assert cell(calm, 1, week=WEEKS[2]).value == whole


def test_what_was_decided_is_kept_without_figures_for_a_year(calm: Any) -> None:
    people(calm, 1, 10)
    jobs.publish(calm.program, TODAY)
    where = {"kpi": "impressions", "period": "week", "generation__number": 1, "start_on": LAST}
    said = CellDecision.objects.filter(program=calm.program, **where)
    assert list(said.values_list("before", "since")) == [("", "shown")]
    jobs.publish(calm.program, TODAY)
    assert said.count() == 1, "nothing new was decided"
    nothing = dict.fromkeys(("value", "numerator", "denominator", "people"))
    Cell.objects.filter(program=calm.program, **where).update(state="too_few", **nothing)
    jobs.publish(calm.program, TODAY)
    assert list(said.order_by("pk").values_list("before", "since")) == [("", "shown"), ("too_few", "shown")]
    names = {field.name for field in CellDecision._meta.get_fields()}
    assert not names & {"value", "numerator", "denominator", "people"}
    CellDecision.objects.update(decided_on=timezone.localdate() - timedelta(days=366))
    assert jobs.retention()
    assert not CellDecision.objects.exists()


def test_two_small_groups_stand_in_the_total_together(calm: Any) -> None:
    for number, size in ((1, 10), (2, 5), (3, 4)):
        people(calm, number, size)
    jobs.publish(calm.program, TODAY)
    assert cell(calm).value == 1045 + 510 + 406
    assert {cell(calm, 2).state, cell(calm, 3).state} == {Cell.State.TOO_FEW}


def test_publishing_twice_writes_nothing_the_second_time(calm: Any) -> None:
    people(calm, 1, 10)
    assert jobs.publish(calm.program, TODAY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert jobs.publish(calm.program, TODAY) == 0
    assert not [q["sql"] for q in queries if q["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(queries) <= 20


def test_only_those_count_who_agreed(calm: Any) -> None:
    users = people(calm, 1, 10)
    make.agree(calm.program, users[9], Action.WITHDRAWN)
    jobs.publish(calm.program, TODAY)
    assert cell(calm).value == 1045 - 109


def test_one_late_figure_waits_for_eight_others(calm: Any) -> None:
    """The difference between yesterday's and today's page must not be one person's figure, also not for somebody who
    sends four late files of her own with it."""
    users = people(calm, 1, 10)
    accounts = [user.accounts.get() for user in users]
    jobs.publish(calm.program, TODAY)
    before = cell(calm).value
    rows = WeekTotal.objects.filter(week=LAST)
    for done, account in enumerate(accounts[:9], start=1):
        rows.filter(account=account).update(value=200)
        jobs.publish(calm.program, TODAY)
        assert (cell(calm).value == before) is (done < 9), done
    assert cell(calm).value == 9 * 200 + 109


def test_a_withdrawal_does_not_show_by_difference(calm: Any) -> None:
    users = people(calm, 1, 12)
    jobs.publish(calm.program, TODAY)
    before = cell(calm).value
    make.agree(calm.program, users[3], Action.WITHDRAWN)
    jobs.publish(calm.program, TODAY)
    assert cell(calm).value == before


def test_a_new_week_comes_although_an_old_one_must_stand(calm: Any) -> None:
    users = people(calm, 1, 10)
    jobs.publish(calm.program, TODAY - timedelta(weeks=1))
    assert not Cell.objects.filter(start_on=LAST, kpi="impressions", period="week").exists()
    WeekTotal.objects.filter(account=users[0].accounts.get(), week=WEEKS[-2]).update(value=777)
    jobs.publish(calm.program, TODAY)
    assert cell(calm, week=WEEKS[-2]).value == 1045
    assert cell(calm).value == 1045


def test_somebody_who_joins_alone_waits(calm: Any) -> None:
    people(calm, 1, 10)
    generation = calm.program.generations.get()
    late = make.make_person(calm.program, generation, "Late", joined_on=WEEKS[4])
    make.make_figures(make.make_account(calm.program, late), {w: {Metric.IMPRESSIONS: 5000} for w in WEEKS[4:]})
    jobs.publish(calm.program, TODAY)
    assert cell(calm).value == 1045


def test_one_person_who_makes_up_most_of_it_hides_the_figure(calm: Any) -> None:
    users = people(calm, 1, 10)
    WeekTotal.objects.filter(account=users[0].accounts.get()).update(value=100_000)
    jobs.publish(calm.program, TODAY)
    assert cell(calm).state == Cell.State.TOO_FEW, "no reason of its own: it would tell that they are k"


def test_weeks_add_up_to_their_month(calm: Any) -> None:
    people(calm, 1, 10)
    jobs.publish(calm.program, TODAY)
    month = Cell.objects.get(
        kpi="impressions", series="people", generation=None, period="month", start_on=date(2026, 10, 1)
    )
    assert month.value == 1045 * len([w for w in WEEKS if (w + timedelta(days=3)).month == 10])


def test_people_against_company_is_an_index_of_the_company(calm: Any) -> None:
    generation = make.make_generation(calm.program, 1, WEEKS[0])
    for place in range(9):
        user = make.make_person(calm.program, generation, f"P {place}", joined_on=WEEKS[0])
        make.make_figures(
            make.make_account(calm.program, user),
            {w: {Metric.IMPRESSIONS: 1000, Metric.ENGAGEMENTS: 40} for w in WEEKS},
        )
    company = {Metric.IMPRESSIONS: 2000, Metric.REACTIONS: 20, Metric.COMMENTS: 12, Metric.REPOSTS: 8}
    make.make_figures(make.make_account(calm.program, None), dict.fromkeys(WEEKS, company))
    jobs.publish(calm.program, TODAY)
    assert cell(calm, kpi="people_vs_company").value == 200
    row = Cell.objects.get(kpi="people_vs_company", series="company", period="week", start_on=LAST)
    assert row.value == 100


def test_comments_of_a_few_hide_the_share_of_comments_and_nothing_else(calm: Any) -> None:
    """That nobody comments but one is told by the share alone; how much was seen tells nothing of it."""
    generation = make.make_generation(calm.program, 1, WEEKS[0])
    for place in range(10):
        user = make.make_person(calm.program, generation, f"P {place}", joined_on=WEEKS[0] - HISTORY)
        figures = {Metric.IMPRESSIONS: 1000, Metric.REACTIONS: 40, Metric.COMMENTS: 0 if place else 7}
        make.make_figures(make.make_account(calm.program, user), dict.fromkeys(WEEKS, figures))
    jobs.publish(calm.program, TODAY)
    states = {
        kpi: cell(calm, kpi=kpi).state for kpi in ("dialog_rate", "interactions", "impressions", "engagement_rate")
    }
    assert states.pop("dialog_rate") == Cell.State.TOO_FEW
    assert set(states.values()) == {Cell.State.SHOWN}


def states(world: Any) -> dict[tuple[Any, ...], str]:
    rows = Cell.objects.filter(program=world.program, series="people").exclude(kpi="members_active")
    return {(c.kpi, c.generation_id, c.period, c.start_on): c.state for c in rows}


def test_another_smallest_group_does_not_count_out_what_was_shown(calm: Any) -> None:
    """Who changes it from night to night would see at which number a figure of the past disappears."""
    people(calm, 1, 12)
    jobs.publish(calm.program, TODAY)
    before = states(calm)
    assert cell(calm, 1).state == "shown"
    for k in (6, 7, 20, 5):
        calm.program.group_minimum = k
        calm.program.save()
        jobs.publish(calm.program, TODAY)
        assert states(calm) == before


def test_what_was_hidden_does_not_appear_with_a_smaller_group(calm: Any) -> None:
    people(calm, 1, 12)
    calm.program.group_minimum = 8
    calm.program.save()
    jobs.publish(calm.program, TODAY)
    before = states(calm)
    assert cell(calm, 1).state == "too_few"
    for k in (7, 6, 5):
        calm.program.group_minimum = k
        calm.program.save()
        jobs.publish(calm.program, TODAY)
        assert states(calm) == before


def test_a_larger_smallest_group_holds_for_what_comes(calm: Any) -> None:
    calm.program.group_minimum = 5
    people(calm, 1, 12)
    jobs.publish(calm.program, WEEKS[1])
    months = {month_of(week) for week in WEEKS[:1]}
    calm.program.group_minimum = 8
    calm.program.save()
    jobs.publish(calm.program, TODAY)
    for week in WEEKS:
        assert (cell(calm, 1, week=week).state == "shown") == (month_of(week) in months)


def test_nobody_and_nothing_is_published_calmly(calm: Any) -> None:
    jobs.publish(calm.other_program, TODAY)
    assert not Cell.objects.filter(program=calm.other_program, state="shown", kpi="impressions").exists()


def test_what_was_asked_for_is_published_once(calm: Any) -> None:
    people(calm, 1, 10)
    request_publication(calm.program.pk)
    assert calm.program.pk in jobs.due()
    assert jobs.publish_due(calm.program.pk)
    assert calm.program.pk not in jobs.due()
    assert not jobs.publish_due(calm.program.pk)
    assert PublishRequest.objects.get(program=calm.program).done_at is not None
    assert Backing.objects.filter(cell__program=calm.program).exists()


def test_a_year_of_sixty_people_takes_few_queries(calm: Any) -> None:
    make.fill(calm.program, TODAY, weeks=26)
    with CaptureQueriesContext(connection) as queries:
        jobs.publish(calm.program, TODAY)
    assert len(queries) <= 62  # for any number of people
    states = set(Cell.objects.filter(generation__number=3).values_list("state", flat=True))
    assert states == {Cell.State.TOO_FEW}


def _shown(kpi: str, parts: list[tuple[int, int]]) -> Any:
    """One week of a group, from each person's numerator and denominator."""
    roll, everybody = Roll(range(len(parts))), Crowd.of(range(len(parts)))
    column = Column([above for above, _ in parts], [below for _, below in parts])
    drafts = Drafts({("1", LAST): everybody}, {("1", LAST): everybody}, [], roll, b"key", k=5)
    (draft,) = drafts.of(kpi, {LAST: column})
    return publish.released(draft, k=5)


def test_no_part_of_a_figure_tells_how_many_people_stand_behind_it() -> None:
    minutes = _shown("time_budget", [(7, 1)] * 18 + [(0, 1)])  # 126 / 19
    assert (minutes.value, minutes.above, minutes.below, minutes.people) == (7, None, None, 9)
    posts = _shown("posts_per_active", [(3, 1)] * 7 + [(1, 1)] * 5)
    assert (posts.value, posts.above, posts.below) == (Decimal("2.2"), None, None)
    active = _shown("activity_rate", [(1, 1)] * 10 + [(0, 1)] * 9)  # 52.6 % of 19
    assert (active.value, active.above, active.below) == (Decimal("0.55"), None, None)


def test_that_everybody_has_a_figure_is_not_told_by_the_number_of_people() -> None:
    """A band begins with twenty: of a generation of just as many it would say that each one was active."""
    assert _shown("time_budget", [(30, 1)] * 20).people == 9
    assert _shown("time_budget", [(30, 1)] * 28).people == 20


def test_all_and_nobody_are_not_said_exactly() -> None:
    everything = _shown("label_rate", [(4, 4)] * 20)
    assert (everything.state, everything.value, everything.is_floor, everything.above) == (
        "shown",
        Decimal("0.3"),  # as if nine of the twenty, and five more, had labelled nothing
        True,
        None,
    )
    assert _shown("label_rate", [(0, 4)] * 20).state == "too_few"
    assert _shown("label_rate", [(4, 4)] * 9).state == "too_few", "nine may be all who missed something"
    assert _shown("value_mix", [(3, 4)] * 9).value == Decimal("0.75")


@given(st.integers(1, 400), st.integers(1, 600))
def test_the_hours_of_everybody_tell_no_number_of_people(entries: int, average: int) -> None:
    """Divided by the average, fifty numbers of entries fit what is said: ten people in each of five weeks."""

    def told(number: int) -> Decimal | None:
        month = date(2026, 10, 1)
        sides = Side(number * average), Side(number)
        draft = Drafted("time_budget", "month", TOTAL, month, {}, Crowd.of([]), *sides, 20, b"")
        return publish.minutes_told(draft, Decimal(average), k=5)

    fitting = [number for number in range(1, 2000) if told(number) == told(entries)]
    assert len(fitting) >= 2 * 5 * len(weeks_of(date(2026, 10, 1))) - 1
    assert (told(entries) or 0) <= entries * average
