"""Planned and actual dates side by side: in the picture, in its words, in its table and in the handbook."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programs.phases import chapters
from programs.phases.models import Phase, PhaseState

DAYS = st.dates(date(2010, 1, 1), date(2190, 12, 31))


@pytest.fixture
def timeline(world: Any, sign_in: Any) -> Any:
    address = reverse("programs:timeline", args=[world.program.slug])
    return lambda who=None, **asked: sign_in(who or world.influencer).get(address, asked)


def ended(world: Any) -> Phase:
    Phase.objects.filter(pk=world.phase.pk).update(
        state=PhaseState.FINISHED, started_on=date(2026, 1, 12), finished_on=date(2026, 9, 18)
    )
    return Phase.objects.get(pk=world.phase.pk)


def test_the_picture_its_words_and_its_table_say_both(world: Any, timeline: Any) -> None:
    ended(world)
    response = timeline()
    page = response.content.decode()
    bar = response.context["timeline"].bars[0]
    assert bar.ran_width > bar.width
    assert "actually 12 Jan 2026 to 18 Sept 2026" in bar.words
    assert 'class="ran"' in page
    assert '<td data-label="Actual start">12 Jan 2026</td>' in page
    assert "Actual, from the day a phase started to the day it ended" in page
    world.influencer.language = "de"
    world.influencer.save()
    assert "tatsächlich 12.01.2026 bis 18.09.2026" in timeline().content.decode()


def test_what_runs_ends_today_and_what_has_not_started_has_nothing(world: Any, timeline: Any) -> None:
    response = timeline()
    first, second = response.context["timeline"].bars
    assert "actually since 5 Jan 2026" in first.words
    shown = response.context["timeline"]
    assert 0 <= first.ran_x + first.ran_width - shown.today <= 100 / shown.days + 0.02  # to the end of today
    assert (second.ran_width, "actually" in second.words) == (0, False)
    Phase.objects.update(started_on=None, finished_on=None)
    world.program.save()
    page = timeline(world.manager).content.decode()
    assert "Actual start" not in page, "no empty columns"


def test_a_stretch_shows_what_really_happened_in_it(world: Any, timeline: Any) -> None:
    """Planned until March, it went on until September: it is in the picture of the summer."""
    ended(world)
    shown = timeline(show="quarter", **{"from": "2026-07"}).context["timeline"]
    assert shown.bars[0].title.startswith("1")
    assert shown.bars[0].width == 0
    assert shown.bars[0].ran_width > 0


def test_the_handbook_says_both(world: Any) -> None:
    ended(world)
    table = chapters.phases(world.program)
    assert table.header[3:5] == ("Actual start", "Actual end")
    assert table.rows[0][3:5] == ("12 Jan 2026", "18 Sept 2026")
    assert table.rows[1][3:5] == ("–", "–")


@given(DAYS, st.none() | DAYS, DAYS)
def test_nothing_runs_backwards(started: date, finished: date | None, today: date) -> None:
    ran = Phase(started_on=started, finished_on=finished).ran(on=today)
    assert ran is not None
    assert ran[0] == started
    assert ran[0] <= ran[1]
    assert Phase(finished_on=finished).ran(on=today) is None
