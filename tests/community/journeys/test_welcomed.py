"""A person joins and is welcomed over 30 days: from the manager's press to the last letter in the mailbox."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from community.journeys import jobs
from community.journeys.models import Journey
from core.notify import jobs as outbox
from programs.consents.models import Purpose
from programs.generations.models import Participant, Span
from programs.guidelines import services as guidelines
from programs.membership.models import Role
from tests.factories.generations import make_generation, make_participant
from tests.factories.guidelines import make_guideline
from tests.world import join, make_program, make_user

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
HELLO = {"en": "Good to have you with us", "de": "Schön, dass Sie dabei sind"}


@pytest.fixture
def here(db: None) -> Any:
    with time_machine.travel(MONDAY - timedelta(days=30), tick=False):
        here = SimpleNamespace(program=make_program(), manager=make_user("manager"))
        join(here.manager, here.program, Role.MANAGER)
        here.generation = make_generation(here.program)
        here.guideline = make_guideline(here.program, here.manager)
    return here


def joins(here: Any, name: str, **fields: Any) -> Any:
    """Today, with the newsletter."""
    person = make_user(name, **fields)
    join(person, here.program, Role.INFLUENCER)
    row = make_participant(person, here.generation, Purpose.PARTICIPATION, Purpose.NEWSLETTER)
    today = datetime.now(UTC).date()
    Participant.objects.filter(pk=row.pk).update(joined_on=today)
    Span.objects.filter(participant=row).update(start_on=today)
    return person


def unsubscribed_by(letter: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/\S*unsubscribe\S*)", letter.body)
    assert found, letter.body
    return found[1].rstrip(".>)")


def test_a_person_joins_and_is_welcomed_over_30_days(here: Any, client: Client) -> None:
    def url(name: str, *args: Any) -> str:
        return reverse(f"community:{name}", args=[here.program.slug, *args])

    got: list[tuple[int, str, str]] = []
    for day in (*range(9), *range(12, 16), 20, 30, 31, 32):
        with time_machine.travel(MONDAY + timedelta(days=day), tick=False):
            client.force_login(here.manager)
            if day == 0:
                client.post(url("journey_welcome_new"))
                journey = Journey.objects.get(program=here.program)
                joins(here, "early", language="en")
                jobs.sweep()
                outbox.sweep()
                assert not mail.outbox, "it is read before it is on"
                client.post(url("journey_on", journey.pk))
            if day == 1:
                erika = joins(here, "erika", language="de")
                ben = joins(here, "ben", language="en")
            if day == 3:
                assert guidelines.accept(here.guideline, by=erika)
            if day == 8:  # somebody starts it over: nobody gets anything again
                for name in ("journey_off", "journey_on", "journey_delete", "journey_restore"):
                    client.post(url(name, journey.pk))
                client.post(url("journey_on", journey.pk))
            if day == 20:
                letters = [each for each in mail.outbox if each.to == [ben.email]]
                Client().post(unsubscribed_by(letters[-1]))
            for _twice in range(2):
                jobs.sweep()
                outbox.sweep()
        got += [(day, each.to[0].partition("@")[0], each.subject) for each in mail.outbox[len(got) :]]
    letters_of = {name: [(day, subject) for day, who, subject in got if who == name] for name in ("erika", "ben")}
    assert [day for day, _subject in letters_of["erika"]] == [1, 14, 31], "who has agreed is not asked to"
    assert [day for day, _subject in letters_of["ben"]] == [1, 7, 14], "not at the weekend; one press ends it"
    assert letters_of["erika"][0][1] == HELLO["de"]
    assert letters_of["ben"][0][1] == HELLO["en"]
    assert len({(who, subject) for _day, who, subject in got}) == len(got), "each letter once"
    assert "{{" not in "".join(each.body for each in mail.outbox)
