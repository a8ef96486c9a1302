"""What people paste into the field for guests: read in the time that its length deserves."""

import time

import pytest

from community.events.forms_guests import GuestsForm

KIM = "kim@b.example"


@pytest.mark.parametrize(
    ("line", "guest"),
    [
        (f"Kim Example <{KIM}>", ("Kim Example", KIM)),
        (f'"Doe, Kim" <{KIM}>,', ("Doe, Kim", KIM)),
        (f"Trainer; {KIM} ;", ("Trainer", KIM)),
        (f"Kim<{KIM}>", ("Kim", KIM)),
        (f"<{KIM}>", ("", KIM)),
        (f"Kim <old> {KIM}", None),
        (f"{KIM} Kim", None),
    ],
)
def test_the_last_word_of_a_line_is_the_address(line: str, guest: tuple[str, str] | None) -> None:
    form = GuestsForm({"guests": line, "language": "en"}, known=set())
    assert (form.cleaned_data["guests"] if form.is_valid() else [None]) == [guest]


def test_a_pasted_line_stops_nobody() -> None:
    began = time.thread_time()
    assert not GuestsForm({"guests": "a@" * 400 + "<x", "language": "en"}, known=set()).is_valid()
    assert time.thread_time() - began < 1
