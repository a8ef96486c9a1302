"""A generation, a list of people, a preview that says what becomes of each line, and mails from a worker."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.generations.models import Generation, Invitation, Roster
from tests.factories.generations import make_participant
from tests.journeys.stage import SAMPLES, link_in, mail_to
from tests.smtp_sink import SmtpSink
from tests.worker import wait_until
from tests.world import make_user

ROSTER = SAMPLES / "roster_hris_de_semicolon_cp1252.csv"


def hand_in(manager: Any, here: Any, **data: Any) -> Any:
    return manager.post(reverse("programs:roster_new", args=[here.program.slug, here.generation.pk]), data)


def lines_of(page: Any) -> list[str]:
    return [line["verdict"] for line in page.context["list"].page]


def test_pasted_addresses_become_invitations(here: Any, sink: SmtpSink, sign_in: Any) -> None:
    make_participant(make_user("known"), here.generation)
    manager = sign_in(here.manager)
    new = {"name": "Generation 2", "start_on": "2027-01-11", "places": 12}
    manager.post(reverse("programs:generation_new", args=[here.program.slug]), new)
    here.generation = Generation.objects.get(name="Generation 2")
    assert here.generation.steps.count() == 7, "with an onboarding path of its own"

    text = "Ada Neu <ada@nordwerk.example>\nbo@nordwerk.example\nknown@example.com\nada@nordwerk.example\nnonsense"
    preview = manager.get(hand_in(manager, here, text=text).url)
    assert lines_of(preview) == ["new", "new", "known", "refused", "refused"]
    assert not Invitation.objects.exists(), "a preview invites nobody"
    roster = Roster.objects.get()
    apply = reverse("programs:roster_apply", args=[here.program.slug, roster.pk])
    for _ in range(2):  # a second click sends nothing twice
        manager.post(apply, {"language": "de"})
    for address in ("ada@nordwerk.example", "bo@nordwerk.example"):
        mail = mail_to(sink, address)
        assert mail["Subject"] == "Einladung zum Programm Nordlichter"
        assert link_in(mail, "/invitation/")
    assert len(sink.mails) == 2
    preview = manager.get(hand_in(manager, here, text="Ada@Nordwerk.example").url)
    assert lines_of(preview) == ["invited"]


def test_a_list_from_german_excel_is_read_as_it_is(here: Any, sign_in: Any) -> None:
    manager = sign_in(here.manager)
    answer = hand_in(manager, here, file=SimpleUploadedFile(ROSTER.name, ROSTER.read_bytes()))
    page = manager.get(answer.url)
    assert "so it was read as Windows-1252" in page.content.decode()
    assert "new" in lines_of(page)


def test_fifty_thousand_lines_are_taken(here: Any, sign_in: Any) -> None:
    manager = sign_in(here.manager)
    text = "E-Mail;Name\n" + "".join(f"p{n}@nordwerk.example;Person {n}\n" for n in range(50_000))
    answer = hand_in(manager, here, file=SimpleUploadedFile("all.csv", text.encode()))
    assert answer.status_code == 302
    page = manager.get(answer.url)
    assert page.context["counts"]["new"] == 50_000
    assert len(page.content) < 200_000, "the preview is paged"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("people.csv", b"\xff\xfe\x00", "The text encoding of the file cannot be read."),
        ("people.csv", b"Name;Ort\nA;B\n", "Found: Name · Ort."),
        ("people.csv", b"E-Mail\n" + b"a@x.de\n" * 50_001, "more than 50000 lines"),
        ("people.csv", b"%PDF-1.7\n", "The file name ends in “.csv”, but the content is “PDF”."),
        ("people.csv", b'E-Mail;N\na@x.de;"A', "Line 2: a quotation mark is not closed"),
    ],
    ids=["encoding", "columns", "too many", "wrong type", "open quote"],
)
def test_a_list_that_cannot_be_read_changes_nothing(
    here: Any, sign_in: Any, name: str, content: bytes, says: str
) -> None:
    answer = hand_in(sign_in(here.manager), here, file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert says in answer.content.decode().replace("&#x27;", "'")
    assert not Roster.objects.exists()


def test_duplicates_and_malformed_lines_are_refused_one_by_one(here: Any, sign_in: Any) -> None:
    manager = sign_in(here.manager)
    page = manager.get(hand_in(manager, here, text="a@x.example\nA@X.example\na@@x\nb@x.example\n").url)
    assert lines_of(page) == ["new", "refused", "refused", "new"]
    assert "The same address is in line 1." in page.content.decode()


def test_an_address_that_refuses_mail_is_named(here: Any, sink: SmtpSink, sign_in: Any) -> None:
    sink.answers["gone@nordwerk.example"] = "550 no such person"
    manager = sign_in(here.manager)
    hand_in(manager, here, text="gone@nordwerk.example")
    manager.post(reverse("programs:roster_apply", args=[here.program.slug, Roster.objects.get().pk]))
    assert wait_until(lambda: sink.tries["gone@nordwerk.example"])
