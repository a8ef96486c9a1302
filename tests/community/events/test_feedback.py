"""How it was: one of each person, changed at will for a week, read by nobody before; then ranges, and nothing else."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.events import feedback, jobs, leaving, moments
from community.events.models import Event
from community.events.models_after import Feedback
from core.kit.kept import in_numbers
from core.news.models import Notification
from programs.membership.models import Membership
from tests.community.events.test_attending import now_on, url
from tests.factories.events import make_answer, make_attendance, make_feedback
from tests.world import join, make_user

GIVEN = {"worth": "5", "pace": "3", "next_step": "4", "helped": "The round of three", "differently": ""}


def over(world: Any, **fields: Any) -> Event:
    """An event that ended an hour ago."""
    return now_on(world, begun=timedelta(hours=3), **fields)


def after_a_week() -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=8))


def crowd(world: Any, event: Event, count: int) -> list[Any]:
    people = [make_user(f"crowd{event.pk}-{number}") for number in range(count)]
    for person in people:
        join(person, world.program, "influencer")
        make_attendance(event, person)
    here_for_a_month(people)
    return people


def here_for_a_month(people: list[Any]) -> None:
    Membership.objects.filter(user__in=people).update(since=timezone.now() - timedelta(days=30))


def test_it_takes_three_taps_and_can_be_changed_and_deleted(world: Any, sign_in: Any) -> None:
    event, person = over(world), sign_in(world.influencer)
    make_attendance(event, world.influencer)
    assert "Say it in 20 seconds" in person.get(url(event)).content.decode()
    page = person.post(url(event, "feedback/"), GIVEN | {"pace": "9", "helped": "Kept words"}).content.decode()
    assert 'value="Kept words"' in page
    assert not Feedback.objects.exists()
    person.post(url(event, "feedback/"), GIVEN)
    person.post(url(event, "feedback/"), GIVEN | {"pace": "1"})
    assert Feedback.objects.get(event=event, person=world.influencer).pace == 1
    page = person.get(url(event, "feedback/")).content.decode()
    assert 'value="The round of three"' in page
    page = person.post(url(event, "feedback/end/"), follow=True).content.decode()
    assert "no longer counts" in page
    assert "The round of three" not in page
    assert url(event, "feedback/end/?back=yes") in page
    page = person.post(url(event, "feedback/end/?back=yes"), follow=True).content.decode()
    assert 'value="The round of three"' in page
    person.post(url(event, "feedback/end/"), follow=True)
    feedback.close(event)
    event.refresh_from_db()
    assert not Feedback.objects.exists()
    for back in ("", "?back=yes"):
        page = person.post(url(event, f"feedback/end/{back}"), follow=True).content.decode()
        assert "This is open for one week" in page
        assert "counts again" not in page
        assert "no longer counts" not in page


def test_only_who_was_there_or_said_yes_is_asked(world: Any, sign_in: Any) -> None:
    event = over(world)
    make_answer(event, world.influencer)
    make_answer(event, world.influencer2, "maybe")
    assert sign_in(world.influencer).get(url(event, "feedback/")).status_code == 200
    assert sign_in(world.influencer2).get(url(event, "feedback/")).status_code == 403
    assert sign_in(world.influencer2).post(url(event, "feedback/"), GIVEN).status_code == 403
    make_attendance(event, world.influencer2)
    assert sign_in(world.influencer2).get(url(event, "feedback/")).status_code == 200


def test_what_is_over_asks_nobody_to_come_and_speaks_of_the_past(world: Any, sign_in: Any) -> None:
    event = over(world)
    make_answer(event, world.influencer)
    page = sign_in(world.manager).get(url(event)).content.decode()
    assert "Who had said yes" in page
    assert "Who is coming" not in page
    assert 'class="rsvp docks' not in page


def test_before_the_end_and_after_a_week_nothing_is_taken(world: Any, sign_in: Any) -> None:
    event = now_on(world)
    make_attendance(event, world.influencer)
    person = sign_in(world.influencer)
    page = person.post(url(event, "feedback/"), GIVEN, follow=True).content.decode()
    assert "open for one week from the end of the event" in page
    with after_a_week():
        person = sign_in(world.influencer)
        page = person.get(url(event, "feedback/")).content.decode()
        assert "for one week" in page
        assert f'<a class="btn" href="{url(event)}">Back to the event</a>' in page
        person.post(url(event, "feedback/"), GIVEN)
    assert not Feedback.objects.exists()


def test_hosts_read_nothing_before_it_closes_and_ranges_after(world: Any, sign_in: Any) -> None:
    event = over(world)
    people = crowd(world, event, 9)
    for number, person in enumerate(people):
        make_feedback(event, person, worth=5, pace=1 + number % 3, helped=f"helped {number}", differently="")
    make_feedback(event, world.influencer, worth=5, differently="only mine")
    make_feedback(event, world.influencer2, worth=1, pace=5, helped="withdrawn", is_taken_back=True)
    page = sign_in(world.manager).get(url(event, "after/")).content.decode()
    assert "helped 1" not in page
    assert "After that, the results appear here." in page
    with after_a_week():
        jobs.sweep()
        page = sign_in(world.manager).get(url(event, "after/")).content.decode()
    assert "<b>4.5</b> of 5" in page  # all said five: not said as such
    assert "helped 1" in page
    assert "only mine" not in page
    assert "withdrawn" not in page
    assert "9 to 14 answers" in page
    assert not any(str(person) in page for person in people)
    assert not Feedback.objects.exists()


def test_of_a_few_nothing_is_kept(world: Any, sign_in: Any) -> None:
    event = over(world)
    for person in crowd(world, event, 4):
        make_feedback(event, person, helped="words of a few")
    assert feedback.close(event)
    event.refresh_from_db()
    assert event.outcome == {"people": [], "means": {}, "texts": {"helped": [], "differently": []}}
    page = sign_in(world.manager).get(url(event, "after/")).content.decode()
    assert "Too few people have answered" in page
    assert "answers</span>" not in page
    assert not Feedback.objects.exists()


def test_how_many_were_asked_is_not_told(world: Any) -> None:
    """Who was there without having said yes is asked as well: the number would tell that they were."""
    kept = []
    for others in (0, 1):
        event = over(world)
        for person in crowd(world, event, 9 + others)[:9]:
            make_feedback(event, person)
        assert feedback.close(event)
        kept.append(Event.objects.get(pk=event.pk).outcome["people"])
    assert kept == [[9, 14], [9, 14]]


def test_of_eight_four_may_be_one_hand(world: Any) -> None:
    event = over(world)
    people = crowd(world, event, 9)
    for person in people[:8]:
        make_feedback(event, person, helped="words of eight")

    def outcome() -> dict[str, Any]:
        rows = list(Feedback.objects.all())
        return feedback.outcome_of(rows, k=5, filling={person.pk for person in people})

    assert (outcome()["means"], outcome()["texts"]["helped"]) == ({}, [])
    make_feedback(event, people[8], helped="words of the ninth")
    assert len(outcome()["texts"]["helped"]) == 9
    assert outcome()["means"]


def test_accounts_made_for_it_and_four_in_one_hand_let_nobodys_answers_out(world: Any) -> None:
    """The host has eight accounts and knows what they wrote: four old ones, and more made for this event."""
    event = over(world)
    people = crowd(world, event, 12)
    Membership.objects.filter(user__in=people[4:]).update(since=timezone.now())
    for person in people[:11]:
        make_feedback(event, person, worth=5, helped="known to the host")
    make_feedback(event, world.influencer, worth=1, helped="mine alone")
    here_for_a_month(people[11:])
    here_for_a_month([world.influencer])
    assert feedback.close(event)
    event.refresh_from_db()
    assert (event.outcome["means"], event.outcome["texts"]["helped"]) == ({}, [])


def test_who_reads_the_results_does_not_make_them_enough(world: Any) -> None:
    event = over(world)
    for person in [*crowd(world, event, 4), world.manager]:
        make_feedback(event, person, helped="words of a few")
    assert feedback.close(event)
    event.refresh_from_db()
    assert (event.outcome["means"], event.outcome["texts"]["helped"]) == ({}, [])


def test_results_close_once(world: Any) -> None:
    event = over(world)
    for person in crowd(world, event, 9):
        make_feedback(event, person, worth=3)
    assert feedback.close(event)
    outcome = Event.objects.get(pk=event.pk).outcome
    with pytest.raises(feedback.FeedbackClosedError):
        feedback.give(event, person=world.influencer, worth=1, pace=1, next_step=1)
    assert not feedback.close(event)
    assert Event.objects.get(pk=event.pk).outcome == outcome


@pytest.mark.parametrize(
    ("values", "said"), [([5] * 6, "4.5"), ([1] * 6, "1.5"), ([3, 3, 4, 4, 4], "3.5"), ([1, 2, 3, 4, 5], "3.0")]
)
def test_means_are_in_half_steps_and_never_at_an_end(values: list[int], said: str) -> None:
    assert feedback.mean(values) == Decimal(said)


def test_the_texts_are_mixed(world: Any) -> None:
    rows = [Feedback(worth=3, pace=3, next_step=3, helped=f"text {number}") for number in range(40)]
    for number, row in enumerate(rows):
        row.person_id = number
    mixed = feedback.outcome_of(rows, k=5, filling=set(range(40)))["texts"]["helped"]
    assert sorted(mixed) == sorted(row.helped for row in rows)
    assert mixed != [row.helped for row in rows]


def test_who_was_there_is_asked_once_and_not_when_it_was_said(world: Any, sign_in: Any) -> None:
    event = over(world)
    make_answer(event, world.influencer)
    make_attendance(event, world.influencer2)
    make_answer(event, world.manager, "no")
    jobs.sweep()
    jobs.sweep()
    told = Notification.objects.filter(kind="events.how_was_it", about=str(event.pk))
    assert set(told.values_list("person", flat=True)) == {world.influencer.pk, world.influencer2.pk}
    person = sign_in(world.influencer)
    assert url(event, "feedback/") in person.get("/notifications/").content.decode()
    make_feedback(event, world.influencer)
    assert url(event, "feedback/") not in person.get("/notifications/").content.decode()


def test_the_follow_up_stands_on_the_page_and_is_told_once(world: Any, sign_in: Any) -> None:
    event, host = over(world), sign_in(world.manager)
    make_answer(event, world.influencer)
    make_attendance(event, world.influencer2)
    page = host.post(url(event, "follow-up/"), {"recording": "http://tube.example/1"}).content.decode()
    assert "start with https://" in page
    assert 'value="http://tube.example/1"' in page
    form = {"recording": "https://tube.example/1", "follow_up_en": "The slides lie in the library."}
    page = host.post(url(event, "follow-up/"), form, follow=True).content.decode()
    assert "Notify everybody who was there" in page
    assert "The slides lie in the library." in sign_in(world.executive).get(url(event)).content.decode()
    host.post(url(event, "follow-up/send/"))
    page = host.post(url(event, "follow-up/send/"), follow=True).content.decode()
    assert "This has already been sent" in page
    told = Notification.objects.filter(kind="events.follow_up")
    assert set(told.values_list("person", flat=True)) == {world.influencer.pk, world.influencer2.pk}
    assert told.count() == 2
    assert "Notify everybody who was there" not in page


def test_it_goes_with_the_consent_and_with_the_account(world: Any) -> None:
    for forget in (
        lambda: leaving.withdraw(world.influencer, world.program),
        lambda: leaving.forget_all(world.influencer, world.program),
        lambda: leaving.forget_everywhere(world.influencer),
    ):
        make_feedback(over(world), world.influencer)
        assert in_numbers(leaving.kept(world.influencer, world.program))[-1] == (1, "feedback after an event")
        forget()
        assert not Feedback.objects.filter(person=world.influencer).exists()


def test_the_database_keeps_one_of_each_person_on_the_scale(world: Any) -> None:
    event = over(world)
    make_feedback(event, world.influencer)
    with pytest.raises(IntegrityError, match="one_feedback_to_an_event"), transaction.atomic():
        make_feedback(event, world.influencer)
    with pytest.raises(IntegrityError, match="feedback_is_on_the_scale"), transaction.atomic():
        make_feedback(event, world.influencer2, pace=6)


def test_what_was_cancelled_asks_nobody(world: Any) -> None:
    event = over(world, state="cancelled")
    make_answer(event, world.influencer)
    jobs.sweep()
    assert not Notification.objects.filter(kind="events.how_was_it").exists()
    assert moments.is_over(event.milestone, timezone.now())
