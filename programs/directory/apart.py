"""People who share their name, told apart by the same mark wherever somebody of the program is shown."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from core.people.models import User
from programs.directory.models import Part
from programs.directory.present import listed
from programs.membership.models import Membership, Program, Role

LETTERS = 2  # as long a letter may be: a department of that name would be taken for one
STILL_SHOWN = Q(ended_at=None) | ~Q(role=Role.INFLUENCER)  # the team keeps its name for as long as the role is kept


def has_namesake(program: Any) -> Exists:
    """Whether the person of a membership shares the name with somebody else of the program."""
    others = (
        Membership.objects.filter(STILL_SHOWN, program=program).exclude(user=OuterRef("user")).exclude(user__name="")
    )
    return Exists(others.annotate(lower=Lower("user__name")).filter(lower=Lower(OuterRef("user__name"))))


def told_apart(program: Program | int, people: Iterable[int]) -> dict[int, str]:
    """For those of these who share their name with somebody of the program, and for their namesakes: department and
    site, as far as they show them in the directory and it tells them apart, else a letter. Who has a name alone, or
    none, is not in it. The letter stays as long as the roles of namesakes who left are kept."""
    names = User.objects.filter(pk__in=set(people)).exclude(name="").values(lower=Lower("name"))
    rows = Membership.objects.filter(program=program).annotate(lower=Lower("user__name")).filter(lower__in=names)
    alike: dict[str, dict[int, bool]] = defaultdict(dict)
    for name, pk, role, ended_at in rows.order_by("pk").values_list("lower", "user_id", "role", "ended_at"):
        is_shown = ended_at is None or role != Role.INFLUENCER
        alike[name][pk] = is_shown or alike[name].get(pk, False)
    groups = [group for group in alike.values() if sum(group.values()) > 1]
    if not groups:
        return {}
    places = _places(program, [pk for group in groups for pk in group])
    found: dict[int, str] = {}
    for group in groups:
        found |= _marks(group, places)
    return found


def _places(program: Program | int, people: list[int]) -> dict[int, str]:
    """What each of these shows of where they work."""
    return {
        profile.user_id: ", ".join(
            value
            for name in (Part.DEPARTMENT, Part.SITE)
            if name in profile.shown and (value := getattr(profile, name))
        )
        for profile in listed(program).filter(user__in=people)
    }


def _marks(group: dict[int, bool], places: dict[int, str]) -> dict[int, str]:
    taken = [places.get(pk, "").lower() for pk in group]
    marks = {}
    for number, (pk, is_shown) in enumerate(group.items()):
        place = places.get(pk, "")
        if is_shown:
            marks[pk] = place if len(place) > LETTERS and taken.count(place.lower()) == 1 else _letter(number)
    return marks


def _letter(number: int) -> str:
    """A to Z, then AA: it tells apart and says nothing else."""
    return (chr(ord("A") + number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
