"""A day and a time in one field, on the reader's own clock."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.utils import timezone

from core.kit.moments import MomentField


class Form(forms.Form):
    when = MomentField(required=False)


def read(text: str, which: str = "", zone: str = "Europe/Berlin") -> Any:
    with timezone.override(zone):
        form = Form({"when": text, "when_which": which})
        return form.cleaned_data["when"] if form.is_valid() else form.errors.as_data()["when"][0].code


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Europe/Berlin", 8), ("Europe/Zurich", 8), ("UTC", 9), ("America/New_York", 14), ("Asia/Kolkata", 3)],
)
def test_what_is_typed_is_the_readers_time(zone: str, hour: int) -> None:
    moment = read("2026-11-30T09:00", zone=zone)
    assert (moment.astimezone(UTC).day, moment.astimezone(UTC).hour) == (30, hour)
    with timezone.override(zone):
        assert 'value="2026-11-30T09:00"' in str(Form(initial={"when": moment})["when"])
        assert zone in str(Form(initial={"when": moment})["when"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2027-03-28T02:30", "local_time"),
        ("2027-10-31T02:30", "local_time_twice"),
        ("2027-02-31T09:00", "invalid"),
        ("2027-01-01T25:00", "invalid"),
        ("tomorrow", "invalid"),
        ("2027-01-01T09:00+05:00", "invalid"),
        ("0001-01-01T00:00", "unreasonable"),
        ("9999-12-31T23:59", "unreasonable"),
    ],
)
def test_a_time_that_cannot_be_is_refused(text: str, code: str) -> None:
    assert read(text) == code
    with timezone.override("Europe/Berlin"):
        assert text in str(Form({"when": text})["when"]), "what was typed is kept"


def test_the_hour_that_comes_twice_is_asked_for() -> None:
    assert read("2027-10-31T02:30", "first") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    second = read("2027-10-31T02:30", "second")
    assert second == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert "when_which" in str(Form({"when": "2027-10-31T02:30"})["when"])
        assert 'value="second" checked' in str(Form(initial={"when": second})["when"])
        assert "when_which" not in str(Form({"when": "2027-10-30T02:30"})["when"])


def test_nothing_is_nothing() -> None:
    assert read("") is None
