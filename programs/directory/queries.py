"""What is selected of the directory. Whatever somebody does not show is neither found nor counted."""

import difflib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.characters import folded, visible
from core.kit.rooms import Hit
from programs.directory.cards import page_of
from programs.directory.models import Offer, Part, Profile
from programs.directory.present import listed
from programs.directory.words import language_name
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_WORDS = 6
FIRST_CHIPS = 8


@dataclass(frozen=True)
class Asked:
    """What somebody looks for."""

    words: str = ""
    helps: tuple[str, ...] = ()
    topic: str = ""
    language: str = ""
    site: str = ""

    @property
    def is_anything(self) -> bool:
        return self != Asked()


def asked_in(data: Any) -> Asked:
    """As it stands in the address."""
    one = {name: visible(data.get(name, ""))[:120] for name in ("q", "topic", "language", "site")}
    helps = tuple(folded(visible(each))[:120] for each in data.getlist("help")[:20] if visible(each))
    return Asked(one["q"], helps, folded(one["topic"]), one["language"], one["site"])


def found(program: Program, asked: Asked) -> QuerySet[Profile]:
    """By name, whoever looks."""
    rows = listed(program).select_related("user").order_by(Lower("user__name"), "pk")
    for word in folded(asked.words).split()[:MOST_WORDS]:
        rows = rows.filter(words__contains=word)
    if asked.helps:
        rows = rows.filter(_offers(Offer.Kind.HELP, asked.helps), shown__contains=[Part.HELPS])
    if asked.topic:
        rows = rows.filter(_offers(Offer.Kind.TOPIC, (asked.topic,)), shown__contains=[Part.TOPICS])
    if asked.language:
        rows = rows.filter(languages__contains=[asked.language], shown__contains=[Part.LANGUAGES])
    if asked.site:
        rows = rows.filter(site__iexact=asked.site, shown__contains=[Part.SITE])
    return rows


def _offers(kind: str, wanted: tuple[str, ...]) -> Exists:
    return Exists(Offer.objects.filter(profile=OuterRef("pk"), kind=kind, folded__in=wanted))


@dataclass(frozen=True)
class TopicShown:
    """Something that people show they can help with, or know, and how many of them: each stands there by name."""

    value: str
    label: str
    people: People


def topics(program: Program) -> dict[str, list[TopicShown]]:
    """By kind; what most people show comes first."""
    shown = Q(kind=Offer.Kind.HELP, profile__shown__contains=[Part.HELPS]) | Q(
        kind=Offer.Kind.TOPIC, profile__shown__contains=[Part.TOPICS]
    )
    rows = Offer.objects.filter(shown, profile__in=listed(program)).order_by().values("kind", "folded")
    counted = rows.annotate(times=Count("profile"), written=Min("label")).order_by("-times", "folded")
    found: dict[str, list[TopicShown]] = {kind: [] for kind in Offer.Kind.values}
    for row in counted:
        found[row["kind"]].append(TopicShown(row["folded"], row["written"], gate.named(row["times"])))
    return found


def places(program: Program) -> dict[str, list[tuple[str, str]]]:
    """Sites and languages that people show, for the filters; departments for whoever types one."""
    sites: dict[str, str] = {}
    departments: dict[str, str] = {}
    languages: set[str] = set()
    rows = listed(program).values_list("shown", "site", "department", "languages")
    for shown, site, department, spoken in rows:
        if Part.SITE in shown and site:
            sites.setdefault(site.lower(), site)
        if Part.DEPARTMENT in shown and department:
            departments.setdefault(department.lower(), department)
        if Part.LANGUAGES in shown:
            languages.update(spoken)
    return {
        "site": sorted((site, site) for site in sites.values()),
        "department": sorted((each, each) for each in departments.values()),
        "language": sorted(((code, language_name(code)) for code in languages), key=lambda pair: pair[1]),
    }


def near(asked: Asked, known: dict[str, list[TopicShown]]) -> list[TopicShown]:
    """Topics of help that look like what was typed, for a search that found nobody."""
    by_value = {topic.value: topic for topic in known[Offer.Kind.HELP]}
    words = folded(asked.words)
    close = difflib.get_close_matches(words, by_value, n=3, cutoff=0.5) if words else []
    inside = [value for value in by_value if any(word[:5] in value for word in words.split() if len(word) > 3)]
    return [by_value[value] for value in dict.fromkeys([*close, *inside])][:4]


def find_members(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """For the search over everything."""
    if not can(user, Ability.SEE_DIRECTORY, program):
        return
    for profile in found(program, Asked(visible(words)))[:most]:
        place = profile.site if Part.SITE in profile.shown else ""
        yield Hit(str(profile.user), page_of(program, profile.user_id), place)


def shown_by(program: Any, person: Any) -> QuerySet[Profile]:
    """Entries somebody made, for the step of the onboarding."""
    return Profile.objects.filter(program=program, user=person, version__gt=0)


def pages_among(user: "User", program_id: int, people: Set[int]) -> dict[int, str]:
    """The pages of those of these who stand in the directory, for who reads it: no link leads to what is not there."""
    program = next((program for program in roles_by_program(user) if program.pk == program_id), None)
    if program is None or not can(user, Ability.SEE_DIRECTORY, program):
        return {}
    there = listed(program).filter(user__in=people).values_list("user", flat=True)
    return {pk: page_of(program, pk) for pk in there}
