"""The search that acts: what it offers to whom, in both languages, and with typing errors."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.events.models import EventKind, EventState
from influencer.home.forgiving import NOT_AT_ALL, misfit
from programs.generations.models import Participant, ParticipantState
from programs.membership.models import Role
from tests.factories.checklists import make_item
from tests.factories.events import make_event
from tests.factories.generations import make_participant
from tests.factories.phases import make_phase
from tests.world import join, make_program, make_user


def found(client: Any, words: str) -> list[str]:
    groups = client.get("/p/nordlichter/search/", {"q": words}).context["groups"]
    return [str(each.label) for group in groups for each in group.acts] + [
        hit.title for group in groups for hit in group.hits
    ]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("invite", "Invite people to Generation 2"),
        ("einladen", "Invite people to Generation 2"),
        ("ivnite", "Invite people to Generation 2"),
        ("checklsits", "Checklists"),
        ("Zeitplan", "Timeline"),
        ("zeitplna", "Timeline"),
        ("dark", "Light or dark"),
        ("log out", "Sign out"),
        ("finish", "Finish the phase Phase 1 in English"),
        ("german", "Language: German"),
    ],
)
def test_the_first_hit_is_what_was_meant(words: str, first: str, world: Any, sign_in: Any) -> None:
    assert found(sign_in(world.manager), words)[0] == first


def test_everybody_is_offered_what_they_may_do(world: Any, sign_in: Any) -> None:
    manager, influencer = (found(sign_in(each), "") for each in (world.manager, world.influencer))
    assert {"New program", "Invite people to Generation 2", "Sign out"} <= set(manager)
    assert not {"New program", "Manage the site", "Invite people to Generation 2", "Checklists"} & set(influencer)
    assert "Manage the site" not in manager


def test_a_manager_starts_an_issue_a_report_and_another_program_from_anywhere(world: Any, sign_in: Any) -> None:
    other = make_program("suedlichter", name="Other program")
    join(world.manager, other, Role.MANAGER)
    wanted = {"new newsletter": "Write a newsletter", "Bericht": "Create a report", "switch": "Switch to Other program"}
    client = sign_in(world.manager)
    for words, label in wanted.items():
        groups = client.get("/p/nordlichter/search/", {"q": words}).context["groups"]
        urls = {str(act.label): act.url for group in groups for act in group.acts}
        assert label in urls, words
        assert client.get(urls[label]).status_code == 200
    assert not set(wanted.values()) & set(found(sign_in(world.influencer), ""))


def test_the_quiz_and_what_is_next_are_at_hand_for_who_may(world: Any, sign_in: Any) -> None:
    camp = make_event(world.program, kind=EventKind.BARCAMP, title_en="Open day", title_de="Offener Tag")
    make_event(world.program, kind=EventKind.WORLD_CAFE, title_en="Evening", title_de="Abend")
    make_event(world.program, kind=EventKind.BARCAMP, state=EventState.DRAFT, title_en="Secret", title_de="Geheim")
    offered = {
        "quiz": "Quiz: may I?",
        "sessions": "Barcamp board: Open day",
        "tables": "World Café tables: Evening",
    }
    for person in (world.manager, world.influencer):
        client = sign_in(person)
        assert [label for words, label in offered.items() if label not in found(client, words)] == []
        assert not [label for label in found(client, "barcamp") if "Secret" in label]
    assert "Guests from outside: Open day" in found(sign_in(world.manager), "guest list")
    assert "Guests from outside: Open day" not in found(sign_in(world.influencer), "guest list")
    assert "Barcamp board: Open day" in found(sign_in(world.influencer2), "sessions")
    camp.generations.add(world.generation)
    assert "Barcamp board: Open day" not in found(sign_in(world.influencer2), "sessions")


def test_items_are_found_with_a_typing_error(world: Any, sign_in: Any) -> None:
    make_item(world.phase, 9, title_en="Works council agreement signed")
    manager = sign_in(world.manager)
    assert "Works council agreement signed" in found(manager, "agreement")
    assert "Works council agreement signed" in found(manager, "agrement")
    assert "Works council agreement signed" in found(manager, "wroks council")
    assert found(manager, "zzzzqqq") == []


def test_who_left_is_not_found_and_everybody_else_of_the_generation_is(world: Any, sign_in: Any) -> None:
    """Someone who left has no day on which it is said for the others."""
    make_participant(join(make_user("quirin_bleibt"), world.program, "influencer").user, world.generation)
    gone = make_participant(join(make_user("quirin_gegangen"), world.program, "influencer").user, world.generation)
    manager = sign_in(world.manager)
    assert {"Quirin Bleibt", "Quirin Gegangen"} <= set(found(manager, "Quirin"))
    Participant.objects.filter(pk=gone.pk).update(state=ParticipantState.LEFT, left_on=timezone.localdate())
    assert "Quirin Bleibt" in found(manager, "Quirin")
    assert "Quirin Gegangen" not in found(manager, "Quirin")


def test_pages_ask_as_often_for_three_as_for_one(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    manager.get("/p/nordlichter/search/?q=agrement")
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            manager.get("/p/nordlichter/search/?q=agrement")
        counts.append(len(queries))
        for position in range(3):
            make_item(world.phase, 20 + number * 5 + position, title_en=f"Agreement {position}")
            make_phase(world.program, 20 + number * 5 + position, state="active")
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("typed", "name", "fits"),
    [
        ("muller", "Anna Müller", True),
        ("onbaording", "Onboarding", True),
        ("einladugn", "Einladung verschicken", True),
        ("x", "Checklists", False),
        ("report", "Timeline", False),
        ("abc", "abd", False),
    ],
)
def test_what_resembles_what(typed: str, name: str, fits: bool) -> None:
    assert (misfit(typed, name) < NOT_AT_ALL) == fits


def test_who_finds_nothing_is_led_on(world: Any, sign_in: Any) -> None:
    page = sign_in(world.influencer).get("/p/nordlichter/search/", {"q": "xylophone"}).content.decode()
    assert "Nothing found" in page
    assert f'<a href="{reverse("programs:contacts", args=["nordlichter"])}">Ask somebody</a>' in page
