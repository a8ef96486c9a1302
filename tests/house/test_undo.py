"""Nothing that matters goes by one tap: whatever ends or removes something can be taken back, or asks first.

Addresses that end something are found by their names and by what their views call. One that is sent at once brings
an undo with the sentence that says so; another shows a page before; the rest stand here with what takes it back.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.kit.toasts import UNDO, toast
from tests.house import access_table
from tests.house.addresses import addresses
from tests.house.test_access import ROWS
from tests.world import CAST, client_of

ENDS = re.compile(
    r"(?:^|_)(?:delete|remove|end|ends|revoke|withdraw|close|discard|hasten|archive|leave|skip|stop|erase|merge|split"
    r"|cancel|clear|forget|unmake|purge|put_away)(?:_|$)"
)
NO_VERBS = {"erase_at", "end_on", "split"}  # fields of a person and a phase; a method of texts

# By what else it is taken back, and where: the button stands on the page that comes next.
TAKEN_BACK_BY = {
    "operate:account_close": "operate:account_reopen",
    "operate:administrator": "operate:administrator",
    "operate:program_archive": "operate:program_unarchive",
    "programs:consent_set": "programs:consent_set",
} | access_table.told("TAKEN_BACK_BY")
NEEDS_NONE = {
    "operate:account_sign_out": "the person signs in again",
    "people:sign_in_end": "the person signs in again",
    "community:hours_calendar_end": "the host pastes the address again; to keep it would not be to end it",
    "calendar:address_revoke": "a new address is made with one press; to keep the old one would not be to end it",
    "push:device_off": "only the device itself can agree again: one press there",
    "attachments:attachment_delete": "has an undo; tests/core/attachments tries it, since nobody of the cast owns one",
    "operate:rescue_stop_by_link": "as the next one; the page behind the link asks first",
    "analytics:import_discard": "nothing was taken over yet, and the file is the person's own",
    "community:box_decide": "asks first: its button stands behind another one that says so",
    "operate:rescue_stop": "everything stays as it is; it can be asked for anew",
} | access_table.told("NEEDS_NO_UNDO")


def words_of(view: Callable[..., Any]) -> Iterator[str]:
    """Every name that a view uses."""
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view))))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


def ends_something(name: str, view: Callable[..., Any]) -> bool:
    words = {name.split(":")[-1], *words_of(view)} - NO_VERBS
    return any(ENDS.search(word) for word in words)


ENDING = sorted({each.name for each in addresses() if each.name in ROWS and ends_something(each.name, each.view)})


def who_may(name: str) -> str:
    return next(member for member in CAST if 200 <= ROWS[name].status(member) < 400 and member != "visitor")


@pytest.mark.parametrize("name", [name for name in ENDING if ROWS[name].method == "get" and name not in NEEDS_NONE])
def test_it_asks_first(name: str, world: Any) -> None:
    row = ROWS[name]
    page = client_of(who_may(name), world).get(reverse(name, kwargs=row.args(world)))
    assert page.status_code in (200, 302), "a page says what will happen, before anything does"


def chosen(name: str, world: Any) -> dict[str, Any]:
    """What lists do to several rows needs rows."""
    if name.endswith("invitations_change"):
        return {"do": "revoke", "pk": [world.invitation.pk]}
    return {"pk": [world.activity.pk]} if name.endswith("activities_change") else {}


@pytest.mark.parametrize("name", [name for name in ENDING if ROWS[name].method == "post" and name not in NEEDS_NONE])
def test_it_is_taken_back(name: str, world: Any) -> None:
    row = ROWS[name]
    data = row.data(world) | chosen(name, world)
    client = client_of(who_may(name), world)
    answer = client.post(reverse(name, kwargs=row.args(world)), data)
    back = [message.extra_tags for message in get_messages(answer.wsgi_request) if message.extra_tags.startswith(UNDO)]
    if name in TAKEN_BACK_BY:
        page = client.get(answer.url).content.decode()
        assert reverse(TAKEN_BACK_BY[name], kwargs=row.args(world)) in page
        return
    assert back, "the sentence that says so has no undo"
    assert client.post(back[0].removeprefix(UNDO)).status_code < 400


def gone(request: HttpRequest) -> HttpResponse:
    request.user.delete_everything()
    toast(request, "Gone.")
    return HttpResponse()


def test_a_new_ending_is_found() -> None:
    assert len(ENDING) > 25
    assert ends_something("programs:thing_new", gone)
    assert ends_something("programs:thing_delete", who_may)
    assert not ends_something("programs:calendar", who_may)
    assert set(TAKEN_BACK_BY) | set(NEEDS_NONE) <= set(ENDING)
