"""`|length` in a template is a number too: of things it is free, of people it needs a reason, as in the code
(`test_counts_of_people.py`). Names of things are listed once; a new name is people until somebody says otherwise."""

import re
from collections.abc import Iterator

import pytest

from tests.house.test_counts_of_people import NAMED, OWN
from tests.house.test_templates import FOLDER, NAMES

CONDITION = re.compile(r"\{%\s*(?:el)?if\b.*?%\}", re.S)  # limits and decides; shows nothing
LENGTH = re.compile(r"([\w.]+)\|length\b")
THINGS = {
    "added", "carried", "checks", "done", "drafts", "evidence", "fields", "get_unused_codes", "goals", "granted",
    "hidden", "ideas", "items", "jobs", "last_ten", "later", "lines", "more_chips", "na", "notes", "out", "own",
    "parts", "phases", "planned", "points", "programs", "proofs", "rooms", "slots", "tables", "today", "todo",
    "versions", "webauthn",
}  # fmt: skip
FILES = "files of one upload, each listed below, read by who may import them"
PEOPLE = {
    "analytics/imports/_posts.html: listed": OWN,
    "analytics/imports/_several.html: clean": FILES,
    "analytics/imports/_several.html: undoable": FILES,
    "analytics/reports/_opened.html: openers": NAMED,
    "community/event_photos/event_photos.html: agreed": NAMED,
    "community/event_photos/event_photos.html: asked": NAMED,
    "community/event_photos/event_photos.html: judged": "photos that were reported, not the people who did it",
    "community/event_photos/event_photos.html: own_waiting": OWN,
    "community/events/events_attended.html: rows": OWN,
    "community/office_hours/_line.html: line.talking": "who is being served: numbers that are called one by one",
    "community/office_hours/hours_away.html: shifts": "the host's own hours, each with who comes",
    "community/pulses/_tile.html: tile.pulse.questions": "questions",
    "community/pulses/pulse.html: rows": "questions",
    "operate/accounts.html: help": "accounts that need the administrator, each listed below",
    "programs/guidelines/guideline_quiz.html: form.rows": "questions",
    "programs/membership/hand_over.html: rows": NAMED,
    "programs/membership/program_settings.html: team": NAMED,
    "programs/reviews/_agenda.html: record.agenda.left_out": "items of the checklists",
}


def lengths(template: str) -> Iterator[str]:
    """What a template counts and shows."""
    yield from LENGTH.findall(CONDITION.sub("", template))


def of_people() -> dict[str, str]:
    found = {}
    for name in NAMES:
        for counted in lengths((FOLDER / name).read_text()):
            if counted.split(".")[-1] not in THINGS:
                found[f"{name}: {counted}"] = name
    return found


def test_every_length_of_people_has_a_reason() -> None:
    found = of_people()
    assert sorted(found.keys() - PEOPLE.keys()) == []
    assert sorted(PEOPLE.keys() - found.keys()) == [], "what counts nobody any more needs no reason"


@pytest.mark.parametrize(
    ("template", "seen"),
    [
        ("<b>{{ event.answers|length }}</b>", ["event.answers"]),
        ("{% blocktranslate count n=people|length %}", ["people"]),
        ("{% if people|length > 5 %}many{% endif %}", []),
    ],
)
def test_a_new_one_is_seen(template: str, seen: list[str]) -> None:
    assert list(lengths(template)) == seen
