"""Names as nobody expects them, from an old database or another system: every page opens, every file has a name, and no
mail gets a header that nobody wrote."""

import re
from email import message_from_bytes
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import models, transaction
from django.http import HttpResponse
from django.urls import reverse

from core.notify import jobs
from tests.house.test_access import ROWS
from tests.world import CAST, client_of

NAMES = {
    "a path, a header, markup, turned": "../../etc/passwd\r\nBcc: everybody@elsewhere.example\r\n\r\nHi"
    "\"'><script>alert(1)</script>{{ 7|add:7 }}%s%(name)s{0}\u202eanna\u2066\u061c\u200f مرحبا👩‍👩‍👧‍👦🏳️‍🌈é\u0301",
    "long": "Ü" * 5000,
    "nothing": " ",
}
SHARE = {"long": 0, "nothing": 1}  # of two: every other address meets the one, those between them the other
CALLED = {"name", "company_name", "title", "title_de", "title_en", "place", "original_name", "subject_de", "subject_en"}
WRITTEN_BY_US = {
    *("content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to", "date", "message-id"),
    *("reply-to", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post", "x-auto-response-suppress"),
    *("list-id", "precedence"),
}


def call_everything(name: str) -> None:
    for model in apps.get_models():
        if not model.__module__.startswith(("core", "programs", "community", "analytics")):
            continue
        for field in model._meta.local_fields:
            if field.name in CALLED and isinstance(field, models.CharField | models.TextField):
                fits = name[: field.max_length] if field.max_length else name
                with transaction.atomic():
                    model._base_manager.update(**{field.name: fits})


def _asked(world: Any, method: str, kind: str) -> list[tuple[str, Any, str, Any]]:
    """Each address whose turn it is, with somebody who may."""
    found = []
    for name, row in sorted(ROWS.items()):
        may = next((each for each in CAST if getattr(world, each) and row.status(each) < 400), None)
        if row.method == method and may:
            found.append((name, client_of(may, world), reverse(name, kwargs=row.args(world)), row))
    return found[SHARE[kind] :: 2] if kind in SHARE else found


def _breaks(answer: Any) -> bool:
    """It fails, runs a name as a script, or lets it leave the folder of a download."""
    runs = "text/html" in answer["Content-Type"] and b"<script>alert" in b"".join(answer)
    file = answer.headers.get("Content-Disposition", "")
    return bool(answer.status_code == 500 or runs or re.search(r"[\r\n/\\]", file))


def test_a_page_that_breaks_is_seen() -> None:
    assert not _breaks(HttpResponse("&lt;script&gt;", headers={"Content-Disposition": 'attachment; filename="a.csv"'}))
    assert _breaks(HttpResponse("<p><script>alert(1)</script>"))
    assert _breaks(HttpResponse(headers={"Content-Disposition": 'attachment; filename="../a.csv"'}))
    assert _breaks(HttpResponse(status=500))


@pytest.mark.parametrize("kind", NAMES)
def test_every_page_opens(kind: str, world: Any) -> None:
    asked = _asked(world, "get", kind)
    call_everything(NAMES[kind])
    wrong = {}
    for address, client, url, _ in asked:
        answer = client.get(url)
        if _breaks(answer):
            wrong[address] = (answer.status_code, answer.headers.get("Content-Disposition", ""))
    assert wrong == {}


@pytest.mark.parametrize("kind", NAMES)
def test_every_mail_has_our_headers(kind: str, world: Any) -> None:
    asked = _asked(world, "post", kind)
    call_everything(NAMES[kind])
    for _, client, url, row in asked:
        point = transaction.savepoint()
        assert client.post(url, row.data(world) or {}).status_code != 500, url
        jobs.sweep()
        transaction.savepoint_rollback(point)
    assert mail.outbox
    for sent in mail.outbox:
        read = message_from_bytes(sent.message().as_bytes())
        assert {header.lower() for header in read} <= WRITTEN_BY_US
        assert len(read.get_all("to")) == len(read.get_all("subject")) == 1
