"""What is said of guests elsewhere: nothing of their answers in a log, and a list that asks the same for three."""

import logging
from typing import Any

from django.test import Client

from tests.community.events.test_guests import host, own
from tests.factories.events import make_event, make_guest


def test_no_log_says_what_a_guest_answered(world: Any, caplog: Any) -> None:
    lines = []
    for said in ("yes", "no"):
        caplog.clear()
        with caplog.at_level(logging.DEBUG):
            Client().post(own(world.guest, "answer/"), {"choice": said})
        lines.append([record.getMessage() for record in caplog.records if record.name.startswith("django_structlog")])
        assert world.guest_token not in caplog.text
    assert len(lines[0]) == len(lines[1])


def test_the_list_asks_as_much_for_three_as_for_one(world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    event, manager = make_event(world.program), sign_in(world.manager)
    for letters in ("a", "bc"):
        for letter in letters:
            make_guest(event, f"{letter}@elsewhere.example")
        manager.get(host(event))
        with django_assert_num_queries(8):
            manager.get(host(event))
