"""A roster: handed in, looked at, applied."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.journal.models import Entry
from core.notify.models import OutgoingMail
from programs.generations import invitation_services, jobs, roster_services, services
from programs.generations.models import Invitation, Roster
from programs.generations.roster_entries import MOST_LINES
from programs.generations.roster_reading import of_text
from programs.membership.models import Role
from tests.factories.generations import make_invitation
from tests.programs.generations.test_roster_reading import SAMPLE
from tests.world import join, make_user


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def hand_in(world: Any, client: Any, **values: Any) -> Any:
    return client.post(url("roster_new", world, world.generation.pk), values)


def a_roster(world: Any, text: str) -> Roster:
    return roster_services.read_roster(world.generation, of_text(text), source="", by=world.manager)


def verdicts(page: Any) -> list[tuple[int, str, str]]:
    return [(line["line"], line["verdict"], line["why"]) for line in page.context["list"].page]


def test_a_pasted_list_shows_what_becomes_of_each_line(world: Any, sign_in: Any) -> None:
    declined = make_invitation(world.generation, "no@example.com")
    invitation_services.decline(declined)
    join(make_user("gone", is_active=False), world.program, Role.COACH)
    make_user("elsewhere", is_active=False)
    services.leave(world.participant2, by=world.influencer2)
    text = (
        "Neu <neu@example.com>\ninfluencer@example.com\nInvited@example.com\nno@example.com, gone@example.com\n"
        "influencer2@example.com\nNEU@example.com\nnonsense\nmanager@example.com\n"
        "elsewhere@example.com"
    )
    client = sign_in(world.manager)
    page = client.get(hand_in(world, client, text=text).url)
    closed = "This address cannot be invited."
    assert verdicts(page) == [
        (1, "new", ""),
        (2, "known", ""),
        (3, "invited", ""),
        (4, "invited", ""),  # has declined, which nobody can tell from silence
        (4, "refused", closed),  # deactivated and recently left are told apart by nobody
        (5, "refused", closed),
        (6, "refused", "The same address is in line 1."),
        (7, "refused", "This is not a complete email address. It should look like name@company.com."),
        (8, "new", ""),  # the manager may take part too
        (9, "new", ""),  # closed in another company: no business of this one
    ]
    assert page.context["counts"] == {"new": 3, "known": 1, "invited": 2, "refused": 4}


def test_the_preview_is_filtered_by_verdict(world: Any, sign_in: Any) -> None:
    roster = a_roster(world, "a@example.com\nnonsense\nb@example.com")
    client = sign_in(world.manager)
    address = url("roster_detail", world, roster.pk)
    assert verdicts(client.get(f"{address}?verdict=new")) == [(1, "new", ""), (3, "new", "")]
    assert len(verdicts(client.get(f"{address}?verdict=refused"))) == 1
    assert len(verdicts(client.get(f"{address}?verdict=%00nonsense&page=x", follow=True))) == 3


def test_lines_are_found_and_sorted_by_their_number(world: Any, sign_in: Any) -> None:
    roster = a_roster(world, "\n".join(f"p{number}@example.com" for number in range(1, 13)))
    client = sign_in(world.manager)
    address = url("roster_detail", world, roster.pk)
    shown = [line["line"] for line in client.get(f"{address}?sort=-line").context["list"].page]
    assert shown == list(range(12, 0, -1))
    assert [line["email"] for line in client.get(f"{address}?q=P12@").context["list"].page] == ["p12@example.com"]


def test_the_german_personnel_list_is_read_and_says_how(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    file = SimpleUploadedFile(SAMPLE.name, SAMPLE.read_bytes(), "text/csv")
    page = client.get(hand_in(world, client, file=file).url)
    assert "so it was read as Windows-1252: “Jürgen Groß”." in page.content.decode()
    assert verdicts(page)[:2] == [(2, "new", ""), (3, "new", "")]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Please paste addresses or choose a file."),
        ({"text": "a@x.de", "file": SimpleUploadedFile("a.csv", b"E-Mail\n")}, "not both"),
        ({"file": SimpleUploadedFile("a.csv", b"%PDF-1.7")}, "The file name ends in “.csv”, but the content is “PDF”."),
        ({"file": SimpleUploadedFile("a.csv", b"Name;Ort\nA;B")}, "Found: Name · Ort."),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))}, "This file is 5.0 MB"),
        ({"file": SimpleUploadedFile("a.csv", b"E-Mail\n" + b"a@x.de\n" * 50_001)}, "more than 50000 lines"),
        ({"file": SimpleUploadedFile("a.csv", b'E-Mail;N\na@x.de;"A')}, "Line 2: a quotation mark is not closed"),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00")}, "The text encoding of the file cannot be read."),
    ],
)
def test_a_list_that_cannot_be_taken(world: Any, sign_in: Any, values: dict[str, Any], words: str) -> None:
    for value in values.values():
        if hasattr(value, "seek"):
            value.seek(0)
    answer = hand_in(world, sign_in(world.manager), **values)
    assert answer.status_code == 422
    errors = " ".join(str(error) for each in answer.context["form"].errors.values() for error in each)
    assert words in errors
    assert Roster.objects.count() == 1  # the world's own


def test_more_people_than_places_is_said_and_allowed(world: Any, sign_in: Any) -> None:
    world.generation.places = 3  # one person and one invitation are there already
    world.generation.save()
    roster = a_roster(world, "a@x.de\nb@x.de\nc@x.de")
    page = sign_in(world.manager).get(url("roster_detail", world, roster.pk))
    assert (page.context["free"], page.context["over"]) == (1, 2)
    assert [line["code"] for line in page.context["list"].page if "code" in line] == ["over_capacity"] * 2
    assert roster_services.apply_roster(roster, by=world.manager) == 3


def test_applying_invites_once(world: Any, sign_in: Any) -> None:
    roster = a_roster(world, "Neu <neu@example.com>\nnonsense\nzwei@example.com")
    client = sign_in(world.manager)
    for _ in range(2):
        answer = client.post(url("roster_apply", world, roster.pk), {"language": "de"})
        assert answer.url == url("generation_detail", world, world.generation.pk)
    rows = Invitation.objects.filter(email__in=["neu@example.com", "zwei@example.com"]).order_by("email")
    assert list(rows.values_list("email", "name", "language", "state")) == [
        ("neu@example.com", "Neu", "de", "queued"),
        ("zwei@example.com", "", "de", "queued"),
    ]
    roster.refresh_from_db()
    assert roster.lines == []
    (entry,) = Entry.objects.filter(verb="generations.invited")
    assert entry.data == {"new": 2, "known": 0, "invited": 0, "refused": 1, "invited_now": 2}


def test_who_joined_since_the_preview_is_not_invited(world: Any) -> None:
    roster = a_roster(world, "coach@example.com\nneu@example.com")
    services.take_in(world.coach, world.generation)
    assert roster_services.apply_roster(roster, by=world.manager) == 1


def test_two_lists_with_the_same_address_make_one_invitation(world: Any) -> None:
    first, second = a_roster(world, "neu@example.com"), a_roster(world, "NEU@example.com")
    assert roster_services.apply_roster(first, by=world.manager) == 1
    assert roster_services.apply_roster(second, by=world.manager) == 0


def test_somebody_with_an_account_is_invited_in_the_own_language(world: Any) -> None:
    world.stranger.language = "de"
    world.stranger.save()
    roster_services.apply_roster(a_roster(world, "stranger@example.com\nneu@example.com"), by=world.manager)
    spoken = dict(Invitation.objects.filter(generation=world.generation).values_list("email", "language"))
    assert (spoken["stranger@example.com"], spoken["neu@example.com"]) == ("de", "en")


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_for_one_and_three(world: Any, sign_in: Any, count: int) -> None:
    roster = a_roster(world, "\n".join(f"p{number}@x.de" for number in range(count)))
    client = sign_in(world.manager)
    client.get(url("roster_detail", world, roster.pk))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url("roster_detail", world, roster.pk))
    assert len(page.context["list"].page) == count
    assert len(queries) == 6


@pytest.mark.slow
def test_fifty_thousand_lines(world: Any, sign_in: Any, settings: Any) -> None:
    """Handed in, judged, looked at and applied in a few statements each; the mails go out hour by hour."""
    lines = "".join(f"p{number}@example.com;Anna;Berg\n" for number in range(MOST_LINES))
    file = SimpleUploadedFile("all.csv", f"E-Mail;Vorname;Nachname\n{lines}".encode())
    client = sign_in(world.manager)
    answer = hand_in(world, client, file=file)
    page = client.get(f"{answer.url}?page=500")
    assert page.context["counts"]["new"] == 50_000
    assert len(page.context["list"].page) == 100
    assert "50,000 new people" in page.content.decode()
    client.post(url("roster_apply", world, Roster.objects.latest("pk").pk), {"language": "en"})
    assert Invitation.objects.filter(state="queued", program=world.program).count() == 50_000
    settings.INVITATIONS_PER_HOUR = 300
    assert [jobs.post(), jobs.post(), jobs.post()] == [200 + 1, 100, 0]  # and the one of the other program
    assert OutgoingMail.objects.filter(program_id=world.program.pk).count() == 300


def test_an_old_roster_is_forgotten(world: Any) -> None:
    Roster.objects.filter(pk=world.roster.pk).update(created_at="2026-01-01T00:00:00Z")
    jobs.sweep()
    assert not Roster.objects.filter(pk=world.roster.pk).exists()


def test_the_empty_form_shows_no_error(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(url("roster_new", world, world.generation.pk))
    assert (page.status_code, page.context["form"].is_bound) == (200, False)


def test_leavers_and_guests_are_named_and_not_invited(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    table = (
        b"mail,displayName,userType,accountEnabled,preferredLanguage\n"
        b'new@x.de,"Berg, Anna",Member,True,en-GB\n'
        b"gone@x.de,Ben Gone,Member,False,\n"
        b"p_partner.com#EXT#@x.de,Pia Partner,Guest,True,\n"
        b"two@x.de;other@x.de,Zoe Two,Member,True,fr-FR\n"
    )
    page = client.get(hand_in(world, client, file=SimpleUploadedFile("users.csv", table)).url)
    assert verdicts(page) == [
        (2, "new", ""),
        (3, "refused", "According to the list, this person has left or the account is blocked."),
        (4, "refused", "According to the list, this is a guest from another company."),
        (5, "new", "The list contains a second address, other@x.de. The first one counts."),
    ]
    assert [line["spoken"] for line in page.context["list"].page] == ["English", "", "", ""]
    client.post(url("roster_apply", world, page.context["roster"].pk), {"language": "de"})
    invited = Invitation.objects.filter(email__endswith="@x.de").order_by("email")
    assert [(one.email, one.name, one.language) for one in invited] == [
        ("new@x.de", "Anna Berg", "en"),
        ("two@x.de", "Zoe Two", "de"),
    ]


def test_a_pasted_program_file_is_refused_as_a_whole(world: Any, sign_in: Any) -> None:
    answer = hand_in(world, sign_in(world.manager), text='[\n {"mail": "a@x.de"},\n {"mail": "b@x.de"}\n]')
    assert answer.status_code == 422
    assert answer.context["form"].errors["text"] == [
        "This list is in a format for software (JSON). Please export it as Excel or CSV and choose that file."
    ]


def test_private_addresses_are_pointed_out_and_invited_all_the_same(world: Any, sign_in: Any) -> None:
    roster = a_roster(world, "neu@example.com\nneu@gmx.de\nneu@Gmail.com\nneu@mail.gmx.de\nnonsense@web.de@")
    client = sign_in(world.manager)
    page = client.get(url("roster_detail", world, roster.pk))
    assert [line["email"] for line in page.context["list"].page if line["doubtful"]] == ["neu@gmx.de", "neu@gmail.com"]
    assert "2 new addresses look private." in page.content.decode()
    client.post(url("roster_apply", world, roster.pk), {"language": "de"})
    assert Invitation.objects.filter(email__in=["neu@gmx.de", "neu@gmail.com"]).count() == 2
    company = client.get(url("roster_detail", world, a_roster(world, "zwei@example.com").pk)).content.decode()
    assert "private" not in company[company.index("<main") :]
