"""The timeline from a quarter to three years."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programs.checklists import picture
from programs.checklists.window import MONTHS, Window, choices, neighbours, window_of
from programs.phases.models import Phase

DAYS = st.dates(date(2010, 1, 1), date(2190, 12, 31))


@given(st.sampled_from(sorted(MONTHS)), DAYS)
def test_what_today_is_in_is_shown_in_whole_months_and_leads_on_without_a_gap(name: str, today: date) -> None:
    window = window_of({"show": name}, today)
    assert window.holds(today)
    assert window.first.day == (window.last + timedelta(days=1)).day == 1
    before, after = (
        window_of(dict(part.split("=") for part in query[1:].split("&")), today) for query in neighbours(window, {})
    )
    assert before.last + timedelta(days=1) == window.first
    assert window.last + timedelta(days=1) == after.first


@pytest.mark.parametrize("start", ["", "2026-13", "0000-01", "2026-1", "20260101", "x" * 99, "२०२६-०१"])
def test_nonsense_shows_where_today_is(start: str) -> None:
    assert window_of({"show": "quarter", "from": start}, date(2026, 11, 28)).first == date(2026, 10, 1)
    assert window_of({"show": start}, date(2026, 11, 28)) == Window()


def test_a_quarter_draws_what_lies_in_it(world: Any, sign_in: Any) -> None:
    manager, url = sign_in(world.manager), reverse("programs:timeline", args=[world.program.slug])
    everything = manager.get(url).context["timeline"]
    second = world.program.phases.order_by("position")[1]
    following = second.start_on.replace(day=1) + timedelta(days=31)
    shown = manager.get(url, {"show": "quarter", "from": f"{following:%Y-%m}"}).context["timeline"]
    assert [bar.title[0] for bar in shown.bars] == ["1", "2"]
    assert not shown.bars[0].width, "planned for earlier, and still running"
    assert len(everything.bars) > 1
    assert {row.look for row in everything.generations} <= {"", "planned"}
    assert "earlier" in {row.look for row in shown.generations}, "no dot where it did not begin"
    assert [month.look for month in shown.months if month.look == "mo"] == [], "a phone names each of three months"
    far = manager.get(url, {"show": "year", "from": "2001-01"}).content.decode()
    assert "Nothing is planned in this period." in far
    assert choices(Window(), {"baseline": "9"})[3]["query"] == "?baseline=9&show=quarter"


def test_the_stages_of_the_design_card_name_their_phases() -> None:
    keys = ["before_start", "kickoff", "own", "audit", "concept", "pilot"]
    phases = [Phase(key=key, position=number) for number, key in enumerate(keys, start=1)]
    assert picture.stages(phases) == [("Concept", "1, 2, 4, 5"), ("Pilot", "6")]
    assert picture.stages(phases[:2]) == [("Concept", "1–2")]
    assert picture.stages([Phase(key="", position=1)]) == []
