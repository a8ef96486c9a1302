"""What stands around every page: the program, the places a role may go to, and the person."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from core.people.models import User
from programs.membership import access
from programs.membership.access import Ability
from programs.membership.models import Program

MOST_ON_PHONE = 5
PLACES_OF_ROOM = {  # the first of them that the person has
    "influencer.home": ("home",),
    "programs.membership": ("program",),
    "programs.phases": ("program",),
    "programs.checklists": ("program",),
    "programs.generations": ("people", "home"),
    "community.newsletters": ("newsletters",),
    "analytics.activities": ("home",),
    "analytics.dashboards": ("figures",),
    "analytics.imports": ("mine", "figures"),
    "analytics.kpis": ("figures",),
    "analytics.reports": ("reports",),
    "influencer.privacy": ("council",),
}


@dataclass
class Place:
    key: str
    label: str
    icon: str
    url: str
    current: bool = False
    count: int = 0
    count_now: bool = False


@dataclass
class Frame:
    program: Program | None = None
    programs: list[dict[str, str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    phone_places: list[Place] = field(default_factory=list)
    home_url: str = "/"
    me_url: str = ""
    search_url: str = ""
    contacts_url: str = ""
    accent_url: str = ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor; computed only where a template shows the frame."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Frame()
    programs = list(access.roles_by_program(user))
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    slug = slug or request.session.get("program")
    program = next((program for program in programs if program.slug == slug), programs[0] if programs else None)
    if program is not None and request.session.get("program") != program.slug:
        request.session["program"] = program.slug
    links = [
        {
            "name": each.name,
            "company_name": each.company_name,
            "slug": each.slug,
            "url": reverse("home:program", args=[each.slug]),
        }
        for each in programs
    ]
    places = _places(request, user, program) if program else []
    return Frame(
        program=program,
        programs=links,
        places=places,
        phone_places=_for_phone(places, request),
        home_url=reverse("home:program", args=[program.slug]) if program else reverse("home:start"),
        me_url=reverse("people:profile"),
        contacts_url=reverse("programs:contacts", args=[program.slug]) if program else "",
        accent_url=reverse("home:accent", args=[program.slug]) + f"?{program.accent[1:]}"
        if program and program.accent
        else "",
        search_url=reverse("home:search", args=[program.slug]) if program else "",
    )


def _places(request: HttpRequest, user: User, program: Program) -> list[Place]:
    """The left navigation: what a person's abilities reach, in the order of the day."""
    may = access.abilities_in(user, program)
    figures = "analytics:dashboard" if Ability.SEE_AGGREGATES in may else "analytics:reports"
    rows = [
        ("home", _("Home"), "home", "home:program", True),
        ("program", _("Program"), "route", "programs:timeline", Ability.SEE_PROGRAM in may),
        ("people", _("People"), "users", "programs:people", Ability.MANAGE_PEOPLE in may),
        ("mine", _("My figures"), "chart-line", "analytics:mine", Ability.TAKE_PART in may),
        ("newsletters", _("Newsletter"), "mail", "community:newsletters", Ability.SEE_NEWSLETTERS in may),
        ("figures", _("Figures"), "chart-bar", figures, True),
        ("reports", _("Reports"), "file-text", "analytics:reports", Ability.SEE_REPORTS in may),
        ("council", _("What is stored"), "shield-lock", "privacy:council", Ability.SEE_LOGS in may),
    ]
    places = []
    for key, label, icon, name, allowed in rows:
        if allowed:
            with suppress(NoReverseMatch):
                places.append(Place(key, label, icon, reverse(name, args=[program.slug])))
    if current := _current(request, places):
        current.current = True
    return places


def _current(request: HttpRequest, places: list[Place]) -> Place | None:
    """Where a page belongs: to the place whose address it begins with, else to the place of its room."""
    known = {place.key: place for place in places}
    inside = [place for place in places if place.key != "home" and request.path.startswith(place.url)]
    if inside:
        return max(inside, key=lambda place: len(place.url))
    match = request.resolver_match
    room = match.func.__module__.rsplit(".", 1)[0] if match else ""
    return next((known[key] for key in PLACES_OF_ROOM.get(room, ()) if key in known), None)


def _for_phone(places: list[Place], request: HttpRequest) -> list[Place]:
    """Four places and the person: five fit the thumb."""
    words = {"mine": _("Figures")}
    shown = [place for place in places if place.key != ("figures" if any(p.key == "mine" for p in places) else "")]
    short = [replace(place, label=words.get(place.key, place.label)) for place in shown[: MOST_ON_PHONE - 1]]
    elsewhere = not any(place.current for place in places)  # the account, the own data, the consents
    return [*short, Place("me", _("Me"), "user-circle", reverse("people:profile"), current=elsewhere)]
