from types import SimpleNamespace
from typing import Any

import pytest

from core.kit.markdown import render
from core.people.mentions import kept, mentioned, names_of, written

NAMES = {1: "Anna", 2: "Anna Berger", 3: "Jürgen Groß-Müller"}


class Person(SimpleNamespace):
    def __str__(self) -> str:
        return str(self.name)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("@Anna Berger, @Anna!", "@[2], @[1]!"),
        ("(@Jürgen Groß-Müller)", "(@[3])"),
        ("mail@Anna.de and @Annabel", "mail@Anna.de and @Annabel"),
        ("@[2] @[9]", "@[2] @ [9]"),
    ],
)
def test_names_are_kept_as_numbers(text: str, stored: str) -> None:
    assert kept(text, NAMES) == stored
    assert kept(written(stored, NAMES), NAMES) == stored


def test_two_of_the_same_name_are_told_apart() -> None:
    people: list[Any] = [Person(pk=pk, name="Eva", email=f"e{pk}@x.de", apart="") for pk in (1, 2)]
    people.append(Person(pk=3, name="Adam", email="a@x.de", apart=""))
    assert names_of(people) == {3: "Adam", 1: "Eva (1)", 2: "Eva (2)"}


def test_what_their_program_says_tells_them_apart_before_a_number_does() -> None:
    people: list[Any] = [Person(pk=pk, name="Eva", apart=apart) for pk, apart in ((1, "Sales"), (2, ""), (3, "B"))]
    assert names_of(people) == {1: "Eva (Sales)", 2: "Eva (1)", 3: "Eva (B)"}


def test_a_mention_is_drawn_with_its_name_and_never_as_markup() -> None:
    names = {1: "<b>*Eva*</b>"}
    assert render("Hi @[1]!", names=names) == "<p>Hi <strong>@&lt;b&gt;*Eva*&lt;/b&gt;</strong>!</p>\n"
    assert render("`@[1]` @[2]", names=names) == "<p><code>@[1]</code> @…</p>\n"
    assert mentioned("@[1] and @[22] and @[x]") == {1, 22}
