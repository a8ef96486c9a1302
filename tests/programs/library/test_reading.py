"""A file of strangers: what is right comes back the same, what is wrong is told with its line and how to mend it."""

import random
from contextlib import suppress
from typing import Any

import pytest

from programs.library import reading, safe_yaml, shape, writing
from programs.library.safe_yaml import BadFile
from programs.library.shipped import shipped
from programs.phases.template import FILE, seven_phases_file
from tests.factories.library import content

PLAIN = "name: One\nphases:\n- name: Two\n  items:\n  - title: Three\n"
ODD = (
    "no", "on", "~", "null", "1", "1.5", "2026-11-02", "yes: no", "- a", "# b", "a # b", "'", '"', "{a}", "[b]", "&c",
    "*d", "!e", "|", ">", "%f", "@g", "`h`", "a\nb", "a\n\n  b\n c", "ä ö ü ß", "日本語", "🎈", "a\u00a0b", "\u2028x",
    "=1+1", "<<", "---", "...", "a: b\nc: d", "x" * 190, "tab\tinside", "back\\slash", "?", "? a", ": b", "end:",
    "e\u0301", "\ufeffmark", "0x1f", "1_000", "12:30",
)  # fmt: skip


def faults(text: str) -> list[str]:
    with pytest.raises(BadFile) as bad:
        reading.read(text)
    return [str(fault) for fault in bad.value.faults]


def any_template(seed: int) -> dict[str, Any]:
    """A template of odd words and numbers."""
    chance = random.Random(seed)

    def words(*, may_be_empty: bool = True, most: int = 3) -> dict[str, str]:
        codes = chance.sample(["de", "en", "fr", "pt-BR"], chance.randint(0 if may_be_empty else 1, most))
        return {code: chance.choice(ODD) if may_be_empty else " ".join(chance.choice(ODD).split()) for code in codes}

    def keys(count: int) -> list[str]:
        return chance.sample(["a", "b-1", "no", "null", "1", "x_y", "Z", "on", "0"], count)

    return shape.completed(
        {
            "key": keys(1)[0],
            "version": chance.randint(1, 99),
            "name": words(may_be_empty=False),
            "about": words(),
            "attribution": words(),
            "licence": chance.choice(["", "CC BY 4.0", "no", "CC0: public"]),
            "source": chance.choice(["", "https://example.com/a?b=c#d"]),
            "phases": [
                {
                    "key": key,
                    "name": words(may_be_empty=False),
                    "short": {},
                    "aim": words(),
                    "offset_weeks": chance.randint(0, 520),
                    "weeks": chance.randint(1, 520),
                    "marks": [
                        {
                            "key": each,
                            "kind": chance.choice(shape.KINDS),
                            "name": words(may_be_empty=False),
                            "offset_weeks": chance.randint(0, 9),
                        }
                        for each in keys(chance.randint(0, 2))
                    ],
                    "items": [
                        {
                            "key": each,
                            "title": words(may_be_empty=False),
                            "hint": words(),
                            "must": chance.random() < 0.5,
                            "due_week": chance.choice([None, 1, 7, 520]),
                            "ask_every": chance.choice(shape.INTERVALS),
                        }
                        for each in keys(chance.randint(0, 5))
                    ],
                }
                for key in keys(chance.randint(1, 4))
            ],
        }
    )


@pytest.mark.parametrize("seed", range(150))
def test_what_is_exported_is_imported_as_it_was(seed: int) -> None:
    whole = any_template(seed)
    text = writing.write(whole)
    assert reading.read(text) == whole
    assert writing.write(reading.read(text)) == text


def test_attribution_and_licence_come_along() -> None:
    whole = content()
    back = reading.read(writing.write(whole))
    assert (back["attribution"], back["licence"], back["source"]) == (
        whole["attribution"],
        "CC BY 4.0",
        "https://example.com/kick-off",
    )


def test_the_products_own_files_are_read_like_anybodys() -> None:
    assert reading.read(FILE.read_text()) == shape.completed(seven_phases_file())
    for row in shipped().values():
        assert reading.read(writing.write(row)) == row


