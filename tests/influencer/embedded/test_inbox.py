"""The development inbox: what the sink takes over SMTP is what the pages show, and only in a demo."""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from influencer.embedded.sink import open_socket
from tests.worker import PATIENCE


@pytest.fixture
def demo(settings: object, tmp_path: Path) -> Path:
    settings.DEMO, settings.DATA_DIR = True, tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def deliver(demo: Path) -> Iterator[Callable[..., None]]:
    """Sends a mail to a real sink, over a real SMTP conversation."""
    listener = open_socket()
    port, descriptor = listener.getsockname()[1], listener.fileno()
    command = [sys.executable, "-m", "influencer.embedded.sink", str(demo / "inbox"), str(descriptor)]
    sink = subprocess.Popen(command, pass_fds=[descriptor], env=dict(os.environ))
    listener.close()

    def send(to: str, subject: str = "Hello", html: str = "", **headers: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Botschaft <no-reply@demo.example>", to, subject
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content("See https://demo.example/x\n.\nafter the dot")
        if html:
            message.add_alternative(html, subtype="html")
        with smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE) as connection:
            connection.send_message(message)

    yield send
    sink.terminate()
    assert sink.wait(PATIENCE) == 0


def test_the_newest_mail_comes_first(deliver: Callable[..., None], client: Client) -> None:
    deliver("first@demo.example", "Grüße aus Köln")
    time.sleep(0.01)
    deliver("second@demo.example", "The second")
    page = client.get(reverse("embedded:inbox")).content.decode()
    assert page.index("second@demo.example") < page.index("first@demo.example")
    assert "Grüße aus Köln" in page


def test_search_looks_at_addresses_and_subjects(deliver: Callable[..., None], client: Client) -> None:
    deliver("anna@demo.example", "Invitation")
    deliver("ben@demo.example", "Newsletter")
    by_address = client.get(reverse("embedded:inbox"), {"q": "ANNA"}).content.decode()
    assert "anna@demo.example" in by_address
    assert "ben@demo.example" not in by_address
    assert "ben@demo.example" in client.get(reverse("embedded:inbox"), {"q": "newsl"}).content.decode()
    assert "No matching email" in client.get(reverse("embedded:inbox"), {"q": "nobody"}).content.decode()


def test_a_mail_shows_headers_text_and_html(deliver: Callable[..., None], client: Client, demo: Path) -> None:
    deliver(
        "anna@demo.example", "Invitation", "<p>Hi <a href='https://demo.example/y'>join</a></p>", Reply_To="x@y.example"
    )
    name = next((demo / "inbox").glob("*.eml")).stem
    page = client.get(reverse("embedded:inbox_mail", args=[name])).content.decode()
    assert '<a href="https://demo.example/x"' in page
    assert "x@y.example" in page
    assert "sandbox=" in page
    html = client.get(reverse("embedded:inbox_html", args=[name]))
    assert "join</a>" in html.content.decode()
    policy = html["Content-Security-Policy"]
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert html["X-Frame-Options"] == "SAMEORIGIN"


def test_the_whole_text_arrives_even_behind_a_lone_dot(
    deliver: Callable[..., None], client: Client, demo: Path
) -> None:
    deliver("anna@demo.example")
    name = next((demo / "inbox").glob("*.eml")).stem
    assert "after the dot" in client.get(reverse("embedded:inbox_mail", args=[name])).content.decode()


def test_an_empty_inbox_says_what_to_do(demo: Path, client: Client) -> None:
    assert "No emails yet" in client.get(reverse("embedded:inbox")).content.decode()


@pytest.mark.parametrize("name", ["x", "..%2Fsecret_key", f"{1:020d}-000000"])
def test_what_is_no_mail_is_not_found(name: str, demo: Path, client: Client) -> None:
    assert client.get(f"/dev/inbox/{name}/").status_code == 404


@pytest.mark.parametrize("name", ["inbox", "inbox_mail", "inbox_html"])
def test_outside_a_demo_there_is_no_inbox(name: str, demo: Path, client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    (demo / "inbox").mkdir()
    mail = f"{1:020d}-000000"
    (demo / "inbox" / f"{mail}.eml").write_bytes(b"Subject: x\r\n\r\nx")
    assert client.get(reverse(f"embedded:{name}", args=[] if name == "inbox" else [mail])).status_code == 404


def test_a_broken_mail_is_shown_as_far_as_it_goes(demo: Path, client: Client) -> None:
    (demo / "inbox").mkdir()
    mail = f"{1:020d}-000000"
    (demo / "inbox" / f"{mail}.eml").write_bytes(b"X-Envelope-To: a@b.example\r\n\xff\xfe\r\n\r\n\xff")
    assert client.get(reverse("embedded:inbox")).status_code == 200
    for name in ("inbox_mail", "inbox_html"):
        assert client.get(reverse(f"embedded:{name}", args=[mail])).status_code == 200
