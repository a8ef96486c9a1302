"""The Social Media Guide: `data/profile_guide.yaml`, and what somebody has marked in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.kit.words import Words
from programs.guidelines.models_profile import ProfileCheck, ProfileMark
from programs.guidelines.wording import file_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FILE = "profile_guide.yaml"


@dataclass(frozen=True)
class ProfilePoint:
    number: int
    key: str
    title: Words
    why: Words
    ask: Words


@dataclass(frozen=True)
class GuideSource:
    text: str
    about: Words


def points() -> list[ProfilePoint]:
    """In the order of the numbers in the picture."""
    return [
        ProfilePoint(number, row["key"], Words(row["title"]), Words(row["why"]), Words(row["ask"]))
        for number, row in enumerate(file_of(FILE)["points"], start=1)
    ]


def reading() -> dict[str, Any]:
    """What everybody in the program reads."""
    said = file_of(FILE)
    stated_on: date = said["stated_on"]
    return {
        "first_post": [(Words(row["title"]), Words(row["text"])) for row in said["first_post"]],
        "openers": [Words(text) for text in said["openers"]],
        "sources": [GuideSource(row["text"], Words(row["about"])) for row in said["sources"]],
        "stated_on": stated_on,
    }


def marks_of(user: "User", program: Program) -> dict[str, str]:
    """The person's own; a point that is not in the guide any more is left out."""
    row = ProfileCheck.objects.filter(program=program, user=user).first()
    known = {point.key for point in points()}
    return {key: mark for key, mark in (row.marks if row else {}).items() if key in known}


@transaction.atomic
def mark(program: Program, *, marks: Mapping[str, str], by: "User") -> None:
    """Points are marked, or their marks taken away; the others stay. It is in no journal."""
    row, _new = ProfileCheck.objects.select_for_update().get_or_create(program=program, user=by)
    kept = {**row.marks, **marks}
    row.marks = {key: value for key, value in kept.items() if value in ProfileMark.values}
    if row.marks:
        row.save(update_fields=["marks"])
    else:
        row.delete()
