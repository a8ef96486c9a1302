"""Two people have the same form open: nothing of either is lost, and whoever comes second is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from core.kit.word_fields import WordsFormField
from tests.world import client_of


def filled(response: Any) -> dict[str, Any]:
    """What a browser would send of this page: its fields as they are shown."""
    sent: dict[str, Any] = {}
    for bound in response.context["form"]:
        value = bound.value()
        if isinstance(bound.field, WordsFormField):
            sent |= {f"{bound.html_name}_{code}": text for code, text in value.texts.items()}
        elif value not in (None, ""):
            sent[bound.html_name] = getattr(value, "pk", value)
    return sent


@pytest.fixture
def address(world: Any) -> str:
    return reverse("programs:item_edit", args=[world.program.slug, world.item.pk])


def test_two_who_change_different_fields_both_keep_theirs(world: Any, address: str) -> None:
    manager = client_of("manager", world)
    mine, theirs = filled(manager.get(address)), filled(manager.get(address))
    day = world.today + timedelta(days=40)
    assert manager.post(address, theirs | {"due_on": day.isoformat()}).status_code == 302
    assert manager.post(address, mine | {"hint_en": "Ask the sponsor."}).status_code == 302
    world.item.refresh_from_db()
    assert world.item.due_on == day, "whoever left the day as it was does not move it back"
    assert world.item.hint.texts["en"] == "Ask the sponsor."


def test_two_who_change_the_same_field_are_told(world: Any, address: str) -> None:
    manager = client_of("manager", world)
    mine = filled(manager.get(address))
    one, other = (world.today + timedelta(days=days) for days in (40, 50))
    assert manager.post(address, mine | {"due_on": one.isoformat()}).status_code == 302
    told = manager.post(address, mine | {"due_on": other.isoformat()})
    assert told.status_code == 422
    assert "Somebody else has changed this in the meantime" in told.content.decode()
    world.item.refresh_from_db()
    assert world.item.due_on == one
    again = mine | {"due_on": other.isoformat(), "seen": told.context["form"]["seen"].value()}
    assert manager.post(address, again).status_code == 302
    world.item.refresh_from_db()
    assert world.item.due_on == other, "sent again it counts"
