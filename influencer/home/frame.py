"""What stands around every page: the program, the places a role may go to, and the person."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from analytics.portfolio.led import led_by
from core.kit import rooms
from core.news import services as news
from core.people.device import mark_of_sign_in, mark_on_device
from core.people.models import User
from programs.membership import access
from programs.membership.models import Program
from programs.membership.sender import logo_path

MOST_ON_PHONE = 5


@dataclass
class Entry:
    """A place as the navigation shows it."""

    place: rooms.Place | None  # None for the person's own pages and for what does not fit the phone
    label: str
    icon: str
    url: str
    current: bool = False
    count: int = 0
    count_now: bool = False
    more: "list[Entry]" = field(default_factory=list)  # what opens above it: places the thumb has no room for

    @property
    def key(self) -> str:
        return self.place.key if self.place else "more" if self.more else "me"


@dataclass
class Frame:
    program: Program | None = None
    programs: list[dict[str, str]] = field(default_factory=list)
    places: list[Entry] = field(default_factory=list)
    phone_places: list[Entry] = field(default_factory=list)
    home_url: str = "/"
    me_url: str = ""
    search_url: str = ""
    news: int = 0  # bundles of news that nobody has looked at
    contacts_url: str = ""
    help_url: str = ""  # for who takes part: the crisis button
    accent_url: str = ""
    logo_url: str = ""
    portfolio_url: str = ""  # for who leads several programs
    new_program_url: str = ""
    site_url: str = ""  # for who runs the site
    device_mark: str = ""  # of the person, on what waits in this browser for a connection
    sign_in_mark: str = ""


@lru_cache(2000)
def _at(name: str, *slug: str) -> str:
    """Every page has some thirty of these addresses around it."""
    return reverse(name, args=slug)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor; computed only where a template shows the frame, or who signs out on a page without one."""
    return {"frame": SimpleLazyObject(lambda: _frame(request)), "device_mark": lambda: _device_mark(request)}


def _device_mark(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return mark_on_device(user) if user is not None and user.is_authenticated else ""


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
            "url": _at("home:program", each.slug),
        }
        for each in programs
    ]
    places = _places(request, user, program) if program else []
    sees = program is not None and access.can(
        user, access.Ability.SEE_PROGRAM, program
    )  # a guest sees the start page only
    return Frame(
        device_mark=mark_on_device(user),
        sign_in_mark=mark_of_sign_in(request.session.session_key),
        program=program,
        programs=links,
        places=places,
        phone_places=_for_phone(places, request),
        home_url=_at("home:program", program.slug) if program else _at("home:start"),
        me_url=_at("people:profile"),
        news=news.remembered_count(user, [each.pk for each in programs]),
        help_url=_at("programs:help_now", program.slug)
        if program and access.can(user, access.Ability.TAKE_PART, program)
        else "",
        contacts_url=_at("programs:contacts", program.slug) if program and sees else "",
        accent_url=_at("home:accent", program.slug) + f"?{program.accent[1:]}" if program and program.accent else "",
        logo_url=logo_path(program) if program else "",
        portfolio_url=_at("analytics:portfolio") if len(led_by(user)) > 1 else "",
        new_program_url=_at("programs:program_new") if access.can_create_program(user) else "",
        site_url=_at("operate:health") if user.is_superuser else "",
        search_url=_at("home:search", program.slug) if program and sees else "",
    )


def _places(request: HttpRequest, user: User, program: Program) -> list[Entry]:
    """The left navigation: what a person's abilities reach, in the order of the day. What the start page of the
    person's main role holds needs no place of its own; who is more than that finds it here."""
    may, role = access.abilities_in(user, program), access.main_role(user, program)
    places = sorted((place for room in rooms.every() for place in room.places), key=lambda place: place.order)
    entries = [
        Entry(place, str(place.label), place.icon, _at(place.address, program.slug))
        for place in places
        if place.ability in may and place.on_home_of != role
    ]
    if current := _current(request, entries):
        current.current = True
    return entries


def _current(request: HttpRequest, entries: list[Entry]) -> Entry | None:
    """Where a page belongs: to the place whose address it begins with, else to the place of its room."""
    inside = [entry for entry in entries if entry.key != "home" and request.path.startswith(entry.url)]
    if inside:
        return max(inside, key=lambda entry: len(entry.url))
    match = request.resolver_match
    room = rooms.named(match.func.__module__) if match else None
    known = {entry.key: entry for entry in entries}
    if [*known] == ["home"] and room and (room.places or room.belongs_to):
        return entries[0]  # a guest came there from their start page, the only place they have
    return next((known[key] for key in (room.belongs_to if room else ()) if key in known), None)


def _for_phone(entries: list[Entry], request: HttpRequest) -> list[Entry]:
    """Five fit the thumb: four places, and behind the fifth whatever else there is, the person's own pages last."""
    keys = {entry.key for entry in entries}
    first = [entry for entry in entries if entry.place is None or entry.place.not_on_phone_with not in keys]
    shown = first[: MOST_ON_PHONE - 1]
    short = [
        replace(entry, label=str(entry.place.short_label or entry.label) if entry.place else entry.label)
        for entry in shown
    ]
    apart = {id(entry) for entry in shown}
    rest = [entry for entry in entries if id(entry) not in apart]
    elsewhere = not any(entry.current for entry in entries)  # the account, the own data, the consents
    me = Entry(None, _("Me"), "user-circle", _at("people:profile"), current=elsewhere)
    if not rest:
        return [*short, me]
    rest.append(replace(me, label=_("Profile and settings")))
    more = Entry(None, _("More"), "dots", "", current=any(entry.current for entry in rest), more=rest)
    return [*short, more]
