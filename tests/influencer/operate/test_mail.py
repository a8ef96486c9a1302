"""What receivers find in the name service, asked of a real one and said in words."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from django.urls import reverse

from core.kit import dkim_signing
from core.notify import tokens
from influencer.operate import mail_records

pytestmark = pytest.mark.django_db
PAGE = reverse("operate:mail")
GOOD = {
    ("news.nordwerk.example", "TXT"): ['"v=spf1 include:mail.example -all"', '"other=1"'],
    ("_dmarc.nordwerk.example", "TXT"): ['"v=DMARC1; p=reject; rua=mailto:a@b.example"'],
    ("news.nordwerk.example", "MX"): ["10 mx.nordwerk.example."],
}


@contextmanager
def name_service(zone: dict[tuple[str, str], list[str]]) -> Iterator[int]:
    """Answers on the loopback; a name that is not in the zone does not exist."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                asked, sender = server.recvfrom(2048)
            except OSError:
                return
            if not asked:
                return
            query = dns.message.from_wire(asked)
            (question,) = query.question
            name, kind = question.name.to_text().rstrip("."), dns.rdatatype.to_text(question.rdtype)
            answer = dns.message.make_response(query)
            if values := zone.get((name, kind)):
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *values))
            elif not any(known == name for known, _kind in zone):
                answer.set_rcode(dns.rcode.NXDOMAIN)
            server.sendto(answer.to_wire(), sender)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", server.getsockname())
        thread.join(5)
        server.close()


@pytest.fixture
def ask(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.MAIL_DNS, settings.DEFAULT_FROM_EMAIL = True, "a@news.nordwerk.example"

    def point_at(port: int) -> None:
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], port
        monkeypatch.setattr(mail_records, "_resolver", lambda: resolver)

    return point_at


def states() -> dict[str, bool | None]:
    return {each.name: each.is_well for each in mail_records.records()}


def test_records_that_are_there_are_well(ask: Any, world: Any, sign_in: Any) -> None:
    with name_service(GOOD) as port:
        ask(port)
        assert states() == {"SPF": True, "DKIM": None, "DMARC": True, "MX": True}
        page = sign_in(world.admin).get(PAGE).text
    assert "Forged emails are refused." in page
    assert "v=spf1 include:mail.example -all" in page
    assert "other=1" not in page


@pytest.mark.parametrize(
    ("zone", "wrong"),
    [
        ({}, {"SPF", "DMARC", "MX"}),
        (GOOD | {("news.nordwerk.example", "TXT"): ['"v=spf1 +all"']}, {"SPF"}),
        (GOOD | {("news.nordwerk.example", "TXT"): ['"v=spf1 -all"', '"v=spf1 ~all"']}, {"SPF"}),
        (GOOD | {("_dmarc.news.nordwerk.example", "TXT"): ['"v=DMARC1; p=maybe"']}, {"DMARC"}),
        (GOOD | {("news.nordwerk.example", "MX"): ["0 ."]}, {"MX"}),
    ],
)
def test_what_is_missing_or_wrong_is_said(ask: Any, zone: Any, wrong: set[str]) -> None:
    with name_service(zone) as port:
        ask(port)
        assert {name for name, is_well in states().items() if is_well is False} == wrong


def test_the_key_that_is_published_must_be_the_one_that_signs(ask: Any, settings: Any, monkeypatch: Any) -> None:
    settings.DKIM_KEY, settings.DKIM_SELECTOR = "-", "s1"
    monkeypatch.setattr(dkim_signing, "public_record", lambda: "v=DKIM1; k=rsa; p=AbC+d==")
    at = ("s1._domainkey.news.nordwerk.example", "TXT")
    for published, is_well in (('"v=DKIM1; p=AbC+" "d=="', True), ('"v=DKIM1; p=other"', False)):
        with name_service(GOOD | {at: [published]}) as port:
            ask(port)
            assert states()["DKIM"] is is_well


def test_a_name_service_that_is_silent_is_no_fault_of_the_domain(ask: Any, monkeypatch: Any) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        ask(deaf.getsockname()[1])
        monkeypatch.setattr(mail_records, "LONGEST_ASK", 0.2)
        assert set(states().values()) == {None}


def test_nobody_is_asked_unless_the_operator_allows_it(world: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.delattr(mail_records, "_resolver")  # would fail
    assert "set MAIL_DNS=1" in sign_in(world.admin).get(PAGE).text


def test_administrators_read_where_a_provider_reports_to(world: Any, sign_in: Any, settings: Any) -> None:
    client = sign_in(world.admin)
    assert "Nobody reports emails that come back" in client.get(PAGE).text
    settings.MAIL_EVENTS, settings.MAIL_EVENTS_KEY = "postmark", "name:password"
    page = client.get(PAGE).text
    assert tokens.events_path() in page
    assert "does not sign" in page
    assert "name:password" not in page.replace("https://name:password@", "")
