"""Calendar files read by another library than the writer's; `make bench ONLY=calendar_files` does it 10,000 times."""

from tests.calendar_trip import at_the_changes, errors_in, histories, method_for

FAST = 200


def test_events_and_their_changes_come_out_as_they_went_in() -> None:
    versions = [each for versions in histories(FAST, seed=1) for each in versions]
    assert len(versions) == FAST
    assert {method_for(each) for each in versions} == {"PUBLISH", "REQUEST", "CANCEL"}
    assert [wrong for each in versions for wrong in errors_in([each], method=method_for(each))] == []
    assert errors_in(versions) == []


def test_the_clock_on_the_wall_stays_over_every_change_of_the_clocks() -> None:
    """Berlin, Vienna, Zurich, London and New York until 2036: 22 changes each, 7 hours on 3 days around it."""
    appointments = list(at_the_changes())
    assert len(appointments) == 5 * 22 * 7 * 3
    assert errors_in(appointments) == []
