"""What every form asks of what is typed: a line is one line, a text is visible, a day is within reason."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from core.kit.form_parts import Begins, begin, parts_of
from core.kit.forms import DayField, Form
from core.people.models import User
from core.people.picker import PersonField


class Everything(Form):
    line = forms.CharField()
    email = forms.EmailField()
    text = forms.CharField(widget=forms.Textarea)
    password = forms.CharField(widget=forms.PasswordInput)
    day = DayField()


class Plain(forms.Form):
    line = forms.CharField()


GIVEN = {
    "line": "Ålesund 🐟 مرحبا",
    "email": "anna@example.com",
    "text": "a\n\tb",
    "password": "a\u202eb",
    "day": "2026-01-05",
}
BREAKS = ["a\nb", "a\r\nBcc: b@example.com", "a\u2028b", "a\x85b", "a\tb", "a\x0bb"]
HIDDEN = ["a\u202eb", "a\u2066b", "a\u061cb", "a\x07b", "a\x1bb", "a\x00b", "a\ud800b"]


def refused(**odd: Any) -> set[str]:
    return set(Everything(GIVEN | odd).errors)


def test_what_people_type_is_taken() -> None:
    assert refused() == set()


@pytest.mark.parametrize("odd", [*BREAKS, *HIDDEN])
def test_a_line_is_one_line_that_can_be_seen(odd: str) -> None:
    assert refused(line=odd) == {"line"}
    assert refused(email=f"{odd}@example.com") == {"email"}
    assert Plain({"line": "a\nb"}).is_valid(), "Django alone would take it"


@pytest.mark.parametrize("odd", HIDDEN)
def test_a_text_can_be_seen(odd: str) -> None:
    assert refused(text=odd) == {"text"}


@pytest.mark.parametrize("odd", ["0001-01-01", "1989-12-31", "2101-01-01", "9999-12-31", "0000-00-00", "10000-01-01"])
def test_a_day_is_within_reason(odd: str) -> None:
    assert refused(day=odd) == {"day"}
    assert refused(day="1990-01-01") == refused(day="2100-12-31") == set()


class Folded(Form):
    title = forms.CharField()
    note = forms.CharField(required=False)
    day = DayField(required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        begin(self, {"note": Begins("More", "a note")})


@pytest.mark.parametrize(("day", "is_open"), [("", False), ("2026-02-31", True)])
def test_a_folded_part_opens_for_what_needs_mending(day: str, is_open: bool) -> None:
    first, more = parts_of(Folded({"title": "a", "day": day}))
    assert (first.begins, [field.name for field in first.fields], [field.name for field in more.fields]) == (
        None,
        ["title"],
        ["note", "day"],
    )
    assert more.is_open is is_open


def test_of_an_empty_file_it_is_said_what_to_do() -> None:
    class Upload(Form):
        file = forms.FileField()
        other = forms.FileField(error_messages={"empty": "In words of its own."})

    empty = {name: SimpleUploadedFile("a.csv", b"") for name in ("file", "other")}
    errors = Upload({}, empty).errors
    assert "choose that copy" in str(errors["file"])
    assert "In words of its own" in str(errors["other"])


def test_an_empty_choice_is_no_row_of_dashes() -> None:
    class Choosing(Form):
        phase = forms.ModelChoiceField(User.objects.none(), required=False)
        person = PersonField(User.objects.none(), required=False)

    form = Choosing()
    assert [label for _value, label in form["phase"].field.choices] == ["–"]
    assert [str(label) for _value, label in form["person"].field.choices] == ["nobody yet"]
