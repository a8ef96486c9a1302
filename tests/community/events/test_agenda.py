"""The agenda: what comes, for everybody in the program; a draft is a bare date to who does not plan it."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from programs.phases.models import Milestone
from tests.factories.events import make_answer, make_event
from tests.factories.phases import make_milestone

AGENDA = "/p/nordlichter/events/"


def test_dates_of_the_timeline_that_are_events_stand_here_too(world: Any, sign_in: Any) -> None:
    coming = timezone.localdate() + timedelta(days=3)
    make_milestone(world.program, kind="event", on=coming, title_en="Summer party", title_de="Sommerfest")
    make_milestone(world.program, kind="review", on=coming, title_en="Half-year review", title_de="Review")
    page = sign_in(world.influencer).get(AGENDA).content.decode()
    assert "Summer party" in page
    assert "Half-year review" not in page
    assert "Big kick-off" in page  # an event that is a review on the timeline


def test_what_was_is_found_under_past(world: Any, sign_in: Any) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    make_event(world.program, on=yesterday, title_en="Long ago", title_de="Lange her")
    running = make_event(world.program, on=yesterday, title_en="Three days", title_de="Drei Tage")
    Milestone.objects.filter(pk=running.milestone_id).update(until_on=yesterday + timedelta(days=2))
    visitor = sign_in(world.coach)
    coming, past = (visitor.get(AGENDA + query).content.decode() for query in ("", "?when=past"))
    assert "Long ago" not in coming
    assert "Three days" in coming
    assert "Long ago" in past
    assert "Three days" not in past


def test_an_empty_agenda_teaches(world: Any, sign_in: Any) -> None:
    page = sign_in(world.stranger).get("/p/stimmen/events/").content.decode()
    assert "Nothing is planned yet." in page
    assert "Nothing has been yet" in sign_in(world.stranger).get("/p/stimmen/events/?when=past").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_agenda_asks_a_fixed_number_of_questions(
    world: Any, sign_in: Any, rows: int, django_assert_num_queries: Any
) -> None:
    Milestone.objects.all().delete()
    for number in range(rows):
        event = make_event(world.program, at=time(9 + number), capacity=5)
        make_answer(event, world.influencer, "waiting")
    visitor = sign_in(world.influencer)
    visitor.get(AGENDA)
    with django_assert_num_queries(5):
        visitor.get(AGENDA)


def test_a_month_marks_the_days_of_what_takes_several(world: Any, sign_in: Any) -> None:
    first = (timezone.localdate().replace(day=1) + timedelta(days=40)).replace(day=10)
    Milestone.objects.all().delete()
    event = make_event(world.program, on=first, title_en="Camp", title_de="Camp")
    Milestone.objects.filter(pk=event.milestone_id).update(until_on=first + timedelta(days=2))
    page = sign_in(world.influencer).get(AGENDA).content.decode()
    assert [f"#d{(first + timedelta(days=more)).isoformat()}" in page for more in range(4)] == [True, True, True, False]