def test_little_is_enough() -> None:
    row = reading.read(PLAIN)
    assert row["phases"][0]["items"][0] == {
        "key": "three", "title": {"en": "Three"}, "hint": {}, "must": True, "due_week": None, "ask_every": 0,
        "values": {},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 0, "nothing in it"),
        ("- a\n- b", 1, "starts with names"),
        ("just words", 1, "starts with names"),
        ("name: &x One\nphases:\n- name: *x\n", 1, "“&x”) are not supported"),
        ("name: One\nphases: *x\n", 2, "“*x” refers to another place"),
        ("name: !!python/object/apply:os.system ['x']\n", 1, "is a type, which is not read"),
        ("name: One\nphases: !mine []\n", 2, "is a type"),
        ("%YAML 1.1\n---\nname: One\n", 1, "start with %"),
        ("name: One\n---\nname: Two\n", 2, "second document"),
        ("a: " + "[" * 40 + "]" * 40, 1, "nested too deeply"),
        ("name: One\nname: Two\nphases:\n- name: A\n", 2, "second time (first in line 1)"),
        ("name:\n  en: One\n  en: Two\nphases:\n- name: A\n", 3, "second time"),
        ("name: One\nfases:\n- name: A\n", 2, "Did you mean “phases”?"),
        ("name: One\nphases: []\n", 2, "no phase"),
        ("name: One\nphases: many\n", 2, "A list is expected"),
        ("name: One\nphases:\n- A\n", 3, "single text or a list"),
        (PLAIN + "    due_week: soon\n", 6, "not a whole number between 1 and 520"),
        (PLAIN + "    due_week: -1\n", 6, "not a whole number"),
        (PLAIN + "    must: perhaps\n", 6, "“true” or “false”"),
        (PLAIN + "    ask_every: 5\n", 6, "one of these: 0, 4, 13, 26"),
        (PLAIN + "    hint: [a, b]\n", 6, "A text is expected"),
        (PLAIN + "    hint:\n      deutsch: Ja\n", 7, "not a language"),
        (PLAIN + "    key: a b\n", 6, "A key has letters"),
        (PLAIN + "    key: same\n  - title: Four\n    key: same\n", 8, "is taken by another entry"),
        (PLAIN + "    hint: \"a\\u202eb\"\n", 6, "invisible control character"),
        (PLAIN + "  - title: ''\n", 6, "missing or empty"),
        ("name: One\nsource: javascript:alert(1)\nphases:\n- name: A\n", 2, "must start with https://"),
        ("format: 2\n" + PLAIN, 1, "written by a newer release"),
        ("name: One\nphases:\n- name: 'A\n  weeks: 2\n", 3, "not closed"),
        ("name: One: two\nphases:\n- name: A\n", 1, "A colon is in the way"),
        ("name: One\nphases:\n\t- name: A\n", 3, "a tab or a character"),
        ("name: One\nphases:\n  - name: A\n - name: B\n", 4, "same number of spaces"),
        ("name: One\nabout: a\x07b\nphases:\n- name: A\n", 2, "invisible control character"),
        ("name: One\nabout: a\ud800b\nphases:\n- name: A\n", 2, "invisible control character"),
        ("name: " + "x" * 201 + "\nphases:\n- name: A\n", 1, "201 characters; at most 200"),
        ("name: One\nphases:\n" + "- name: A\n" * 41, 3, "41 entries; at most 40"),
        ("x" * 400_001, 0, "401 KB; at most 400 KB"),
        ("[" * 60_000, 1, "nested too deeply"),
        ("name: One\nphases:\n- ? [a]\n  : b\n", 3, "not known here"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_what_to_do(text: str, line: int, says: str) -> None:
    told = faults(text)
    assert says in told[0]
    assert told[0].startswith(f"Line {line}: ") if line else not told[0].startswith("Line")


def test_a_missing_colon_is_named_in_its_own_line() -> None:
    assert [told[:8] for told in faults("format: 1\nname Plan\nphases: []\n")] == ["Line 2: "]


def test_five_hundred_lines_with_a_broken_one() -> None:
    rows = [f"  - title: Item {number}\n    due_week: {number}" for number in range(1, 200)]
    rows[120] = "  - title: Item 121\n    due_week: early"
    text = "name: Long\nphases:\n- name: One\n  weeks: 300\n  items:\n" + "\n".join(rows) + "\n"
    assert len(text.splitlines()) > 400
    assert faults(text) == [
        "Line 247: “early” is not a whole number between 1 and 520. Please write one in digits."
    ]  # fmt: skip


def test_all_faults_at_once_but_not_hundreds() -> None:
    many = "name: One\nphases:\n- name: A\n  items:\n" + "  - title: B\n    due_week: x\n" * 100
    assert len(faults(many)) == reading.MOST_FAULTS
    assert len(faults("nam: One\nphases:\n- name: A\n  weeks: x\n")) == 3


def test_a_file_in_another_encoding_says_in_which_line() -> None:
    with pytest.raises(BadFile) as bad:
        safe_yaml.decoded("name: One\nabout: für\n".encode("cp1252"))
    assert str(bad.value.faults[0]).startswith("Line 2: These characters are not UTF-8.")
    assert safe_yaml.decoded(b"\xef\xbb\xbfname: A") == "name: A"


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    assert "are not supported" in faults(bomb)[0]
    assert "too many entries" in faults("name: One\nphases: [" + "a," * 70_000 + "]")[0]


def test_random_damage_is_never_an_accident() -> None:
    text, chance = writing.write(content()), random.Random(7)
    fine = 0
    signs = list("{}[]&*!|>'\"%@`:-#,? \n\tx\x00\u2028é")
    for _round in range(1500):
        at = chance.randrange(len(text))
        broken = text[:at] + "".join(chance.choices(signs, k=chance.randint(1, 3))) + text[at + chance.randint(0, 3) :]
        with suppress(BadFile):
            reading.read(broken)
            fine += 1
    assert 0 < fine < 1500, "some of it is still a template, and some is not"
