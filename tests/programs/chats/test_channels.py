"""Channels of Slack, Teams and Mattermost, against answers as they give them, from a server on the loopback."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from community.newsletters import jobs as newsletters
from community.newsletters.models import Delivery, DeliveryState
from core.journal.models import Entry
from core.news.models import Notification
from core.people.secrets import unseal
from programs.chats import jobs, services
from programs.chats.models import Channel, ChannelPost, ChatKind, Occasion, PostState
from programs.chats.verbs import ChatsVerb
from programs.phases import services as phases
from programs.phases.models import PhaseState
from tests.at_once import at_once
from tests.core.kit.outside import Outside, an_outside, certificate_for, says
from tests.factories.chats import make_channel

HOST, NOW = "chat.example.com", datetime(2026, 11, 26, 10, tzinfo=UTC)


@pytest.fixture
def now() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def chat(tmp_path: Path, monkeypatch: Any, settings: Any, now: Any) -> Iterator[Outside]:
    certificate = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.CHAT_HOSTS = ["*.example.com"]
    with an_outside(certificate) as outside:
        outside.answers["/one"] = says(b"ok")
        yield outside


def tell(world: Any, title: str = "Summer", about: int = 1) -> None:
    services.tell_channels(world.program.pk, Occasion.NEWSLETTER, about, lambda: title, "/p/nordlichter/newsletters/1/")


def state() -> str:
    return ChannelPost.objects.get().state


# --- what arrives ---------------------------------------------------------------------------------------------------


def test_slack_hears_of_it_once_in_blocks(world: Any, chat: Outside, settings: Any) -> None:
    for _ in range(3):
        tell(world, "<!channel> & more")
        jobs.send_due(**chat.wiring)
    (body,) = chat.bodies
    told = json.loads(body)
    assert told["text"] == "Nordlichter: A new newsletter: &lt;!channel&gt; &amp; more"
    assert [block["type"] for block in told["blocks"]] == ["header", "section", "actions"]
    assert told["blocks"][1]["text"] == {"type": "plain_text", "text": "<!channel> & more"}
    assert told["blocks"][2]["elements"][0]["url"] == f"{settings.SITE_URL}/p/nordlichter/newsletters/1/"
    assert state() == PostState.SENT


def test_teams_gets_a_card_in_the_channels_language(world: Any, chat: Outside) -> None:
    Channel.objects.all().delete()
    make_channel(world, ChatKind.TEAMS, language="de")
    chat.answers["/one"] = says(b"", 202)  # a workflow says nothing more
    tell(world, "[a](https://evil.example) *b* @all")
    jobs.send_due(**chat.wiring)
    (attachment,) = json.loads(chat.bodies[0])["attachments"]
    card = attachment["content"]
    assert (attachment["contentType"], card["type"]) == ("application/vnd.microsoft.card.adaptive", "AdaptiveCard")
    assert card["body"][0]["text"] == "Nordlichter: Ein neuer Newsletter"
    assert "[a](" not in card["body"][1]["text"]
    assert card["actions"][0]["title"] == "Öffnen"
    assert len(chat.bodies[0]) < 28_000


def test_mattermost_gets_plain_words(world: Any, chat: Outside) -> None:
    Channel.objects.all().delete()
    make_channel(world, ChatKind.MATTERMOST)
    tell(world, "Hello @all")
    jobs.send_due(**chat.wiring)
    assert "@all" not in json.loads(chat.bodies[0])["text"]


def test_what_happens_is_told_and_never_of_a_person(world: Any, chat: Outside) -> None:
    phase = world.program.phases.filter(state=PhaseState.PLANNED).first()
    phases.start_phase(phase, by=world.manager)
    issue = world.running_issue
    Delivery.objects.filter(issue=issue).update(state=DeliveryState.SENT, due_at=None)
    assert newsletters.finish(issue.pk)
    assert not newsletters.finish(issue.pk)
    told = list(ChannelPost.objects.order_by("pk").values_list("occasion", "title"))
    assert told == [("phase", str(phase)), ("newsletter", str(issue.subject))]
    jobs.send_due(**chat.wiring)
    for person in (world.manager, world.influencer):
        assert all(person.name.encode() not in body for body in chat.bodies)


# --- the other side -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "pause"), [
    (says(b"", 429, Retry_After="30"), timedelta(seconds=30)),
    (says(b"rate_limited", 429), timedelta(minutes=1)),
    (says(b"rollup_error", 500), timedelta(minutes=1)),
    (says(b"", 503, Retry_After="Thu, 26 Nov 2026 10:05:00 GMT"), timedelta(minutes=5)),
])  # fmt: skip
def test_a_busy_one_is_given_time(answer: Any, pause: timedelta, world: Any, chat: Outside, now: Any) -> None:
    chat.answers["/one"] = answer
    tell(world)
    for _ in range(3):
        jobs.send_due(**chat.wiring)
    assert (len(chat.bodies), state()) == (1, PostState.QUEUED)
    chat.answers["/one"] = says(b"ok")
    now.move_to(NOW + pause - timedelta(seconds=1))
    jobs.send_due(**chat.wiring)
    assert len(chat.bodies) == 1
    now.move_to(NOW + pause)
    for _ in range(2):
        jobs.send_due(**chat.wiring)
    assert (len(chat.bodies), state()) == (2, PostState.SENT)


def test_where_the_answer_is_lost_nothing_is_said_twice(world: Any, chat: Outside, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "SECONDS", 0.3)
    chat.answers["/one"] = lambda request: request.connection.recv(1)  # says nothing until the other side is gone
    tell(world)
    for _ in range(2):
        jobs.send_due(**chat.wiring)
    assert (len(chat.bodies), state()) == (1, PostState.UNSURE)


@pytest.mark.parametrize("kind", ChatKind.values)
@pytest.mark.parametrize(("pause", "said"), [(0.2, PostState.SENT), (1.5, PostState.UNSURE)])
def test_a_slow_one_is_waited_for_a_while(
    kind: str, pause: float, said: str, world: Any, chat: Outside, monkeypatch: Any
) -> None:
    """It is asked once, whether it answers in time or not."""
    monkeypatch.setattr(jobs, "SECONDS", 0.8)
    Channel.objects.update(kind=kind)

    def answer(request: Any) -> None:
        sleep(pause)
        says(b"ok")(request)

    chat.answers["/one"] = answer
    tell(world)
    for _ in range(2):
        jobs.send_due(**chat.wiring)
    assert (len(chat.bodies), state()) == (1, said)


def test_a_worker_that_died_in_the_middle_is_not_repeated(world: Any, chat: Outside, now: Any) -> None:
    tell(world)
    ChannelPost.objects.update(state=PostState.SENDING, lease_until=NOW)
    now.move_to(NOW + timedelta(seconds=1))
    jobs.send_due(**chat.wiring)
    assert (chat.bodies, state()) == ([], PostState.UNSURE)


@pytest.mark.parametrize(
    ("status", "words"), [(404, b"no_service"), (410, b"channel_is_archived"), (403, b"action_prohibited"), (401, b"")]
)
def test_a_dead_address_is_switched_off_and_the_management_is_told_once(
    status: int, words: bytes, world: Any, chat: Outside, sign_in: Any
) -> None:
    chat.answers["/one"] = says(words, status)
    tell(world)
    tell(world, about=2)
    for _ in range(2):
        jobs.send_due(**chat.wiring)
    assert len(chat.bodies) == 1
    told = Notification.objects.filter(kind="chats.stopped")
    assert [row.person for row in told] == [world.manager]
    inbox = sign_in(world.manager).get(reverse("news:inbox")).content.decode()
    assert "Messages to #news have stopped" in inbox
    page = sign_in(world.manager).get(reverse("programs:channels", args=["nordlichter"])).content.decode()
    assert "this address no longer exists" in page
    assert Entry.objects.filter(verb="chats.stopped").exists()


INWARD = ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "64:ff9b::7f00:1"]


@pytest.mark.parametrize("address", INWARD)
def test_an_address_that_leads_inside_is_never_asked(address: str, world: Any, chat: Outside) -> None:
    chat.names[HOST] = [[address]]
    tell(world)
    jobs.send_due(**chat.wiring)
    assert (chat.connected, state()) == ([], PostState.FAILED)


def test_an_archived_program_says_nothing(world: Any, chat: Outside) -> None:
    tell(world)
    world.program.archived_at = NOW
    world.program.save()
    jobs.send_due(**chat.wiring)
    assert chat.bodies == []


# --- the page -------------------------------------------------------------------------------------------------------


def test_a_channel_is_added_tested_switched_off_and_on(world: Any, chat: Outside, sign_in: Any) -> None:
    Channel.objects.all().delete()
    client, page = sign_in(world.manager), reverse("programs:channels", args=["nordlichter"])
    assert client.get(page).status_code == 200
    data = {
        "kind": "slack",
        "name": "#news",
        "address": f"https://{HOST}/one",
        "language": "en",
        "occasions": ["phase"],
    }
    assert client.post(page, data).status_code == 302
    channel = Channel.objects.get()
    assert unseal(channel.sealed) == f"https://{HOST}/one"
    text = client.get(page).content.decode()
    assert f"https://{HOST}/one" not in text + channel.sealed + str(list(Entry.objects.values("data")))
    assert f"https://{HOST}/…/one" in text
    client.post(reverse("programs:channel_test", args=["nordlichter", channel.pk]))
    jobs.send_due(**chat.wiring)
    assert "A test: this channel receives messages from the program" in json.loads(chat.bodies[0])["text"]
    switch = reverse("programs:channel_switch", args=["nordlichter", channel.pk])
    assert f'action="{switch}?to=off"' in text
    for _ in range(2):
        client.post(f"{switch}?to=off")
    assert Channel.objects.get().off_at is not None, "pressed twice it is off"
    tell(world)
    client.post(reverse("programs:channel_test", args=["nordlichter", channel.pk]))
    assert ChannelPost.objects.count() == 1
    assert "Turn on" in client.get(page).content.decode()
    for _ in range(2):
        client.post(f"{switch}?to=on")
    assert Channel.objects.get().off_at is None
    assert Entry.objects.filter(verb__in=(ChatsVerb.ON, ChatsVerb.OFF)).count() == 2, "what changed is told once"


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x",
        "https://hooks.example.net/x",
        "http://chat.example.com/x",
        "https://a:b@chat.example.com/",
        "x",
    ],
)
def test_another_address_is_refused_in_words(address: str, world: Any, chat: Outside, sign_in: Any) -> None:
    data = {"kind": "slack", "name": "#other", "address": address, "language": "en", "occasions": ["phase"]}
    answer = sign_in(world.manager).post(reverse("programs:channels", args=["nordlichter"]), data)
    assert answer.status_code == 422
    assert "#other" in answer.content.decode()
    assert Channel.objects.count() == 1


def test_without_the_operators_word_there_is_no_form(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(reverse("programs:channels", args=["nordlichter"])).content.decode()
    assert "has not allowed any chat app" in page


def test_channels_go_a_month_after_they_were_switched_off(world: Any, now: Any, settings: Any) -> None:
    tell(world)
    services.switch_channel(world.channel, on=False, by=world.manager)
    assert jobs.retention() == 0
    settings.SECRETS_KEYS = ["a new one that is long enough to be one"]
    before = Channel.objects.get().sealed
    call_command("reseal_secrets", verbosity=0)
    assert Channel.objects.get().sealed != before
    Channel.objects.update(off_at=NOW - timedelta(days=31))
    assert jobs.retention() > 0
    assert not Channel.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_tell_it_once_and_send_it_once(world: Any, settings: Any) -> None:
    settings.CHAT_HOSTS = ["*.example.com"]
    at_once(lambda: tell(world))
    post = ChannelPost.objects.get()
    with an_outside() as outside:  # speaks no TLS: what counts is how often it is asked
        at_once(lambda: jobs.deliver(post.pk, **outside.wiring))
        assert len(outside.connected) == 1
