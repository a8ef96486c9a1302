"""Lists of people as they come: pasted in any shape, out of any directory, saved by German Excel, or broken."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from programs.generations.addresses import is_well_formed
from programs.generations.roster_entries import MOST_LINES, Entry
from programs.generations.roster_reading import Listed, of_file, of_text
from tests.analytics.imports.cases import CASES, ROSTERS
from tests.workbooks import SAMPLES, workbook

SAMPLE = SAMPLES / "roster_hris_de_semicolon_cp1252.csv"


def read(text: str) -> list[Entry]:
    return of_text(text).entries


def from_file(content: bytes | Path, name: str = "") -> Listed:
    data = content if isinstance(content, bytes) else content.read_bytes()
    return of_file(SimpleUploadedFile(name or ("list.csv" if isinstance(content, bytes) else content.name), data))


def refused(call: Any) -> str:
    with pytest.raises(ValidationError) as error:
        call()
    return str(error.value.messages[0])


@pytest.mark.parametrize("name", ROSTERS)
def test_the_lists_that_went_wrong_give_their_people(name: str) -> None:
    case, path = ROSTERS[name], CASES / name
    listed = of_text(path.read_text()) if "pasted" in case["who"] else from_file(path)
    people = [(entry.email, entry.name) for entry in listed.entries if not entry.aside]
    assert [address for address, _ in people] == [address for address, _ in case["people"]]
    for (_, said), (_, right) in zip(people, case["people"], strict=True):
        assert said in right.split("|")


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("a@x.de", [Entry(1, "a@x.de")]),
        ("a@x.de, b@x.de; c@x.de\td@x.de e@x.de", [Entry(1, f"{name}@x.de") for name in "abcde"]),
        ("a@x.de\r\n\r\nb@x.de\rc@x.de", [Entry(1, "a@x.de"), Entry(3, "b@x.de"), Entry(4, "c@x.de")]),
        ("Jürgen Groß <j@x.de>", [Entry(1, "j@x.de", "Jürgen Groß")]),
        ('"Groß, Jürgen" <j@x.de>; Zoë <z@x.de>', [Entry(1, "j@x.de", "Jürgen Groß"), Entry(1, "z@x.de", "Zoë")]),
        ("Jürgen Groß j@x.de", [Entry(1, "j@x.de", "Jürgen Groß")]),
        ("Groß\tJürgen\tj@x.de", [Entry(1, "j@x.de", "Groß Jürgen")]),
        ("no address here", [Entry(1, "no address here")]),
        ("a@x.de, nonsense, b@x.de", [Entry(1, "a@x.de"), Entry(1, "b@x.de"), Entry(1, "nonsense")]),
        ("name;mail\nAnna;a@x.de", [Entry(2, "a@x.de", "Anna")]),
        ("E-Mail\na@x.de\n", [Entry(2, "a@x.de")]),
        ("Work Email,First Name,Surname\na@x.de,Anna,Berg", [Entry(2, "a@x.de", "Anna Berg")]),
        ("Vorname;Name;E-Mail-Adresse\nAnna;Berg;a@x.de", [Entry(2, "a@x.de", "Anna Berg")]),
        ("E-Mail;Name\na@x.de;\n\n;Ben\n", [Entry(2, "a@x.de"), Entry(4, "", "Ben")]),
        ('E-Mail;Name\na@x.de;"Anna\nBerg"\nb@x.de;Ben', [Entry(2, "a@x.de", "Anna Berg"), Entry(4, "b@x.de", "Ben")]),
        ("E-Mail;Name\na@x.de;=HYPERLINK(1)", [Entry(2, "a@x.de", "=HYPERLINK(1)")]),
        ("Name\tE-Mail\nAnna\ta@x.de", [Entry(2, "a@x.de", "Anna")]),
    ],
)
def test_pasted(text: str, entries: list[Entry]) -> None:
    assert read(text) == entries


@pytest.mark.parametrize(
    "line",
    [
        "Berg, Anna <a@x.de>; Groß, Jürgen <j@x.de>",
        "Berg, Anna <a@x.de>, Groß, Jürgen <j@x.de>",
        "An: Berg, Anna <a@x.de>; Groß, Jürgen <j@x.de>;",
        "To: Anna Berg <mailto:a@x.de>; Jürgen Groß <mailto:j@x.de>",
        "Anna Berg [a@x.de]; Jürgen Groß [j@x.de]",
        "Anna Berg (a@x.de), Jürgen Groß (j@x.de)",
        "Berg, Anna\t<a@x.de>\nGroß, Jürgen\t<j@x.de>",
        "'Anna Berg' <a@x.de>; \"Jürgen Groß\"<j@x.de>",
    ],
)
def test_recipients_pasted_from_mail_programs_keep_their_names(line: str) -> None:
    assert [(entry.email, entry.name) for entry in read(line)] == [("a@x.de", "Anna Berg"), ("j@x.de", "Jürgen Groß")]


def test_an_address_that_stands_for_its_name_is_none() -> None:
    assert read("a@x.de <a@x.de>; 'b@x.de' <b@x.de>") == [Entry(1, "a@x.de"), Entry(1, "b@x.de")]


@pytest.mark.parametrize(
    ("head", "row", "entry"),
    [
        (  # Microsoft 365, active users
            "Block credential,City,Department,DirSyncEnabled,Display name,First name,Last name,Preferred language,"
            "Proxy addresses,Soft deletion time stamp,State,User principal name",
            "False,Berlin,Comms,True,Anna Berg,Anna,Berg,de-DE,"
            "smtp:alias@x.de+SMTP:anna@x.de+SIP:anna@x.de,,Berlin,aberg@x.onmicrosoft.com",
            Entry(2, "anna@x.de", "Anna Berg", "de"),
        ),
        (  # Google Workspace
            "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],"
            "Org Unit Path [Required],Recovery Email,Home Secondary Email,Work Secondary Email,Status [READ ONLY]",
            "Anna,Berg,anna@x.de,****,/Comms,anna@privat.de,,a2@x.de,Active",
            Entry(2, "anna@x.de", "Anna Berg"),
        ),
        (  # Personio
            "Vorname;Nachname;E-Mail;Private E-Mail;Status;Austrittsdatum;Sprache",
            "Anna;Berg;anna@x.de;anna@privat.de;aktiv;;Englisch",
            Entry(2, "anna@x.de", "Anna Berg", "en"),
        ),
        (  # Workday
            "Employee ID,Worker,Legal Name - First Name,Preferred Name - First Name,Legal Name - Last Name,"
            "Email - Home,Email - Work,Active Status",
            "0041,Anna-Maria Berg,Anna-Maria,Anna,Berg,anna@privat.de,anna@x.de,Yes",
            Entry(2, "anna@x.de", "Anna Berg"),
        ),
        (  # Entra, without a mailbox attribute
            "userPrincipalName,displayName,userType,accountEnabled",
            'anna@x.de,"Berg, Anna",Member,True',
            Entry(2, "anna@x.de", "Anna Berg"),
        ),
        (  # Outlook contacts
            "First Name,Middle Name,Last Name,Company,E-mail Address,E-mail 2 Address,Language",
            "Anna,,Berg,X,anna@x.de,,German (Germany)",
            Entry(2, "anna@x.de", "Anna Berg", "de"),
        ),
        (  # DATEV-like
            "Personalnummer;Familienname;Rufname;E-Mail (geschäftlich);E-Mail (privat)",
            "0041;Berg;Anna;anna@x.de;anna@privat.de",
            Entry(2, "anna@x.de", "Anna Berg"),
        ),
    ],
)
def test_lists_of_directories_and_personnel_systems(head: str, row: str, entry: Entry) -> None:
    assert from_file(f"{head}\n{row}\n".encode()).entries == [entry]


@pytest.mark.parametrize(
    ("head", "row", "aside"),
    [
        ("E-Mail;Status", "a@x.de;ausgeschieden", "left"),
        ("E-Mail;Status", "a@x.de;Inactive", "left"),
        ("Email Address [Required],Status [READ ONLY]", "a@x.de,Suspended", "left"),
        ("mail,accountEnabled", "a@x.de,False", "left"),
        ("User principal name,Block credential", "a@x.de,True", "left"),
        ("E-Mail;Austritt", "a@x.de;31.12.2025", "left"),
        ("E-Mail;Austritt", "a@x.de;31.12.2099", ""),
        ("E-Mail;Status", "a@x.de;Elternzeit", ""),
        ("mail,userType", "a@x.de,Guest", "guest"),
        ("userPrincipalName", "p_partner.com#EXT#@x.onmicrosoft.com", "guest"),
        ("mail,userType,accountEnabled", "a@x.de,Member,True", ""),
    ],
)
def test_who_has_left_or_is_a_guest_is_said_by_the_list(head: str, row: str, aside: str) -> None:
    [entry] = from_file(f"{head}\n{row}\n".encode()).entries
    assert entry.aside == aside


def test_a_list_may_be_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Mitarbeitende, Stand 1.11.2026"],
        [],
        ["Personalnummer", "Vorname", "Nachname", "E-Mail", "Sprache"],
        [41, "Anna", "Berg", "anna@x.de", "Deutsch"],
        [],
        [42, "Ju\u0308rgen", "Groß", "juergen@x.de", "en-GB"],
        ["Summe", 2],
    ]
    listed = from_file(workbook(tmp_path / "list.xlsx", {"Notiz": [["x"]], "Liste": rows}))
    assert listed.entries == [
        Entry(4, "anna@x.de", "Anna Berg", "de"),
        Entry(6, "juergen@x.de", "Jürgen Groß", "en"),
    ]
    bare = from_file(workbook(tmp_path / "bare.xlsx", {"S": [["Anna Berg", "anna@x.de"], ["ben@x.de"]]}))
    assert bare.entries == [Entry(1, "anna@x.de", "Anna Berg"), Entry(2, "ben@x.de")]


def test_a_second_address_in_a_cell_is_named() -> None:
    [entry] = from_file(b'Name;E-Mail\nAnna;"anna@x.de; berg@x.de"\n').entries
    assert (entry.email, entry.also) == ("anna@x.de", "berg@x.de")


def test_the_german_personnel_list() -> None:
    listed = from_file(SAMPLE)
    assert (listed.encoding, listed.sample) == ("cp1252", "Jürgen")
    assert listed.entries[:2] == [
        Entry(2, "juergen.gross@example.com", "Jürgen Groß"),
        Entry(3, "ZOE.ONEIL@example.com", "Zoë O'Neil"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_certain(encoding: str) -> None:
    listed = from_file("E-Mail;Name\nm@x.de;Müller\n".encode(encoding))
    assert listed.sample == ""
    assert listed.entries == [Entry(2, "m@x.de", "Müller")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing in this"),
        ("\n\n", "There is no address in this list."),
        ("Name;Abteilung\nAnna;Vertrieb", "An “Email” column is missing. Found: Name · Abteilung."),
        ("E-Mail;Mail\na@x.de;b@x.de", "Several columns could hold the address: E-Mail · Mail."),
        ('E-Mail;Name\na@x.de;Anna\nb@x.de;"Ben\nc@x.de;C', "Line 3: a quotation mark is not closed"),
        ('{"users": [{"mail": "a@x.de"}]}', "This list is in a format for software (JSON)."),
        ('[\n {"mail": "a@x.de"}\n]', "This list is in a format for software (JSON)."),
    ],
)
def test_a_list_that_cannot_be_read_says_why(text: str, words: str) -> None:
    assert refused(lambda: read(text)).startswith(words) or not text


def test_a_pdf_with_another_ending() -> None:
    assert refused(lambda: from_file(b"%PDF-1.7 ...", "roster.csv")).startswith("The file name ends in “.csv”")


def test_fifty_thousand_lines_are_read() -> None:
    text = "E-Mail;Vorname;Nachname\n" + "".join(f"p{n}@example.com;Anna;Berg\n" for n in range(MOST_LINES))
    assert len(read(text)) == 50_000
    assert len(read(text.partition("\n")[2])) == 50_000


@pytest.mark.parametrize("head", ["", "E-Mail\n"])
def test_one_more_line_is_too_many(head: str) -> None:
    told = refused(lambda: read(head + "a@example.com\n" * (MOST_LINES + 1)))
    assert told.startswith("This list has more than 50000 lines.")


@pytest.mark.parametrize(
    "text",
    [
        "<" * 20_000,
        '"' * 20_001,
        "a@" * 20_000,
        " " * 30_000 + "<",
        "<@>" * 9,
        "x" * 40_000,
        "x " * 40_000,
        ", " * 40_000,
        "<a@" * 20_000,
        "(" * 20_000 + "a@b" + ")" * 20_000,
    ],
)
def test_nonsense_comes_to_an_end(text: str) -> None:
    """A pattern that tries every split of these would run for hours. They are refused, or no line of them invites."""
    entries = []
    with suppress(ValidationError):
        entries = read(text)
    assert not any(is_well_formed(entry.email) for entry in entries)


def test_a_heading_that_never_ends_is_refused() -> None:
    told = refused(lambda: read("x" * 200_000 + ";Name\na@example.com;A"))
    assert told.startswith("Line 1: a quotation mark is not closed, or a cell is too long.")
