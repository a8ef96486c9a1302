"""The agenda: what comes, for everybody in the program; a draft is a bare date to who does not plan it."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.events import agenda
from community.events.invited import invited_to, is_invited
from community.office_hours.models import Booking
from programs.phases.models import Milestone
from tests.factories.events import make_answer, make_event
from tests.factories.generations import make_generation
from tests.factories.office_hours import make_booking, make_hours
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
    assert "Nothing has taken place yet" in sign_in(world.stranger).get("/p/stimmen/events/?when=past").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_agenda_asks_a_fixed_number_of_questions(
    world: Any, sign_in: Any, rows: int, django_assert_num_queries: Any
) -> None:
    Milestone.objects.all().delete()
    for number in range(rows):
        event = make_event(world.program, at=time(9 + number), capacity=5)
        make_answer(event, world.influencer, "waiting")
        make_event(world.program, at=time(15), title_en=f"Not answered {number}")
    visitor = sign_in(world.influencer)
    visitor.get(AGENDA)
    with django_assert_num_queries(8):
        visitor.get(AGENDA)


def test_a_month_marks_the_days_of_what_takes_several(world: Any, sign_in: Any) -> None:
    first = (timezone.localdate().replace(day=1) + timedelta(days=40)).replace(day=10)
    Milestone.objects.all().delete()
    Booking.objects.all().delete()  # the small month is the one of what comes first
    event = make_event(world.program, on=first, title_en="Camp", title_de="Camp")
    Milestone.objects.filter(pk=event.milestone_id).update(until_on=first + timedelta(days=2))
    page = sign_in(world.influencer).get(AGENDA).content.decode()
    assert [f"#d{(first + timedelta(days=more)).isoformat()}" in page for more in range(4)] == [True, True, True, False]


def test_one_answers_in_the_row_without_leaving_the_list(world: Any, sign_in: Any) -> None:
    Milestone.objects.all().delete()
    event = make_event(world.program, title_en="Camp of the north")
    person, address = sign_in(world.influencer), f"{AGENDA}{event.pk}/answer/"
    assert "Are you coming? Camp of the north" in person.get(AGENDA).content.decode()
    part = person.post(address, {"choice": "maybe", "row": "on"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Maybe" in part
    assert f"{address}?choice=&amp;row=on" in part  # undo, which leads back to the list
    assert person.post(f"{address}?choice=&row=on").url == AGENDA
    assert person.post(address, {"choice": "yes", "row": "on"}).url == AGENDA
    page = person.get(AGENDA).content.decode()
    assert "You are coming" in page
    assert "Are you coming?" not in page


def test_the_row_asks_only_who_is_invited(world: Any, sign_in: Any) -> None:
    Milestone.objects.all().delete()
    for_all, elsewhere, own = (make_event(world.program) for _each in range(3))
    other = make_generation(world.program, 7)
    elsewhere.generations.add(other)
    own.generations.add(world.generation, other)
    events = [for_all, elsewhere, own]
    for person in (world.influencer, world.manager, world.coach, world.executive, world.council):
        expected = {event.pk for event in events if is_invited(event, person)}
        assert invited_to(events, person, world.program) == expected
    assert invited_to(events, world.influencer, world.program) == {for_all.pk, own.pk}
    assert "Are you coming?" not in sign_in(world.council).get(AGENDA).content.decode()


def test_on_the_phone_the_answer_stays_at_the_thumb(world: Any, sign_in: Any) -> None:
    event = make_event(world.program)
    assert "has-rsvp" in sign_in(world.influencer).get(f"{AGENDA}{event.pk}/").content.decode()
    assert "has-rsvp" not in sign_in(world.council).get(f"{AGENDA}{event.pk}/").content.decode()


def test_booked_hours_lie_among_the_events(world: Any, sign_in: Any) -> None:
    booking = make_booking(make_hours(world.program, world.coach), world.influencer)
    page = sign_in(world.influencer).get(AGENDA).content.decode()
    assert booking.is_booked
    assert "Office hours: " in page
    assert "Office hours: " not in sign_in(world.influencer2).get(AGENDA).content.decode()


def test_with_me_holds_what_i_said_yes_maybe_or_waiting_to(world: Any, sign_in: Any) -> None:
    for said in ("yes", "maybe", "waiting", "no", ""):
        event = make_event(world.program, title_en=f"I said {said or 'nothing'}", title_de=f"Ich sagte {said}")
        if said:
            make_answer(event, world.influencer, said)
    person = sign_in(world.influencer)
    mine, every = (person.get(f"{AGENDA}{query}").content.decode() for query in ("?with=me", ""))
    for said in ("yes", "maybe", "waiting"):
        assert f"I said {said}" in mine
    for said in ("no", "nothing"):
        assert f"I said {said}" not in mine
        assert f"I said {said}" in every


def test_who_takes_part_in_nothing_is_told_what_comes_here(world: Any, sign_in: Any) -> None:
    page = sign_in(world.executive).get(f"{AGENDA}?with=me").content.decode()
    assert "Nothing with you yet" in page


def test_what_ends_after_midnight_says_the_day_and_the_time(world: Any) -> None:
    on = timezone.localdate() + timedelta(days=9)
    event = make_event(world.program, on=on, at=time(22), until_on=on + timedelta(days=1), until_at=time(1, 5))
    assert agenda.until(event.milestone).endswith(", 1:05")
