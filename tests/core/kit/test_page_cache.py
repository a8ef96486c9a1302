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


def test_what_a_page_took_the_last_time_comes_in_one_go(
    makes: tuple[list[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _made, make = makes
    asked: list[Any] = []
    get_many = page_cache.cache.get_many
    monkeypatch.setattr(page_cache.cache, "get_many", lambda keys: [asked.append(keys), get_many(keys)][1])

    def page(*, changes: bool = False) -> list[int]:
        asked.clear()
        with page_cache.together("test:page"):
            first = page_cache.taken("test:5", "x", make)
            if changes:
                page_cache.clear("test:6")
            return [first, page_cache.taken("test:6", "y", make)]

    assert (page(), len(asked)) == ([1, 2], 2)
    assert (page(), len(asked)) == ([1, 2], 1)
    assert page(changes=True) == [1, 3], "what was fetched before a change is not shown after it"
    assert (page(), len(asked)) == ([1, 3], 1)
