"""The mail as a reader's program sees it, taken apart by the standard library's parser."""

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from community.newsletters import envelopes, jobs, keys, letters
from community.newsletters.envelopes import Skeleton
from community.newsletters.ledger import Recipient
from community.newsletters.models import Delivery, Issue
from core.kit import rooms
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Room
from programs.membership.models import Membership, Role
from tests.factories.newsletters import make_issue, make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import join, make_program, make_user

BODY = """# Grüße

Guten Tag {{first_name}},

.ein Punkt am Anfang, ein [Link](https://nordwerk.example/a?b=1&c=2), <script>alert(1)</script>
zweite Zeile

- Liste

[[contacts]]

[[dates]]
"""


def contacts(program: Any, language: str, on: date) -> list[tuple[str, str]]:
    return [("Mara <Behrens>", {"de": "Fragen & Krisen", "en": "Questions & crises"}[language])]


def dates(program: Any, language: str, on: date) -> list[tuple[str, str]]:
    return [(on.isoformat(), "Workshop")]


def successes(program: Any, language: str, on: date) -> list[str]:
    return ["2,3-mal so viele Interaktionen."]


@pytest.fixture(autouse=True)
def blocks() -> Iterator[None]:
    others = [replace(room, newsletter_blocks=()) for room in rooms.every()]
    own = tuple(NewsletterBlock(fill.__name__, "", "", fill) for fill in (contacts, dates, successes))
    with rooms.using(*others, Room(name="tests", newsletter_blocks=own)):
        yield


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def parts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def send_one(program: Any, sink: SmtpSink, **fields: Any) -> EmailMessage:
    issue = make_running(program, **fields)
    jobs.send(issue.pk)
    return sink.mails[-1]


def test_without_a_contact_the_operator_reads_the_answers(program: Any, sink: SmtpSink, settings: Any) -> None:
    """As with every other mail of a program."""
    settings.MAIL_REPLY_TO = "help@example.com"
    make_readers(program, 1)
    jobs.send(make_running(program, body_de=BODY).pk)
    assert sink.mails[-1]["Reply-To"] == "help@example.com"


def test_headers(program: Any, sink: SmtpSink, settings: Any) -> None:
    settings.SITE_URL = "https://botschaft.example"
    settings.DEFAULT_FROM_EMAIL = "Botschaft <news@botschaft.example>"
    manager = make_user("mara")
    join(manager, program, Role.MANAGER, is_contact=True)
    reader = make_readers(program, 2)[1]
    issue = make_running(program, subject_de="Grüße – „Wirkung“ 🎉", body_de=BODY)
    jobs.send(issue.pk)
    mail = next(mail for mail in sink.mails if mail["To"] == reader.email)
    assert mail.defects == []
    assert mail["Subject"] == "Grüße – „Wirkung“ 🎉"
    assert mail["From"] == "Nordlichter <news@botschaft.example>"
    assert mail["Reply-To"] == "mara@example.com"
    assert mail["Message-ID"] == keys.message_id(issue.pk, reader.pk)
    assert mail["List-Id"] == "<nordlichter.newsletter.botschaft.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<(https://botschaft\.example/unsubscribe/[^>,\s]+/)>", mail["List-Unsubscribe"])
    assert link
    assert keys.read_unsubscribe_token(link[1].split("/")[-2]) == (program.pk, reader.pk)
    assert f"List-Unsubscribe: {mail['List-Unsubscribe']}\r\n".encode() in b"\r\n".join(sink.raw)  # never folded
    for name in ("Subject", "From", "To", "Date", "Message-ID", "List-Unsubscribe", "MIME-Version", "Content-Type"):
        assert len(mail.get_all(name)) == 1
    assert abs((mail["Date"].datetime - datetime.now(UTC)).total_seconds()) < 60
    plain, html = parts(mail)
    assert link[1] in plain
    assert html.count(link[1]) == 2


def test_both_parts_say_the_same(program: Any, sink: SmtpSink, settings: Any) -> None:
    settings.SITE_URL = "https://botschaft.example"
    make_readers(program, 2)
    issue = make_running(program, body_de=BODY)
    jobs.send(issue.pk)
    plain, html = parts(next(mail for mail in sink.mails if mail["Content-Language"] == "de"))
    for text in (plain, html):
        for piece in (
            "Grüße",
            "Guten Tag Zoë1,",
            ".ein Punkt am Anfang",
            "zweite Zeile",
            "Workshop",
            "Öffnungen werden",
        ):
            assert piece in text
    assert plain.startswith("Sie bekommen diese E-Mail, weil")
    assert "Fragen & Krisen" in plain
    assert "Link (https://nordwerk.example/a?b=1&c=2)" in plain
    assert "Fragen &amp; Krisen" in html
    assert "Mara &lt;Behrens&gt;" in html
    assert "<script" not in html
    assert "{{" not in plain + html
    page = Page(html)
    assert [attrs["href"] for tag, attrs in page.tags if tag == "a"][1] == "https://nordwerk.example/a?b=1&c=2"
    assert all((attrs.get("href") or "").startswith("https://") for tag, attrs in page.tags if tag == "a")
    assert not [tag for tag, _attrs in page.tags if tag in ("img", "script", "link", "iframe")]  # nothing is fetched
    assert ("html", {"lang": "de"}) in page.tags
    body = next(attrs for tag, attrs in page.tags if tag == "body")
    assert "background" in (body["style"] or "")
    assert "prefers-color-scheme" in html


