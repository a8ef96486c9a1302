"""Lists of people as they come: pasted in any shape, saved by German Excel, or broken."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from programs.generations.addresses import is_well_formed
from programs.generations.roster_text import MOST_LINES, Entry, decode, read

SAMPLE = Path(__file__).parents[2] / "samples/roster_hris_de_semicolon_cp1252.csv"


def message(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return error.value.messages[0]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("a@x.de", [Entry(1, "a@x.de")]),
        ("a@x.de, b@x.de; c@x.de\td@x.de e@x.de", [Entry(1, f"{name}@x.de") for name in "abcde"]),
        ("a@x.de\r\n\r\nb@x.de\rc@x.de", [Entry(1, "a@x.de"), Entry(3, "b@x.de"), Entry(4, "c@x.de")]),
        ("Jürgen Groß <j@x.de>", [Entry(1, "j@x.de", "Jürgen Groß")]),
        ('"Groß, Jürgen" <j@x.de>; Zoë <z@x.de>', [Entry(1, "j@x.de", "Groß, Jürgen"), Entry(1, "z@x.de", "Zoë")]),
        ("Jürgen Groß j@x.de", [Entry(1, "j@x.de", "Jürgen Groß")]),
        ("Groß\tJürgen\tj@x.de", [Entry(1, "j@x.de", "Groß Jürgen")]),
        ("no address here", [Entry(1, "no address here")]),
        ("a@x.de, nonsense, b@x.de", [Entry(1, "a@x.de"), Entry(1, "b@x.de"), Entry(1, "nonsense")]),
        ("name;mail\nAnna;a@x.de", [Entry(2, "a@x.de", "Anna")]),
        ("E-Mail\na@x.de\n", [Entry(2, "a@x.de")]),
        ("Work Email,First Name,Surname\na@x.de,Anna,Berg", [Entry(2, "a@x.de", "Anna Berg")]),
        ("Vorname;Name;E-Mail-Adresse\nAnna;Berg;a@x.de", [Entry(2, "a@x.de", "Anna Berg")]),
        ("E-Mail;Name\na@x.de;\n\n;Ben\n", [Entry(2, "a@x.de"), Entry(4, "", "Ben")]),
        ('E-Mail;Name\na@x.de;"Anna\nBerg"\nb@x.de;Ben', [Entry(2, "a@x.de", "Anna\nBerg"), Entry(4, "b@x.de", "Ben")]),
        ("E-Mail;Name\na@x.de;=HYPERLINK(1)", [Entry(2, "a@x.de", "=HYPERLINK(1)")]),
    ],
)
def test_read(text: str, entries: list[Entry]) -> None:
    assert read(text) == entries


def test_the_german_personnel_list() -> None:
    decoded = decode(SAMPLE.read_bytes(), SAMPLE.name)
    assert (decoded.encoding, decoded.sample) == ("windows-1252", "Jürgen")
    assert read(decoded.text)[:2] == [
        Entry(2, "juergen.gross@example.com", "Jürgen Groß"),
        Entry(3, "ZOE.ONEIL@example.com", "Zoë O'Neil"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_certain(encoding: str) -> None:
    decoded = decode("E-Mail;Name\nm@x.de;Müller\n".encode(encoding))
    assert decoded.sample == ""
    assert read(decoded.text) == [Entry(2, "m@x.de", "Müller")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no address in this list."),
        ("Name;Abteilung\nAnna;Vertrieb", "A column “E-mail” is missing. Found: «Name», «Abteilung»."),
        ("E-Mail;Mail\na@x.de;b@x.de", "Several columns could hold the address: «E-Mail», «Mail»."),
        ('E-Mail;Name\na@x.de;Anna\nb@x.de;"Ben\nc@x.de;C', "Line 3: a quotation mark is opened and not closed."),
    ],
)
def test_a_list_that_cannot_be_read_says_why(text: str, words: str) -> None:
    with pytest.raises(ValidationError) as error:
        read(text)
    assert message(error).startswith(words)


def test_a_pdf_with_another_ending() -> None:
    with pytest.raises(ValidationError) as error:
        decode(b"%PDF-1.7 ...", "roster.csv")
    assert message(error).startswith("The file ends in .csv, its content is PDF.")


def test_fifty_thousand_lines_are_read() -> None:
    text = "E-Mail;Vorname;Nachname\n" + "".join(f"p{n}@example.com;Anna;Berg\n" for n in range(MOST_LINES))
    assert len(read(text)) == 50_000
    assert len(read(text.partition("\n")[2])) == 50_000


@pytest.mark.parametrize("head", ["", "E-Mail\n"])
def test_one_more_line_is_too_many(head: str) -> None:
    with pytest.raises(ValidationError) as error:
        read(head + "a@example.com\n" * (MOST_LINES + 1))
    assert message(error).startswith("This list has more than 50000 lines.")


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 50,
        "<" * 20_000,
        '"' * 20_001,
        "a@" * 20_000,
        " " * 30_000 + "<",
        "<@>" * 9,
        "x" * 40_000,
        "x " * 40_000,
        ", " * 40_000,
    ],
)
def test_nonsense_comes_to_an_end(text: str) -> None:
    """A pattern that tries every split of these would run for hours. They are refused, or no line of them invites."""
    entries = []
    with suppress(ValidationError):
        entries = read(text)
    assert not any(is_well_formed(entry.email) for entry in entries)


def test_a_heading_that_never_ends_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        read("x" * 200_000 + ";Name\na@example.com;A")
    assert message(error).startswith("A line of this list is far too long.")
