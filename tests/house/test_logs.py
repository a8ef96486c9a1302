"""No line of any log holds what stood in an address: links carry secrets, searches carry names."""

import io
import json
import logging
import logging.config
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from core.kit.logs import logging_for
from tests.site import free_port
from tests.walk import Visitor
from tests.worker import Running, environment, wait_until

SECRETS = [f"canary-{number:02}-Zm9vYmFy" for number in range(12)]
LINKS = [
    f"/invitation/{SECRETS[0]}/",
    f"/welcome/{SECRETS[1]}/",
    f"/unsubscribe/{SECRETS[2]}/",
    f"/accounts/password/reset/key/7-{SECRETS[3]}/",
    f"/accounts/confirm-email/{SECRETS[4]}/",
    f"/p/nordlichter/search/?q={SECRETS[5]}",
    f"/nowhere/{SECRETS[6]}/?a={SECRETS[7]}",
    f"/accounts/login/?next=/p/{SECRETS[8]}/",
    f"/calendar/{SECRETS[6]}-{SECRETS[8]}.ics",
]


def told(log: str) -> list[str]:
    return [line for line in log.splitlines() if re.search("canary|Zm9vYmFy", line)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("as_json", ["0", "1"])
def test_the_web_server_tells_nothing(tmp_path: Path, as_json: str) -> None:
    """With everything that can be logged turned on, and requests that fail in every layer."""
    port = free_port()
    log = tmp_path / "log"
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}"]
    command += ["--access-logfile", "-", "--log-level", "debug"]
    more = {"LOG_LEVEL": "DEBUG", "LOG_JSON": as_json, "DATA_DIR": str(tmp_path), "STATIC_HASHED": "0"}
    server = Running(command, environment(**more), log)
    try:
        visitor = Visitor(f"http://127.0.0.1:{port}")
        assert wait_until(lambda: _answers(port))
        for link in LINKS:
            visitor.get(link)
            visitor.post(link, password=SECRETS[9], login=f"{SECRETS[10]}@example.com")
        for line in (f"GET /invitation/{SECRETS[0]}/ HTTP/9.9", f"GET /invitation/{SECRETS[0]} /x HTTP/1.1"):
            _say(port, f"{line}\r\nHost: 127.0.0.1\r\n\r\n")
        _say(port, f"GET / HTTP/1.1\r\nHost: elsewhere\r\nReferer: http://elsewhere/{SECRETS[11]}\r\n\r\n")
    finally:
        server.stop()
    text = log.read_text()
    assert told(text) == []
    for page in ("programs:invitation", "people:welcome", "community:unsubscribe", "no page"):
        assert page in text, "the page is named"


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def _say(port: int, words: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(words.encode())
        connection.recv(4096)


@login_not_required
def breaks(request: HttpRequest, token: str) -> HttpResponse:
    logging.getLogger("somebody.else").warning("Could not open %s", request.get_full_path())
    raise RuntimeError(f"no such link: {request.build_absolute_uri()} or {token} or {request.GET['q']}")


urlpatterns = [path("breaks/<str:token>/", breaks), path("", include("influencer.urls"))]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What production writes."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(logging_for("DEBUG", as_json=True))
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]  # a StreamHandler
    yield written
    logging.config.dictConfig(settings.LOGGING)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.urls("tests.house.test_logs")
@pytest.mark.django_db
def test_an_accident_tells_its_place_and_not_the_link(log: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    address = f"/breaks/{SECRETS[0]}/?q=ü {SECRETS[1]}"
    assert client.get(address, headers={"referer": f"http://testserver/breaks/{SECRETS[2]}/"}).status_code == 500
    text = log.getvalue()
    assert told(text) == []
    rows = [json.loads(line) for line in text.splitlines()]
    (failed,) = [row for row in rows if row["event"] == "request_failed"]
    assert "test_logs.py" in failed["exception"], "where it happened is told"
    assert "RuntimeError: no such link" in failed["exception"]
    assert "Could not open …" in [row["event"] for row in rows]


def test_no_page_is_told_with_the_person(world: Any, sign_in: Any, log: io.StringIO) -> None:
    """A request log of named people would tell what each of them does."""
    sign_in(world.influencer).get(reverse("home:program", args=[world.program.slug]))
    text = log.getvalue()
    assert "home:program" in text
    assert "user_id" not in text
    assert "influencer@" not in text
