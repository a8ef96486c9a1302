"""News on devices: sealed for one browser, once for a bundle, in one's hours, and only where one is signed in."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cryptography.exceptions import InvalidTag
from django.test import Client
from django.urls import reverse
from py_vapid import Vapid02
from py_vapid.jwt import decode

from community.forum import jobs as forum_jobs
from community.forum import services as forum
from community.office_hours.models import Booking
from core.news import jobs, pushing, wishes
from core.news import services as news
from core.news.models import Notification, PushMessage, PushState, Way
from core.news.wishes import Ways
from core.people import services as people
from core.push import keys
from core.push.models import PushDevice, PushKey
from core.schedule.models import Setback
from programs.generations import services as generations
from programs.membership.models import Membership
from tests.at_once import at_once
from tests.core.kit.outside import Outside, an_outside, certificate_for, says
from tests.core.news.conftest import ANSWER, BERLIN, SATURDAY, THURSDAY, mails
from tests.core.push.reading import read
from tests.factories.forum import make_post, make_topic
from tests.factories.office_hours import make_booking
from tests.factories.push import HOST, make_browser, make_device

TAKEN = says(b"", 201)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: Any, settings: Any, now: Any) -> Iterator[Outside]:
    """A push service on the loopback, known by name and certificate; the clock of the tests counts there too."""
    now.move_to(THURSDAY)
    certificate = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.WEB_PUSH_HOSTS = ["*.example.com"]
    with an_outside(certificate) as outside:
        outside.answers["/one"] = outside.answers["/two"] = TAKEN
        yield outside


@pytest.fixture
def phone(calm: Any, service: Outside) -> Any:
    PushDevice.objects.all().delete()
    browser = make_browser("one")
    make_device(calm.influencer, browser)
    return browser


def opens(body: bytes, browser: Any) -> bool:
    try:
        read(body, browser)
    except InvalidTag:
        return False
    return True


def look(service: Outside) -> None:
    """What the worker does when it looks."""
    forum_jobs.sweep()
    pushing.push_due()
    pushing.send_due(**service.wiring)


# --- what arrives ---------------------------------------------------------------------------------------------------


def test_an_answer_is_shown_once_and_says_no_more_than_the_mail(calm: Any, service: Outside, phone: Any) -> None:
    post = make_post(calm.topic, calm.coach, "Secret words.")
    for _ in range(3):
        look(service)
    (body,), (asked,) = service.bodies, service.asked
    told = read(body, phone)
    assert told["title"] == f"Coach answered: {calm.topic.title}"
    assert told["url"].endswith(f"#post-{post.number}")
    assert set(told) == {"title", "url", "tag", "lang"}
    assert b"Secret" not in body
    assert asked["content-encoding"] == "aes128gcm"
    assert asked["topic"] == told["tag"]
    assert int(asked["ttl"]) == 9 * 3600  # until the hours end
    assert PushMessage.objects.get().state == PushState.SENT


def test_the_push_service_knows_who_sends(calm: Any, service: Outside, phone: Any) -> None:
    make_post(calm.topic, calm.coach)
    look(service)
    header = service.asked[0]["authorization"]
    assert Vapid02.verify(header)
    token, key = (part.split("=", 1)[1] for part in header.removeprefix("vapid ").split(","))
    claims = decode(token, key)
    assert (claims["aud"], key) == (f"https://{HOST}", keys.current().public)
    assert claims["sub"].startswith("mailto:")
    assert claims["exp"] - THURSDAY.timestamp() <= 24 * 3600


def test_the_next_line_waits_until_one_has_looked(calm: Any, service: Outside, phone: Any) -> None:
    for _ in range(5):
        make_post(calm.topic, calm.coach)
        look(service)
    assert len(service.bodies) == 1
    forum.read(calm.topic, to=6, by=calm.influencer)
    make_post(calm.topic, calm.coach)
    look(service)
    assert len(service.bodies) == 2


def test_every_device_shows_it_and_many_things_are_one_line(calm: Any, service: Outside, phone: Any) -> None:
    tablet = make_browser("two")
    make_device(calm.influencer, tablet)
    for number in range(5):
        make_post(make_topic(calm, calm.influencer, title=f"Question {number}"), calm.coach)
    look(service)
    assert len(service.bodies) == 2
    of_phone = [opens(body, phone) for body in service.bodies]  # which of them is asked first is nobody's business
    assert sorted(of_phone) == [False, True]
    told = [read(body, phone if is_his else tablet) for body, is_his in zip(service.bodies, of_phone, strict=True)]
    assert {each["title"] for each in told} == {"Nordlichter: 5 updates"}
    assert {each["url"] for each in told} == {reverse("news:inbox")}


def test_it_comes_in_the_persons_language(calm: Any, service: Outside, phone: Any) -> None:
    calm.influencer.language = "de"
    calm.influencer.save()
    make_post(calm.topic, calm.coach)
    look(service)
    assert read(service.bodies[0], phone)["title"].startswith("Coach hat geantwortet: ")


def test_a_worker_words_dates_in_the_language_and_on_the_clocks_of_the_reader(
    calm: Any, service: Outside, phone: Any
) -> None:
    """The worker itself speaks English and lives in Berlin."""
    calm.influencer.language, calm.influencer.time_zone = "de", "Europe/London"
    calm.influencer.save()
    Booking.objects.all().delete()
    booking = make_booking(calm.hours, calm.influencer)
    hour = booking.starts_at.astimezone(ZoneInfo("Europe/London")).hour
    look(service)
    jobs.mail_due()
    (mail,) = [each for each in mails() if each.person == calm.influencer]
    for words in (read(service.bodies[0], phone)["title"], mail.subject):
        assert words.startswith("Gebucht bei Coach: ")
        assert words.replace("\N{NO-BREAK SPACE}", " ").endswith(f"., {hour}:00 Uhr")  # a day and an hour in German
    assert "Sprechstunde" in mail.calendar


def test_who_does_not_want_it_has_none(calm: Any, service: Outside, phone: Any) -> None:
    wishes.choose(calm.influencer, {ANSWER: Ways(is_shown=True, mail=Way.NOW)})
    make_post(calm.topic, calm.coach)
    look(service)
    wishes.choose(calm.influencer, {ANSWER: Ways(is_shown=False, mail=Way.NEVER, is_pushed=True)})
    make_post(calm.topic, calm.coach)
    forum_jobs.sweep()
    pushing.push_due()
    wishes.choose(calm.influencer, {ANSWER: Ways(is_shown=False, mail=Way.NEVER)})  # a moment before it goes
    look(service)
    assert service.bodies == []


# --- hours ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quiet", [THURSDAY.replace(hour=20), SATURDAY])
def test_nothing_in_the_evening_and_at_the_weekend(
    quiet: datetime, calm: Any, service: Outside, phone: Any, now: Any
) -> None:
    now.move_to(quiet)
    make_post(calm.topic, calm.coach)
    look(service)
    assert service.bodies == []
    now.move_to(datetime(2026, 11, 30, 8, tzinfo=BERLIN))
    look(service)
    assert len(service.bodies) == 1


def test_a_message_that_was_late_does_not_come_in_the_evening(
    calm: Any, service: Outside, phone: Any, now: Any
) -> None:
    service.answers["/one"] = says(b"", 503)
    make_post(calm.topic, calm.coach)
    look(service)
    service.answers["/one"] = TAKEN
    now.move_to(THURSDAY.replace(hour=19))
    look(service)
    assert len(service.bodies) == 1
    now.move_to(THURSDAY.replace(day=27, hour=8))
    look(service)
    assert len(service.bodies) == 2


# --- leaving --------------------------------------------------------------------------------------------------------


def leave(world: Any) -> None:
    Membership.objects.filter(user=world.influencer).update(ended_at=THURSDAY)


def pause(world: Any) -> None:
    generations.pause(world.participant, by=world.influencer)


def close(world: Any) -> None:
    people.close_account(world.influencer, by=world.admin)


def sign_out_everywhere(world: Any) -> None:
    people.end_sign_ins(world.influencer, by=world.influencer)


def end_here(world: Any) -> None:
    people.end_sign_in(PushDevice.objects.get().sign_in, by=world.influencer)


def end_silently(world: Any) -> None:
    """As when somebody else signs in with the same browser, or the sign-in runs out."""
    world.client.session.flush()


def read_it(world: Any) -> None:
    forum.read(world.topic, to=9, by=world.influencer)


ENDS = [leave, pause, close, sign_out_everywhere, end_here, end_silently, read_it]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_what_waits_is_not_sent_to_who_left_signed_out_or_has_read_it(
    end: Any, calm: Any, service: Outside, now: Any
) -> None:
    PushDevice.objects.all().delete()
    calm.client = Client()
    make_device(calm.influencer, make_browser("one"), calm.client)
    make_post(calm.topic, calm.coach)
    forum_jobs.sweep()
    pushing.push_due()
    assert PushMessage.objects.count() == 1
    end(calm)
    look(service)
    assert (service.bodies, PushMessage.objects.count()) == ([], 0)


def test_a_device_ends_with_its_sign_in(calm: Any, service: Outside) -> None:
    PushDevice.objects.all().delete()
    client = Client()
    make_device(calm.influencer, make_browser("one"), client)
    make_device(calm.influencer2, make_browser("two"))
    client.post("/accounts/logout/")
    assert PushDevice.objects.get().person == calm.influencer2
    people.erase_account(calm.influencer2)
    assert not PushDevice.objects.exists()


# --- the other side -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(status: int, calm: Any, service: Outside, phone: Any) -> None:
    service.answers["/one"] = says(b"", status)
    make_post(calm.topic, calm.coach)
    look(service)
    assert not PushDevice.objects.exists()
    assert not PushMessage.objects.exists()


@pytest.mark.parametrize(("answer", "pause"), [
    (says(b"", 429, Retry_After="600"), timedelta(minutes=10)),
    (says(b"", 500), timedelta(minutes=1)),
    (says(b"", 503, Retry_After="soon"), timedelta(minutes=1)),
])  # fmt: skip
def test_a_busy_service_is_given_time_and_then_takes_it_once(
    answer: Any, pause: timedelta, calm: Any, service: Outside, phone: Any, now: Any
) -> None:
    service.answers["/one"] = answer
    make_post(calm.topic, calm.coach)
    for _ in range(3):
        look(service)
    assert len(service.bodies) == 1
    service.answers["/one"] = TAKEN
    now.move_to(THURSDAY + pause - timedelta(seconds=1))
    look(service)
    assert len(service.bodies) == 1
    now.move_to(THURSDAY + pause)
    for _ in range(3):
        look(service)
    assert len(service.bodies) == 2
    assert read(service.bodies[0], phone)["tag"] == read(service.bodies[1], phone)["tag"]  # the same place


def test_a_service_that_refuses_is_not_asked_again_and_the_device_stays(
    calm: Any, service: Outside, phone: Any
) -> None:
    service.answers["/one"] = says(b"", 403)
    make_post(calm.topic, calm.coach)
    for _ in range(2):
        look(service)
    assert (len(service.bodies), PushDevice.objects.count()) == (1, 1)


def test_one_that_hangs_holds_up_nobody_else(calm: Any, service: Outside, phone: Any) -> None:
    """Its service gets two chances in a round; the other people's services have their turn."""
    PushDevice.objects.all().delete()
    browsers = [make_browser(f"silent-{number}", "silent.example.com") for number in range(4)]
    silent = [make_device(calm.influencer, browser) for browser in browsers]
    make_device(calm.influencer, make_browser("one"))
    tried: list[str] = []

    def connect(address: Any, port: int, seconds: float) -> Any:
        tried.append(names[-1])
        if names[-1] == "silent.example.com":
            raise TimeoutError
        return service.connect(address, port, seconds)

    names: list[str] = []

    def resolve(host: str, port: int) -> Any:
        names.append(host)
        return service.resolve(host, port)

    make_post(calm.topic, calm.coach)
    forum_jobs.sweep()
    pushing.push_due()
    pushing.send_due(resolve=resolve, connect=connect)
    assert (tried.count("silent.example.com"), tried.count(HOST)) == (2, 1)
    assert PushDevice.objects.filter(pk__in=[each.pk for each in silent], paused_until=None).count() == 2


