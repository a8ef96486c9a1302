"""What becomes of each line, and why."""

import pytest

from programs.generations import addresses
from programs.generations.roster_entries import Entry
from programs.generations.verdicts import Known, counts, judge, why


def verdict(*emails: str, known: Known | None = None, free: int = 99) -> list[tuple[str, str]]:
    lines = judge([Entry(number, email) for number, email in enumerate(emails, start=1)], known or Known(), free)
    return [(line["verdict"], why(line)) for line in lines]


def test_each_kind_of_line() -> None:
    known = Known(
        members=frozenset({"anna@x.de"}),
        invited=frozenset({"ben@x.de"}),
        closed=frozenset({"gone@x.de"}),
    )
    assert verdict("New@X.de", "anna@x.de", "BEN@x.de", "gone@x.de", "", "a@b", known=known) == [
        ("new", ""),
        ("known", ""),
        ("invited", ""),
        ("refused", "This address cannot be invited."),
        ("refused", "The address is missing."),
        ("refused", "This is not a complete email address. It should look like name@company.com."),
    ]


def test_the_second_of_two_names_the_first() -> None:
    assert verdict("a@x.de", "b@x.de", "A@x.de", "a@x.de") == [
        ("new", ""),
        ("new", ""),
        ("refused", "The same address is in line 1."),
        ("refused", "The same address is in line 1."),
    ]


@pytest.mark.parametrize("twin", ["m\u0131ke@x.de", "mik\u0435@x.de", "mike@\u0445.de", "MIK\u00c9@x.de"])
def test_a_look_alike_of_a_known_address(twin: str) -> None:
    known = Known(members=frozenset({"mike@x.de"}))
    told = "This looks confusingly similar to mike@x.de, which is already known. Please type it again."
    assert verdict(twin, known=known) == [("refused", told)]
    assert verdict("mike@x.de", twin) == [("new", ""), ("refused", told)]


def test_what_is_no_address_stays_as_it_was_typed_and_hidden_letters_are_seen() -> None:
    lines = judge([Entry(1, "Büro"), Entry(2, "üm@bücher.de"), Entry(3, "r@x.de", "\u202eevil\u200b")], Known(), 9)
    assert [line["email"] for line in lines] == ["Büro", "üm@bücher.de", "r@x.de"]
    assert lines[2]["name"] == "\ufffdevil\ufffd"


def test_an_umlaut_in_the_domain_is_kept_as_mail_servers_write_it() -> None:
    (line,) = judge([Entry(1, "Anna@Müller.de")], Known(), 9)
    assert (line["email"], line["verdict"]) == ("anna@xn--mller-kva.de", "new")


@pytest.mark.parametrize(
    "address",
    [
        *("a", "a@", "@x.de", "a@x", "a b@x.de", "a@x..de", ".a@x.de", "a@-x.de", "a@1.2.3.4", "a@x.de@y.de"),
        *("ö@x.de", "a@" + "x" * 64 + ".de", "a" * 65 + "@x.de", "a@" + "x." * 140 + "de"),
    ],
)
def test_malformed(address: str) -> None:
    assert verdict(address)[0][0] == "refused"


@pytest.mark.parametrize("address", ["a@x.de", "o'neil+x@mail.example.co.uk", "a.b-c_d@xn--mller-kva.de", "1@2.de"])
def test_well_formed(address: str) -> None:
    assert addresses.is_well_formed(address)


@pytest.mark.parametrize(("text", "place"), [("An\u202ena", 3), ("\u200bAnna", 1), ("An\x00na", 3), ("An\ufffdna", 3)])
def test_an_invisible_character_is_named_by_its_place(text: str, place: int) -> None:
    (line,) = judge([Entry(1, "a@x.de", text)], Known(), 9)
    told = f"There is an invisible control character at position {place}. Please type this line again."
    assert (line["verdict"], why(line)) == ("refused", told)


def test_more_people_than_places_is_a_note_and_no_refusal() -> None:
    over = "There are more people than free places. The invitation will still be sent."
    assert verdict("a@x.de", "b@x.de", "c@x.de", free=1) == [("new", ""), ("new", over), ("new", over)]


def test_counts() -> None:
    lines = judge([Entry(1, "a@x.de"), Entry(2, "a@x.de"), Entry(3, "b@x.de")], Known(), 9)
    assert counts(lines) == {"new": 2, "known": 0, "invited": 0, "refused": 1}
