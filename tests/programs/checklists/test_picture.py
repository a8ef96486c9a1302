from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from programs.checklists import picture, services, story
from programs.checklists.queries import phases_with_progress
from programs.phases import services as phases
from tests.factories.phases import make_phase


def test_the_strip_is_one_query(world: Any, django_assert_num_queries: Any) -> None:
    make_phase(world.program, 3)
    with django_assert_num_queries(1), translation.override("en"):
        strip = picture.phase_strip(world.program, date(2026, 2, 2))
    first = strip[0]
    assert (first.number, first.state, first.done, first.total) == (1, "current", 0, 2)
    assert first.when == "Jan–Mar 2026"
    assert first.today_percent == pytest.approx(49.1)
    assert strip[1].today_percent is None


def test_a_span_says_each_year_where_it_changes(world: Any) -> None:
    make_phase(world.program, 3, start_on=date(2025, 11, 3), end_on=date(2026, 6, 30))
    with translation.override("en"):
        assert picture.phase_strip(world.program, date(2026, 2, 2))[-1].when == "Nov 2025 – Jun 2026"


def test_a_skipped_phase_says_so(world: Any) -> None:
    phases.skip_phase(world.next_phase, reason="Not needed", by=world.manager)
    with translation.override("de"):
        assert picture.phase_strip(world.program, world.today)[1].when == "ausgelassen"


def test_progress_in_words(world: Any) -> None:
    services.tick_item(world.item, by=world.manager)
    services.mark_not_applicable(world.free_item, reason="Not here", by=world.manager)
    phase = phases_with_progress(world.program)[0]
    with translation.override("en"):
        assert picture.progress_words(phase) == "1 of 1, 1 not applicable"
    with translation.override("de"):
        assert picture.progress_words(phase) == "1 von 1, 1 nicht zutreffend"


def test_the_lead_says_where_the_program_stands(world: Any) -> None:
    def lead(on: date = date(2026, 2, 2)) -> str:
        with translation.override("en"):
            return story.lead(list(phases_with_progress(world.program)), [], on=on)

    assert lead() == "Phase 1 of 2 is running: Phase 1 in English."
    assert lead(world.phase.end_on + timedelta(days=1)).startswith("Phase 1 of 2 is running past its planned end")
    phases.start_phase(world.next_phase, by=world.manager)
    assert lead() == "2 phases are running: Phase 1 in English, Phase 2 in English."
    for phase in (world.phase, world.next_phase):
        phases.finish_phase(phase, by=world.manager)
    assert lead() == "Every phase is finished."
    later = make_phase(world.program, 3)
    assert lead().startswith("No phase is running at the moment. The next one is “Phase 3 in English”")
    assert story.phases_in_focus(list(phases_with_progress(world.program))) == [later]
