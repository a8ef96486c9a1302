"""A pulse from its plan to its result: who is asked, once, and what is left of it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from community.pulses import circles, jobs, news, pots, questions, services
from community.pulses.models import PulseComment, PulseLetter, PulseMark, PulseRound
from core.journal.models import Entry
from core.news.models import Notification
from core.people.secrets import unseal
from tests.factories.pulses import make_crowd, make_pulse, make_result, many


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


@pytest.fixture
def crowd(world: Any) -> list[Any]:
    PulseRound.objects.all().delete()
    return make_crowd(world.program, world.generation, 12)


def plan(world: Any, **more: Any) -> dict[str, Any]:
    return {
        "moment": "weekly",
        "items": ["satisfaction", "time"],
        "opens_on": world.today.isoformat(),
        "closes_on": (world.today + timedelta(days=6)).isoformat(),
    } | more


def days_later(days: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_it_opens_reminds_closes_and_publishes_by_itself(world: Any, crowd: list[Any], sign_in: Any) -> None:
    assert sign_in(world.manager).post(url("pulse_new"), plan(world)).status_code == 302
    pulse = PulseRound.objects.get()
    everybody = set(circles.people_of(pulse).values_list("pk", flat=True))
    assert set(Notification.objects.filter(kind=news.OPEN).values_list("person", flat=True)) == everybody
    for person in crowd[:10]:
        services.settle(pulse, answers={"satisfaction": 4}, by=person)
    with days_later(5):
        jobs.look_after()
        jobs.look_after()
    reminded = set(Notification.objects.filter(kind=news.ENDS).values_list("person", flat=True))
    assert reminded == everybody - {person.pk for person in crowd[:10]}
    with days_later(8):
        jobs.look_after()
        pulse.refresh_from_db()
        assert (pulse.pot, pulse.published_at, bool(pulse.result)) == ("", None, True)
        assert not PulseMark.objects.exists()
    with days_later(23):
        jobs.look_after()
        jobs.look_after()
    pulse.refresh_from_db()
    assert pulse.published_at is not None
    assert Notification.objects.filter(kind=news.PUBLISHED).count() == len(everybody)
    assert Entry.objects.filter(verb="pulses.published").count() == 1


def test_one_answer_a_person_and_no_word_of_it(world: Any, sign_in: Any) -> None:
    client, pulse = sign_in(world.influencer), world.pulse
    page = client.get(url("pulse", pulse.pk)).content.decode()
    assert "3 questions, 20 seconds" in page
    assert "cannot be changed or withdrawn" in page
    said = {"satisfaction": "5", "time": "1", "recommendation": "10", "comment": "More time", "do": "answer"}
    entries = Entry.objects.count()
    after = client.post(url("pulse", pulse.pk), said, follow=True).content.decode()
    assert "Thank you, that is all" in after
    client.post(url("pulse", pulse.pk), said)
    pulse.refresh_from_db()
    sums = pots.open_up(pulse.pot, services.asked(pulse))
    assert (sums.answered, sums.chosen["satisfaction"], sums.chosen["time"]) == (1, [0, 0, 0, 0, 1], [1, 0, 0, 0, 0])
    assert [pots.read_letter(row.sealed) for row in PulseLetter.objects.all()] == ["More time"]
    assert Entry.objects.count() == entries


def test_not_this_time_leaves_the_same_rows_as_an_answer(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """Of the same length, so that nobody can tell the two apart; and the start page asks no more."""
    home = f"/p/{world.program.slug}/"
    client = sign_in(world.influencer)
    assert "20 seconds" in client.get(home).content.decode()
    before = len(world.pulse.pot)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("pulse", world.pulse.pk), {"do": "not", "satisfaction": "5", "comment": "Never sent"})
    assert "20 seconds" not in client.get(home).content.decode()
    services.settle(world.pulse, answers={"satisfaction": 5}, comment="ü" * 280, by=world.influencer2)
    world.pulse.refresh_from_db()
    assert len(world.pulse.pot) == before
    assert len({len(row.sealed) for row in PulseLetter.objects.all()}) == 1
    assert sorted(pots.read_letter(row.sealed) for row in PulseLetter.objects.all()) == ["", "ü" * 280]
    assert pots.open_up(world.pulse.pot, services.asked(world.pulse)).answered == 1
    assert PulseMark.objects.filter(pulse=world.pulse).count() == 2


def test_too_few_have_no_result_and_nothing_is_kept(world: Any, crowd: list[Any]) -> None:
    pulse = make_pulse(world.program, asks_comment=True)
    for person in crowd[:8]:
        services.settle(pulse, answers={"satisfaction": 5}, comment="Read by nobody", by=person)
    services.close(pulse)
    pulse.refresh_from_db()
    assert (pulse.result, pulse.pot) == (None, "")
    assert not PulseComment.objects.exists()
    assert not PulseLetter.objects.exists()
    services.publish(pulse)
    pulse.refresh_from_db()
    assert pulse.published_at is None


def test_comments_need_enough_writers(world: Any, crowd: list[Any], sign_in: Any) -> None:
    for writers, kept in ((8, 0), (9, 9)):
        PulseRound.objects.all().delete()
        pulse = make_pulse(world.program, asks_comment=True)
        for number, person in enumerate(crowd):
            services.settle(pulse, answers={"satisfaction": 5}, comment="Words" if number < writers else " ", by=person)
        services.close(pulse)
        assert PulseComment.objects.count() == kept
    services.publish(pulse)
    assert "Words" in sign_in(world.manager).get(url("pulse_result", pulse.pk)).content.decode()
    comment = PulseComment.objects.order_by("pk").first()
    sign_in(world.manager).post(url("pulse_theme", pulse.pk, comment.pk), {"theme": " Time  off "})
    services.say_consequence(pulse, text={"en": "We change it."}, by=world.manager)
    for reader in (world.coach, world.influencer, world.executive):
        page = sign_in(reader).get(url("pulse_result", pulse.pk)).content.decode()
        assert ("Words" in page, "Time off" in page, "We change it." in page) == (False, True, True)


def test_a_pulse_needs_enough_people_and_days_of_its_own(world: Any, crowd: list[Any], sign_in: Any) -> None:
    client = sign_in(world.manager)
    page = client.post(url("pulse_new"), plan(world, generation=world.generation2.pk))
    assert (page.status_code, "1 person takes part there" in page.content.decode()) == (422, True)
    assert client.post(url("pulse_new"), plan(world, generation=world.generation.pk)).status_code == 302
    again = client.post(url("pulse_new"), plan(world))
    assert "asks the same people in these days" in again.content.decode()
    four = plan(world, items=["satisfaction", "time", "benefit"], own_en="I like it.", opens_on="2027-03-01")
    assert "Three questions at most" in client.post(url("pulse_new"), four).content.decode()
    none = client.post(url("pulse_new"), plan(world, items=[])).content.decode()
    assert "at least one question" in none


def test_an_own_question_is_asked_in_both_languages(world: Any, crowd: list[Any], sign_in: Any) -> None:
    own = {"items": [], "own_en": "The meeting helped.", "own_de": "Das Treffen hat geholfen."}
    sign_in(world.manager).post(url("pulse_new"), plan(world, **own))
    pulse = PulseRound.objects.get()
    page = sign_in(world.influencer).get(url("pulse", pulse.pk)).content.decode()
    assert "The meeting helped." in page
    assert pulse.questions[0]["text"]["de"] == "Das Treffen hat geholfen."
    like = sign_in(world.manager).get(f"{url('pulse_new')}?like={pulse.pk}").content.decode()
    assert "Das Treffen hat geholfen." in like


def test_what_is_planned_can_be_deleted_and_restored(world: Any, sign_in: Any) -> None:
    client, pulse = sign_in(world.manager), world.pulse_planned
    client.post(url("pulse_delete", pulse.pk))
    assert not PulseRound.objects.present().filter(pk=pulse.pk).exists()
    client.post(url("pulse_restore", pulse.pk))
    assert PulseRound.objects.present().filter(pk=pulse.pk).exists()
    client.post(url("pulse_delete", world.pulse.pk))
    assert PulseRound.objects.present().filter(pk=world.pulse.pk).exists(), "it is open"
    assert sign_in(world.influencer).get(url("pulse", pulse.pk)).status_code == 404


def test_the_start_page_asks_what_is_planned_and_no_more_what_is_closed(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """It keeps what it found out, until a pulse of the program changes."""
    make_crowd(world.program, world.generation, 12)
    home, client = f"/p/{world.program.slug}/", sign_in(world.influencer)
    assert "20 seconds" in client.get(home).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        services.close(world.pulse, by=world.manager)
    assert "20 seconds" not in client.get(home).content.decode()
    today = world.today
    with django_capture_on_commit_callbacks(execute=True):
        asks = questions.chosen(["satisfaction"])
        services.plan(
            world.program,
            moment="weekly",
            asks=asks,
            opens_on=today,
            closes_on=today + timedelta(days=6),
            by=world.manager,
        )
    assert "20 seconds" in client.get(home).content.decode()


def test_a_pulse_of_another_generation_asks_nobody_else(world: Any, sign_in: Any) -> None:
    pulse = make_pulse(world.program, generation=world.generation)
    assert sign_in(world.influencer).get(url("pulse", pulse.pk)).status_code == 200
    assert sign_in(world.influencer2).get(url("pulse", pulse.pk)).status_code == 404


def test_who_does_not_lead_sees_a_result_once_it_is_published(world: Any, sign_in: Any) -> None:
    pulse = make_result(make_pulse(world.program, days=60), *many(20))
    assert sign_in(world.executive).get(url("pulse_result", pulse.pk)).status_code == 404
    assert sign_in(world.manager).get(url("pulse_result", pulse.pk)).status_code == 200
    sign_in(world.manager).post(url("pulse_publish", pulse.pk))
    assert sign_in(world.executive).get(url("pulse_result", pulse.pk)).status_code == 200
    page = sign_in(world.council).get(url("pulses")).content.decode()
    assert "Over time" in page
    assert "figure-pulse-satisfaction" in page
    assert "figure-pulse-recommendation" not in page, "a score below nothing is not drawn as nothing"


def test_an_open_pulse_says_nothing_of_how_many_answered(world: Any, sign_in: Any) -> None:
    pages = [url("pulses"), url("pulse_result", world.pulse.pk), url("pulse_close", world.pulse.pk)]

    def read() -> list[bytes]:
        """Without what differs between any two requests."""
        client = sign_in(world.manager)
        return [client.get(page).content.partition(b"</main>")[0].partition(b"<main")[2] for page in pages]

    before = read()
    services.settle(world.pulse, answers={"time": 2}, by=world.influencer)
    assert [len(page) for page in read()] == [len(page) for page in before]


def test_closing_early_needs_a_second_click_and_cannot_be_undone(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    assert "You cannot reopen it" in client.get(url("pulse_close", world.pulse.pk)).content.decode()
    for _ in range(2):
        client.post(url("pulse_close", world.pulse.pk))
    world.pulse.refresh_from_db()
    assert world.pulse.closed_at is not None
    with pytest.raises(services.PulseIsOver):
        services.settle(world.pulse, answers={"time": 2}, by=world.influencer)
    assert "This pulse has ended" in sign_in(world.influencer).get(url("pulse", world.pulse.pk)).content.decode()


def test_new_keys_of_the_site_open_what_waits(world: Any, settings: Any) -> None:
    services.settle(world.pulse, answers={"time": 2}, comment="Later", by=world.influencer)
    settings.SECRETS_KEYS = ["another key", *settings.SECRETS_KEYS]
    done, lost = pots.reseal()
    assert (done, lost) == (PulseRound.objects.exclude(pot="").count() + 1, 0)
    world.pulse.refresh_from_db()
    assert unseal(world.pulse.pot)
    assert pots.open_up(world.pulse.pot, services.asked(world.pulse)).answered == 1
