"""The guest list as a list: found by name and address, narrowed by how far they are, page by page."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.events.models import Choice
from community.events.models_guests import Guest
from tests.factories.events import make_event, make_guest


def names(page: Any) -> list[str]:
    return [str(line) for line in page.context["list"].page]


def test_a_long_list_is_searched_and_asks_as_little_as_a_short_one(world: Any, sign_in: Any) -> None:
    event, manager = make_event(world.program), sign_in(world.manager)
    address = f"/p/nordlichter/events/{event.pk}/guests/"
    make_guest(event, email="no@elsewhere.example", name="Said no", choice=Choice.NO)
    asked = []
    for numbers in ((0, 1), range(2, 60)):
        for number in numbers:
            make_guest(event, email=f"guest{number:02}@elsewhere.example", name=f"Guest {number:02}")
        manager.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = manager.get(address)
        asked.append(len(queries))
        assert names(page) == [f"Guest {number:02}" for number in range(numbers[-1] + 1)][:50]
    assert asked[0] == asked[1]
    assert names(manager.get(address, {"q": "guest07@"})) == ["Guest 07"]
    assert names(manager.get(address, {"q": "said"})) == [], "who declined is on no list"
    Guest.objects.filter(event=event, name="Guest 00").update(invited_at=None)
    page = manager.get(address, {"state": "open"})
    assert (names(page), "Save this view" in page.content.decode()) == (["Guest 00"], False)
    assert manager.get(address, {"state": "", "page": "1"}).status_code == 302, "the address stays short"
