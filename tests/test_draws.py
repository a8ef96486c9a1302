"""A run can be repeated: what is drawn for rows is the same, whatever ran before."""

from core.kit.drawn import drawn
from tests import draws


def test_the_same_name_draws_the_same_and_no_other_does() -> None:
    runs = []
    for name in ("one", "one", "two"):
        with draws.of(name):
            runs.append([drawn() for _ in range(3)])
    assert runs[0] == runs[1] != runs[2]
    assert len({*runs[0], *runs[2], drawn()}) == 7


def test_a_test_draws_its_own() -> None:
    drawn_before = drawn()
    with draws.of("tests/test_draws.py::test_a_test_draws_its_own"):
        assert drawn() == drawn_before
