from typing import Any

import pytest
from django.utils.translation import override

from analytics.kpis import jobs
from core.journal import services as journal
from core.kit import page_cache
from programs.generations.verbs import GenerationsVerb


@pytest.fixture
def makes() -> tuple[list[str], Any]:
    made: list[str] = []

    def make() -> int:
        made.append("made")
        return len(made)

    return made, make


def test_a_thing_is_made_once_per_language(makes: tuple[list[str], Any]) -> None:
    made, make = makes
    with override("de"):
        assert [page_cache.taken("test:1", "x", make) for _ in range(3)] == [1, 1, 1]
    with override("en"):
        assert page_cache.taken("test:1", "x", make) == 2
    assert made == ["made", "made"]


def test_a_change_ends_it_for_this_subject_only(makes: tuple[list[str], Any]) -> None:
    _made, make = makes
    for subject in ("test:2", "test:3"):
        page_cache.taken(subject, "y", make)
    page_cache.clear("test:2")
    assert page_cache.taken("test:2", "y", make) == 3
    assert page_cache.taken("test:3", "y", make) == 2


def test_who_changes_something_says_so(
    world: Any, makes: tuple[list[str], Any], django_capture_on_commit_callbacks: Any
) -> None:
    _made, make = makes
    cells, program = f"cells:{world.program.pk}", f"program:{world.program.pk}"
    page_cache.taken(cells, "z", make)
    page_cache.taken(program, "z", make)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.publish(world.program, world.today)
    assert page_cache.taken(cells, "z", make) == 3
    assert page_cache.taken(program, "z", make) == 2
    with django_capture_on_commit_callbacks(execute=True):
        page_cache.changed(world.program.pk)
    assert page_cache.taken(program, "z", make) == 4
    with django_capture_on_commit_callbacks(execute=True):
        journal.record(GenerationsVerb.INVITED, world.program, by=world.manager)
    assert page_cache.taken(program, "z", make) == 4  # a busy room does not empty everybody's start page


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many keys each trip to the cache asked for."""
    asked: list[int] = []
    ask = page_cache.cache.get_many

    def get_many(keys: Any) -> Any:
        asked.append(len(list(keys)))
        return ask(keys)

    monkeypatch.setattr(page_cache.cache, "get_many", get_many)
    return asked


def look() -> list[Any]:
    with page_cache.visit(("somebody", "/page/")):
        return [page_cache.taken(f"test:{number}", "v", lambda number=number: [number]) for number in range(10, 15)]


def test_the_second_look_at_a_page_is_one_trip_to_the_cache(trips: list[int]) -> None:
    first = look()
    assert len(trips) == 5
    trips.clear()
    assert look() == first
    assert trips == [10]  # five things, each with the edition of its subject


def test_what_a_page_writes_on_a_thing_is_not_kept() -> None:
    with page_cache.visit("a page"):
        page_cache.taken("test:20", "w", lambda: ["for all"]).append("for one")
        assert page_cache.taken("test:20", "w", list) == ["for all"]
    assert page_cache.taken("test:20", "w", list) == ["for all"]


def test_a_change_while_the_page_is_made_is_seen_by_the_same_page(makes: tuple[list[str], Any]) -> None:
    _made, make = makes
    for expected in ([1, 2], [2, 3]):
        with page_cache.visit("another page"):
            before = page_cache.taken("test:30", "u", make)
            page_cache.clear("test:30")
            assert [before, page_cache.taken("test:30", "u", make)] == expected
