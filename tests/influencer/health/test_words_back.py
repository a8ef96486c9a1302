"""What somebody wrote is on the page that says why it was not saved: too many at once, two at once, no database."""

from typing import Any

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.kit import database
from influencer.health import outages

WORDS = {"text": "Words that took an hour", "password": "Secret words"}


@pytest.mark.parametrize(("kind", "status"), [("gave_way", 409), ("took_too_long", 503), ("is_gone", 503)])
def test_words_come_back_when_the_database_refuses(
    kind: str, status: int, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    for each in ("gave_way", "took_too_long", "is_gone"):
        monkeypatch.setattr(database, each, lambda _error, answer=each == kind: answer)
    monkeypatch.setattr(database.breaker, "open", lambda _error: None)
    try:
        raise OperationalError
    except OperationalError:
        answer = outages.failed(rf.post("/", WORDS))
    page = answer.content.decode()
    assert (answer.status_code, WORDS["text"] in page, WORDS["password"] in page) == (status, True, False)


def test_words_come_back_when_there_were_too_many_tries(rf: RequestFactory) -> None:
    page: Any = render_to_string("429.html", request=rf.post("/", WORDS))
    assert (WORDS["text"] in page, WORDS["password"] in page) == (True, False)
