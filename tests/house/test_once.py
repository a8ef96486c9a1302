"""What makes something makes it once: fifty copies of every creating form at the same moment have one effect.

Creating forms are found through the resolver, by what they are called and by what their views call, in every room. How
each is filled in stands in the room's file of the access table (`ONCE`), or why it needs no key (`SAFE_TWICE`).
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.world_cafe.models import CafeNote
from core.once.models import Sending
from programs.checklists.models import Item
from tests.at_once import VERY_MANY, at_once
from tests.factories.kpis import make_cell
from tests.factories.reports import MONTHS
from tests.house import access_table
from tests.house.access_table import Form
from tests.house.addresses import addresses
from tests.house.test_access import ROWS
from tests.house.test_undo import words_of
from tests.world import client_of

NAMED = re.compile(r"_(?:new|add|test)$")
CALLS = re.compile(
    r"^(?:add|ask|be|book|create|give|make|log|invite|offer|propose|send|start|write|read|open)_"
    r"(?!page|on$|context|items|reports|error|month|week|day|pdf|hour)"
)
OF_ITS_OWN = {
    "analytics:activity_new",
    "analytics:activity_sync",
}  # the entry itself keeps the key, for days without a network
FORMS: dict[str, Form] = access_table.told("ONCE")
SAFE_TWICE: dict[str, str] = access_table.told("SAFE_TWICE")


def creating() -> dict[str, Any]:
    found = {}
    for each in addresses():
        if each.is_ours and each.name not in SAFE_TWICE:
            calls = {word for word in words_of(each.view) if CALLS.match(word)}
            if NAMED.search(each.name) or calls:
                found[each.name] = each.view
    return found


def test_every_creating_form_is_known() -> None:
    assert set(creating()) == {*FORMS, "analytics:activity_sync"}  # the first is tried in its room
    assert {name for name in SAFE_TWICE if name not in ROWS} == set()
    assert {name for name, view in creating().items() if not is_guarded(view)} == OF_ITS_OWN


def is_guarded(view: Any) -> bool:
    """Whether `@once` is among what the view is wrapped in."""
    while view is not None:
        if Path(view.__code__.co_filename).match("core/once/sending.py"):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FORMS)
def test_sent_fifty_times_it_is_there_once(name: str, world: Any, settings: Any) -> None:
    settings.CHAT_HOSTS = ["*.example.com"]
    form = FORMS[name]
    address = _address(name, world) + form.query
    page = _address(form.page, world) if form.page else address
    make_cell(world.program, "impressions", MONTHS[-1], 10)  # without a figure there is no month to report on
    values = form.values(world)
    key = _key_of(client_of(form.by, world).get(page).content.decode(), address)
    values |= {"once": key}
    before = form.model.objects.count()  # type: ignore[attr-defined]
    answers = at_once(lambda: _sent(form, address, values, world), VERY_MANY)
    assert form.model.objects.count() == before + 1, answers[:2]  # type: ignore[attr-defined]
    assert len(answers) == VERY_MANY
    assert {status for status, _place in answers} == {302}
    assert len({place for _status, place in answers}) == 1
    assert Sending.objects.count() == (0 if name in OF_ITS_OWN else 1)
    again = client_of(form.by, world).post(address, values | {"next": "/"} | _files(form), follow=True)
    assert again.status_code == 200


def _address(name: str, world: Any) -> str:
    return reverse(name, kwargs=ROWS[name].args(world))


def _key_of(page: str, address: str) -> str:
    """The key of the form that is sent to this address; one without an address goes to its own page."""
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        to = re.search(r'^<form[^>]* action="([^"]*)"', form)
        key = re.search(r'name="once" value="([^"]+)"', form)
        if key and (to is None or to[1] in ("", address)):
            return key[1]
    raise AssertionError(f"no form of {address} carries a key")


def _files(form: Form) -> dict[str, Any]:
    return {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in form.files.items()}


def _sent(form: Form, address: str, values: dict[str, Any], world: Any) -> tuple[int, str]:
    answer = client_of(form.by, world).post(address, values | _files(form))
    return answer.status_code, answer.headers.get("Location", "")


def test_other_words_in_the_same_form_are_another_one(world: Any) -> None:
    """After the browser's way back the page carries the key of before."""
    client, address = client_of("manager", world), _address("programs:item_new", world)
    key = _key_of(client.get(address).content.decode(), address)
    for title in ("One", "Two", "Two"):
        client.post(address, {"title_en": title, "once": key})
    assert sorted(item.title for item in Item.objects.order_by("-pk")[:2]) == ["One", "Two"]


def test_a_form_that_came_back_with_a_mistake_is_sent_again(world: Any) -> None:
    client, address = client_of("manager", world), _address("programs:item_new", world)
    wrong = {"title_en": "", "once": "a-key"}
    assert [client.post(address, wrong).status_code for _ in range(2)] == [422, 422]
    assert not Sending.objects.exists()


def test_who_sends_a_form_twice_keeps_the_undo(world: Any) -> None:
    """A browser shows only what it got last."""
    address = _address("community:cafe_note_new", world)
    sent = FORMS["community:cafe_note_new"].values(world) | {"once": "a-key"}
    client_of("influencer", world).post(address, sent)
    note = CafeNote.objects.latest("created_at")
    again = client_of("influencer", world).post(address, sent, follow=True).content.decode()
    undo = reverse("community:cafe_note_remove", args=[world.program.slug, world.cafe.pk, note.pk])
    assert "This was sent twice and saved only once." in again
    assert f'action="{undo}"' in again
