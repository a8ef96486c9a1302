"""The timeline's geometry."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from programs.checklists.gantt import Gantt, Point, Start, Stretch, draw

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
TODAY = date(2026, 11, 21)


def picture(stretches: list[Stretch], points: list[Point] | None = None, today: date = TODAY) -> Gantt:
    return draw(stretches, [], points or [], today=today, month_names=MONTHS)


@given(st.lists(st.tuples(DAYS, st.integers(0, 2000), st.floats(0, 1)), min_size=1, max_size=12), DAYS)
def test_everything_lies_within_the_picture(spans: list[tuple[date, int, float]], today: date) -> None:
    stretches = [
        Stretch("Phase", "", start, min(start + timedelta(days=days), date(2110, 1, 1)), "current", share)
        for start, days, share in spans
    ]
    gantt = picture(stretches, [Point("Review", start, "review") for start, _, _ in spans], today)
    for bar in gantt.bars:
        assert 0 <= bar.x <= bar.end <= 100
        assert 0 <= bar.done_width <= bar.width + 0.01
    assert all(0 <= mark.x <= 100 and mark.y < gantt.height for mark in gantt.marks)
    assert gantt.today is None or 0 <= gantt.today <= 100


@given(st.lists(st.tuples(DAYS, st.text("abc", min_size=1, max_size=30)), min_size=1, max_size=20))
def test_marks_on_one_track_do_not_stand_on_each_other(dates: list[tuple[date, str]]) -> None:
    gantt = picture([], [Point(title, on, "milestone") for on, title in dates])
    for y in {mark.y for mark in gantt.marks}:
        places = sorted(mark.x for mark in gantt.marks if mark.y == y)
        assert all(after > before for before, after in pairwise(places))


def test_months_thin_out_when_a_program_is_long() -> None:
    def months(years: int) -> int:
        return len(picture([Stretch("Phase", "", date(2026, 1, 1), date(2026 + years, 12, 31), "next")]).months)

    assert (months(0), months(1), months(4), months(9)) == (12, 24, 20, 10)


def test_today_is_marked_only_where_the_picture_is() -> None:
    stretch = Stretch("Phase", "", date(2026, 11, 1), date(2027, 10, 31), "current")
    assert picture([stretch]).today_side == "start"
    assert picture([stretch], today=date(2027, 10, 20)).today_side == "end"
    assert picture([stretch], today=date(2027, 11, 1)).today is None
    assert picture([stretch], today=date(2026, 10, 31)).today is None


def test_a_generation_that_lies_ahead_is_dotted() -> None:
    starts = [Start("One", "", TODAY), Start("Two", "planned", TODAY + timedelta(days=1))]
    gantt = draw([], starts, [], today=TODAY, month_names=MONTHS)
    assert [row.look for row in gantt.generations] == ["", "planned"]


def test_an_empty_program_has_a_picture() -> None:
    assert picture([]).months


def test_a_review_a_milestone_and_an_event_have_a_sign_each() -> None:
    kinds = ["review", "milestone", "event"]
    gantt = picture([], [Point(kind, TODAY, kind) for kind in kinds])
    assert {mark.title: mark.look for mark in gantt.marks} == {kind: f"{kind[0]} ahead" for kind in kinds}


def test_what_really_was_is_drawn_under_what_was_planned() -> None:
    """Also where it ended later than anything was planned; what lies outside of a stretch has no width."""
    planned = date(2026, 1, 1), date(2026, 3, 31)
    late = Stretch("Phase", "", *planned, "past", ran=(date(2026, 2, 1), date(2026, 5, 31)))
    gantt = picture([late])
    assert gantt.days == 151
    bar = gantt.bars[0]
    assert bar.ran_x > bar.x
    assert round(bar.ran_x + bar.ran_width) == 100
    spring = date(2026, 4, 1), date(2026, 6, 30)
    bar = draw([late], [], [], today=TODAY, month_names=MONTHS, between=spring).bars[0]
    assert bar.width == 0, "planned for earlier"
    assert bar.ran_width > 50
    assert picture([Stretch("Phase", "", *planned, "next")]).bars[0].ran_width == 0
