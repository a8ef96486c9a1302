"""What the pages of the directory show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit import rooms
from core.kit.pages_of_people import PartOfPerson, WayToAsk
from programs.consents import notices
from programs.consents.access import has_granted
from programs.consents.models import Purpose
from programs.directory import access, queries
from programs.directory.cards import cards
from programs.directory.models import Offer, Profile
from programs.directory.queries import FIRST_CHIPS, Asked
from programs.directory.services import entered_by
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def directory(user: "User", program: Program, asked: Asked) -> dict[str, Any]:
    """The filters as they stand; whom they find is asked by the view."""
    known = queries.topics(program)
    helps = known[Offer.Kind.HELP]
    chosen = [topic for topic in helps if topic.value in asked.helps]
    first = [*chosen, *(topic for topic in helps if topic not in chosen)]
    shown = max(FIRST_CHIPS, len(chosen))
    places = queries.places(program)
    topics = [(topic.value, topic.label) for topic in known[Offer.Kind.TOPIC]]
    filters = [
        {
            "name": name,
            "label": label,
            "value": next((known for known, _shown in choices if str(known).lower() == value.lower()), ""),
            "choices": [("", _("all")), *sorted(choices, key=lambda c: c[1])],
        }
        for name, label, value, choices in (
            ("site", _("Site"), asked.site, places["site"]),
            ("topic", _("Topic"), asked.topic, topics),
            ("language", _("Language"), asked.language, places["language"]),
        )
        if choices
    ]
    return {
        "program": program,
        "asked": asked,
        "chips": first[:shown],
        "more_chips": first[shown:],
        "filters": filters,
        "near": queries.near(asked, known),
        "may_appear": access.can_appear(user, program),
        "stands_there": access.stands_there(user, program),
        "ask_all": next(iter(_ways(user, program, None)), None),
    }


def person(user: "User", profile: Profile) -> dict[str, Any]:
    """What a person chose, ways to ask, and what other rooms show of the person."""
    program = profile.program
    (card,) = cards(program, [profile])
    is_own = profile.user_id == user.pk
    return {
        "program": program,
        "person": card,
        "is_own": is_own,
        "is_hidden": is_own and not access.stands_there(user, program),
        "ways": [] if is_own else _ways(user, program, profile.user),
        "parts": _parts(user, program, profile.user),
    }


def small_card(user: "User", profile: Profile) -> dict[str, Any]:
    """Who it is, and the first way to ask."""
    (card,) = cards(profile.program, [profile])
    ways = [] if profile.user_id == user.pk else _ways(user, profile.program, profile.user)
    return {"person": card, "way": next(iter(ways), None)}


def _ways(user: "User", program: Program, person: "User | None") -> list[WayToAsk]:
    found = (way(user, program, person) for room in rooms.every() for way in room.ways_to_ask)
    return [way for way in found if way is not None]


def _parts(user: "User", program: Program, person: "User") -> list[PartOfPerson]:
    found = (part(user, program, person) for room in rooms.every() for part in room.parts_of_person)
    return [part for part in found if part is not None]


@dataclass(frozen=True)
class Own:
    """The own entries, as the form takes them."""

    profile: Profile
    is_listed: bool  # the consent stands
    is_seen: bool  # and nothing else hides it

    @property
    def for_form(self) -> dict[str, Any]:
        return {
            "entered": entered_by(self.profile),
            "version": self.profile.version,
            "has_photo": self.profile.photo_id is not None,
            "asks": not self.is_listed,
        }

    @property
    def photo_url(self) -> str:
        is_there = self.is_listed and self.profile.photo_id
        return reverse("attachments:thumbnail", args=[self.profile.photo_id]) if is_there else ""

    @property
    def notice(self) -> notices.PurposeText:
        return notices.purpose(Purpose.DIRECTORY)


def own(user: "User", program: Program) -> Own:
    profile = Profile.objects.filter(program=program, user=user).first() or Profile(program=program, user=user)
    is_listed = profile.pk is not None and has_granted(user, program, Purpose.DIRECTORY)
    return Own(profile, is_listed, is_listed and access.stands_there(user, program))


def suggestions(program: Program) -> dict[str, Any]:
    """Sites and departments that others show, so that one thing is written one way."""
    places = queries.places(program)
    return {"sites": places["site"], "departments": places["department"]}
