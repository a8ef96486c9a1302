from typing import Any

import pytest
from django.utils.translation import override

from analytics.kpis import jobs, shelf


@pytest.fixture
def makes() -> tuple[list[str], Any]:
    made: list[str] = []

    def make() -> int:
        made.append("made")
        return len(made)

    return made, make


def test_a_thing_is_made_once_per_language(world: Any, makes: tuple[list[str], Any]) -> None:
    made, make = makes
    with override("de"):
        assert [shelf.taken(world.program.pk, "x", make) for _ in range(3)] == [1, 1, 1]
    with override("en"):
        assert shelf.taken(world.program.pk, "x", make) == 2
    assert made == ["made", "made"]


def test_a_publication_ends_it_for_this_program_only(
    world: Any, makes: tuple[list[str], Any], django_capture_on_commit_callbacks: Any
) -> None:
    made, make = makes
    for program in (world.program, world.other_program):
        shelf.taken(program.pk, "y", make)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.publish(world.program, world.today)
    assert shelf.taken(world.program.pk, "y", make) == 3
    assert shelf.taken(world.other_program.pk, "y", make) == 2