def test_lines_are_short_and_ascii(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 2)
    send_one(program, sink, body_de="ö" * 3000 + " {{first_name}} " + "x" * 3000)
    for raw in sink.raw:
        assert raw.isascii()
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        body = raw.split(b"\r\n\r\n", 1)[1]
        assert max(len(line) for line in body.split(b"\r\n")) <= 78


def test_each_reader_gets_the_own_language_or_the_one_there_is(program: Any, sink: SmtpSink) -> None:
    make_readers(program, 6)
    issue = make_running(program, subject_en="", body_en="Hello")
    jobs.send(issue.pk)
    assert {mail["Content-Language"] for mail in sink.mails} == {"de"}
    assert issue.frozen["en"] == issue.frozen["de"]
    issue = make_running(program)
    jobs.send(issue.pk)
    languages = {mail["To"]: mail["Content-Language"] for mail in sink.mails[6:]}
    assert languages["reader0@example.com"] == "en"
    assert languages["reader1@example.com"] == "de"


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Zoë Müller", "Hello Zoë,"),
        ("", "Hello,"),
        ("<b>Eve</b> X", "Hello <b>Eve</b>,"),
        ("Eve\r\nBcc: x@y.example", "Hello Eve,"),
        ("\u202eevE", "Hello evE,"),
        ("=?utf-8?q?Eve?=", "Hello =?utf-8?q?Eve?=,"),
    ],
)
def test_names_are_text(program: Any, sink: SmtpSink, name: str, greeting: str) -> None:
    reader = make_readers(program, 1)[0]
    reader.name = name
    reader.save()
    mail = send_one(program, sink)
    plain, html = parts(mail)
    assert greeting in plain
    assert "<b>Eve" not in html
    assert mail["Bcc"] is None
    assert mail.defects == []


def test_a_frozen_issue_carries_its_hash(program: Any) -> None:
    issue = make_issue(program, body_de=BODY)
    frozen = letters.freeze(issue, date(2026, 11, 21))
    assert frozen["de"]["sha256"] == letters.digest(frozen["de"])
    assert "2026-11-21" in frozen["de"]["text"]
    frozen["de"]["text"] += "!"
    assert frozen["de"]["sha256"] != letters.digest(frozen["de"])


SKELETONS: dict[str, Any] = {}


@examples(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    subject=st.text(max_size=120),
    name=st.text(max_size=40),
    body=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200),
)
@pytest.mark.django_db
def test_no_text_makes_a_header(subject: str, name: str, body: str) -> None:
    """Whatever stands in subject, program, name and text: the headers are the ones we wrote, each once."""
    program = SKELETONS.get("program") or make_program()
    SKELETONS["program"] = program
    program.name = name.encode("utf-8", "ignore").decode() or "x"
    issue = Issue(pk=1, program=program, number=1)
    kept = {"language": "de", "subject": subject.encode("utf-8", "ignore").decode(), "text": body, "html": body}
    skeleton = Skeleton(issue, kept | {"sha256": "0" * 64}, "")
    recipient = Recipient(1, 1, "a@b.example", program.name, "de", "<1@b.example>", 0)
    raw = skeleton.fill(recipient, datetime(2026, 11, 21, tzinfo=UTC))
    mail = email.message_from_bytes(raw)
    ours = ["Date", "Message-ID", "To", "List-Unsubscribe", "From", "Subject", "List-Id", "List-Unsubscribe-Post"]
    assert mail.keys() == [*ours, "Content-Language", "MIME-Version", "Content-Type"]
    assert b"\r\n." not in raw
    payloads = [part.get_payload(decode=True).decode() for part in mail.get_payload()]
    first_name = envelopes.first_name_of(program.name)
    wanted = letters.personal(body, first_name, envelopes.unsubscribe_url(program.pk, 1))
    assert _lines(payloads[0]) == _lines(wanted)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


@pytest.mark.parametrize("address", ["müller@example.com", "a b@example.com", "a@ex\nample.com", "a@\u202eb.example"])
def test_an_address_no_server_understands_fails_alone(program: Any, sink: SmtpSink, address: str) -> None:
    first, _second = make_readers(program, 2)
    issue = make_running(program)
    Delivery.objects.filter(issue=issue, user=first).update(address=address)
    jobs.send(issue.pk)
    states = dict(Delivery.objects.filter(issue=issue).values_list("user__email", "state"))
    assert states == {first.email: "failed", "reader1@example.com": "sent"}


def test_an_umlaut_domain_goes_out_in_ascii() -> None:
    assert envelopes.ascii_address("mara@bücher.example") == "mara@xn--bcher-kva.example"


def test_hashes_in_sql_are_the_ones_of_python(program: Any) -> None:
    readers = make_readers(program, 3)
    issue = make_running(program)
    for row in Delivery.objects.filter(issue=issue):
        assert row.message_id == keys.message_id(issue.pk, row.user_id)
    assert Membership.objects.filter(program=program).count() == len(readers)