def test_one_that_fails_starves_nobody(calm: Any, service: Outside, phone: Any) -> None:
    """The first message meets a mistake of ours: the second is sent, and the first waits with a note of it."""
    make_device(calm.influencer, make_browser("two"))
    make_post(calm.topic, calm.coach)
    forum_jobs.sweep()
    pushing.push_due()
    asked: list[str] = []

    def resolve(host: str, port: int) -> Any:
        asked.append(host)
        if len(asked) == 1:
            raise KeyError
        return service.resolve(host, port)

    pushing.send_due(resolve=resolve, connect=service.connect)
    assert PushMessage.objects.filter(state=PushState.SENT).count() == 1
    assert [each.reason for each in Setback.objects.filter(job="news.push.send")] == ["KeyError"]


INWARD = ["127.0.0.1", "10.0.0.8", "169.254.169.254", "100.64.0.1", "::1", "64:ff9b::7f00:1", "2002:7f00:1::"]


@pytest.mark.parametrize("address", INWARD)
def test_an_address_that_leads_inside_is_never_asked(address: str, calm: Any, service: Outside, phone: Any) -> None:
    service.names[HOST] = [[address]]
    make_post(calm.topic, calm.coach)
    look(service)
    assert service.connected == []
    assert PushMessage.objects.get().state == PushState.FAILED


def test_a_redirect_is_not_followed(calm: Any, service: Outside, phone: Any) -> None:
    service.answers["/one"] = says(b"", 307, Location="https://other.example.com/two")
    make_post(calm.topic, calm.coach)
    look(service)
    assert len(service.bodies) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_key_one_plan_and_send_one_message(world: Any, settings: Any, tmp_path: Path) -> None:
    PushKey.objects.all().delete()
    at_once(keys.current)
    assert PushKey.objects.count() == 1
    device = make_device(world.influencer, make_browser("one"))
    Notification.objects.all().delete()
    wishes.choose_hours(world.influencer, days=range(7), start=0, end=24)
    topic = make_topic(world, world.influencer)
    told = {"about": topic.pk, "item": topic.posts.get().pk, "program_id": world.program.pk}
    news.tell(ANSWER, [world.influencer], **told)
    at_once(partial(pushing.plan, world.influencer.pk, world.program.pk))
    message = PushMessage.objects.get(device=device)
    settings.WEB_PUSH_HOSTS = ["*.example.com"]
    with an_outside() as outside:  # speaks no TLS: what counts is how often it is asked
        at_once(lambda: pushing.deliver(message.pk, **outside.wiring))
        assert len(outside.connected) == 1
