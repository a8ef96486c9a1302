"""The plan is frozen, and the plan of now is compared with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.journal.models import Entry
from programs.phases import baseline, services
from programs.phases.models_baseline import Baseline
from tests.factories.phases import make_phase
from tests.world import client_of


def body(response: Any) -> str:
    return str(response.content.decode())


def url(name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=["nordlichter", *args])


@pytest.fixture(autouse=True)
def nothing_is_frozen(world: Any) -> None:
    Baseline.objects.all().delete()


@pytest.fixture
def press(django_capture_on_commit_callbacks: Any) -> Any:
    """A press of a button, with what follows once it is stored: the timeline keeps its baselines until then."""

    def pressed(client: Any, address: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address)

    return pressed


def moved(phase: Any, start: int, end: int, by: Any) -> None:
    further = [timedelta(days=days) for days in (start, end)]
    services.edit_phase(phase, start_on=phase.start_on + further[0], end_on=phase.end_on + further[1], by=by)
    phase.refresh_from_db()


def test_what_moved_since_is_drawn_and_said_in_words(world: Any, press: Any) -> None:
    manager = client_of("manager", world)
    assert "Freeze the plan once it is agreed" in body(manager.get(url("timeline")))
    press(manager, url("baseline_freeze"))
    page = body(manager.get(url("timeline")))
    assert "frozen by" in page
    assert page.count('class="was" x=') == 2
    assert page.count("as frozen") >= 2
    moved(world.phase, 0, 12, world.manager)
    moved(world.next_phase, -1, -1, world.manager)
    make_phase(world.program, 3)
    page = body(manager.get(url("timeline")))
    for words in ("start as frozen, ends 12 days later", "1 day earlier", "not in it yet"):
        assert words in page
    assert "ends 12 days later" in body(client_of("influencer", world).get(url("timeline")))
    assert "Freeze the plan" not in body(client_of("influencer", world).get(url("timeline")))


def test_the_same_plan_is_not_frozen_twice_and_all_of_it_is_undone(world: Any, press: Any) -> None:
    manager = client_of("manager", world)
    press(manager, url("baseline_freeze"))
    press(manager, url("baseline_freeze"))
    row = Baseline.objects.get()
    press(manager, url("baseline_delete", row.pk))
    assert 'class="was"' not in body(manager.get(url("timeline")))
    press(manager, url("baseline_restore", row.pk))
    press(manager, url("baseline_restore", row.pk))
    assert 'class="was"' in body(manager.get(url("timeline")))
    assert [entry.verb for entry in Entry.objects.filter(verb__contains="frozen").order_by("pk")] == [
        "phases.frozen",
        "phases.unfrozen",
        "phases.frozen",
    ]


def test_an_earlier_baseline_is_chosen_by_its_address(world: Any) -> None:
    first = baseline.freeze(world.program, by=world.manager)
    moved(world.phase, 0, 3, world.manager)
    baseline.freeze(world.program, by=world.manager)
    manager = client_of("manager", world)
    assert "3 days later" not in body(manager.get(url("timeline")))
    assert first is not None
    assert "3 days later" in body(manager.get(url("timeline") + f"?baseline={first.pk}"))
    assert manager.get(url("timeline") + "?baseline=x").status_code == 200


def test_a_phase_that_is_gone_and_other_programs_disturb_nothing(world: Any) -> None:
    baseline.freeze(world.program, by=world.manager)
    world.next_phase.delete()
    assert client_of("manager", world).get(url("timeline")).status_code == 200
    assert baseline.shown(baseline.baselines_of(world.other_program), "") is None


def test_days_in_german(world: Any) -> None:
    with override("de"):
        assert [baseline.later(days) for days in (1, 9, -1)] == ["1 Tag später", "9 Tage später", "1 Tag früher"]
