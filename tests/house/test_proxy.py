"""The proxy of the compose file, as a process: whose address counts, and what its log keeps of an address.

Caddy itself runs here (out of a wheel) with the shipped Caddyfile; only the names of the site and of the server behind
it are those of the test.
"""

import http.client
import re
import socket
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.urls import URLResolver, get_resolver

from tests.site import ROOT, free_port
from tests.walk import Visitor
from tests.worker import Running, environment, wait_until
from tests.world import make_user

pytestmark = pytest.mark.slow
CADDY = Path(sys.executable).parent / "caddy"
SECRET, PASSWORD = "canary-Zm9vYmFy", "correct horse battery"
HERE, ELSEWHERE = "127.0.0.9", "127.0.0.10"


@contextmanager
def proxy(folder: Path, behind: int) -> Iterator[tuple[int, Path]]:
    """Its port, and everything it says, on whatever channel."""
    port, log = free_port(), folder / "caddy.log"
    said = (ROOT / "deploy/Caddyfile").read_text()
    assert "reverse_proxy web:8000" in said
    said = said.replace("web:8000", f"127.0.0.1:{behind}").replace("{\n", "{\n\tadmin off\n", 1)
    (folder / "Caddyfile").write_text(said)
    names = {"SITE_HOST": f"http://127.0.0.1:{port}", "HOME": str(folder)}
    command = [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    running = Running(command, names, log)
    try:
        assert wait_until(lambda: answers(port)), log.read_text()
        yield port, log
    finally:
        running.stop()


def answers(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    return False


class LeadsOn(BaseHTTPRequestHandler):
    """Sends everybody on to where they are, and breaks off where it is asked to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        breaks_off = "break-off" in self.path
        self.send_response(200 if breaks_off else 302)
        self.send_header("Location", self.path)
        self.send_header("Content-Length", "9" if breaks_off else "0")
        self.end_headers()
        self.close_connection = breaks_off

    def log_message(self, *_: object) -> None:
        pass


def every_path(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Each address of the site, with a secret in each of its places."""
    for name in resolver.reverse_dict:
        if isinstance(name, str):
            for ways, *_ in resolver.reverse_dict.getlist(name):
                yield from (before + template % dict.fromkeys(places, SECRET) for template, places in ways)
    for prefix, inner in resolver.namespace_dict.values():
        yield from every_path(inner, before + prefix)


def test_no_log_of_the_proxy_holds_an_address(tmp_path: Path) -> None:
    paths = sorted(set(every_path(get_resolver())))
    with_secret = [path for path in paths if SECRET in path]
    for page in ("/invitation/", "/welcome/", "/unsubscribe/", "/accounts/password/reset/key/", "/calendar/"):
        assert any(path.startswith(page) for path in with_secret), page
    site = ThreadingHTTPServer(("127.0.0.1", 0), LeadsOn)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with proxy(tmp_path, site.server_port) as (port, log):
        connection = http.client.HTTPConnection("127.0.0.1", port, source_address=(HERE, 0), timeout=30)
        for path in paths:
            connection.request("GET", path, headers={"Referer": f"http://127.0.0.1{path}", "Cookie": SECRET})
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Location"], answer.read()) == (302, path, b"")
        link = f"/invitation/{SECRET}"
        for target in (f"http://127.0.0.1:{port}{link}/", f"{link}%zz/", f"{link}/break-off"):
            say(port, f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        site.shutdown()
        site.server_close()
        say(port, f"GET /welcome/{SECRET}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert wait_until(lambda: log.read_text().count("handled request") >= len(paths) + 3)
    text = log.read_text()
    assert "aborting with incomplete response" in text, "the accident is told, without the address"
    assert '"status":502' in text
    assert [line for line in text.splitlines() if re.search(f"{SECRET}|{HERE}", line)] == []


def say(port: int, words: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(words.encode())
        while connection.recv(4096):
            pass


class Elsewhere(urllib.request.HTTPHandler):
    """Asks from another address of this machine."""

    handler_order = 400  # before the usual one

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def http_open(self, request: urllib.request.Request) -> Any:
        return self.do_open(partial(http.client.HTTPConnection, source_address=(self.address, 0)), request)


def signs_in(port: int, address: str, login: str, password: str, forged: str) -> bool:
    visitor = Visitor(f"http://127.0.0.1:{port}")
    visitor.opener.add_handler(Elsewhere(address))
    visitor.opener.addheaders = [("X-Forwarded-For", forged), ("Forwarded", f"for={forged}"), ("X-Real-IP", forged)]
    visitor.get("/accounts/login/")
    return visitor.post("/accounts/login/", login=login, password=password)[0] == 302


@pytest.mark.django_db(transaction=True)
def test_behind_the_proxy_a_limit_is_of_one_address(tmp_path: Path) -> None:
    """Who guesses is shut out with whatever they make up, and nobody else is."""
    anna = make_user("anna")
    anna.password = Argon2PasswordHasher().encode(PASSWORD, "a salt of this test")  # as the site keeps them
    anna.save()
    (trusted,) = re.findall(r"TRUSTED_PROXIES:-(\w+)\}", (ROOT / "docker-compose.yml").read_text())
    behind = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{behind}"]
    more = {"TRUSTED_PROXIES": trusted, "DATA_DIR": str(tmp_path), "STATIC_HASHED": "0", "FORWARDED_ALLOW_IPS": "*"}
    server = Running(command, environment(**more), tmp_path / "site.log")
    try:
        with proxy(tmp_path, behind) as (port, _log):
            assert wait_until(lambda: answers(behind))
            for number in range(30):
                assert not signs_in(port, HERE, f"nobody{number}@example.com", "wrong", f"203.0.113.{number}")
            assert not signs_in(port, HERE, anna.email, PASSWORD, "203.0.113.77")
            assert signs_in(port, ELSEWHERE, anna.email, PASSWORD, HERE)
    finally:
        server.stop()
