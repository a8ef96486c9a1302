"""The list of all rooms, and what is missing or told twice among them."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch, get_resolver, reverse

from analytics.activities.room import ROOM as ACTIVITIES
from analytics.annotations.room import ROOM as ANNOTATIONS
from analytics.benefits.room import ROOM as BENEFITS
from analytics.channels.room import ROOM as CHANNELS
from analytics.connectors.room import ROOM as CONNECTORS
from analytics.dashboards.room import ROOM as DASHBOARDS
from analytics.imports.room import ROOM as IMPORTS
from analytics.kpis.room import ROOM as KPIS
from analytics.listening.room import ROOM as LISTENING
from analytics.metrics.room import ROOM as METRICS
from analytics.portfolio.room import ROOM as PORTFOLIO
from analytics.reports.room import ROOM as REPORTS
from analytics.scorecard.room import ROOM as SCORECARD
from analytics.sources.room import ROOM as SOURCES
from community.barcamp.room import ROOM as BARCAMP
from community.event_photos.room import ROOM as EVENT_PHOTOS
from community.events.room import ROOM as EVENTS
from community.forum.room import ROOM as FORUM
from community.journeys.room import ROOM as JOURNEYS
from community.newsletters.room import ROOM as NEWSLETTERS
from community.office_hours.room import ROOM as OFFICE_HOURS
from community.pulses.room import ROOM as PULSES
from community.recognition.room import ROOM as RECOGNITION
from community.world_cafe.room import ROOM as WORLD_CAFE
from core.attachments.room import ROOM as ATTACHMENTS
from core.comments.room import ROOM as COMMENTS
from core.journal.room import ROOM as JOURNAL
from core.kit import rooms
from core.kit.product import PACKAGES
from core.kit.rooms import Action, Place, Room, Tab
from core.lists.room import ROOM as LISTS
from core.news.room import ROOM as NEWS
from core.notify.room import ROOM as NOTIFY
from core.once.room import ROOM as ONCE
from core.people.room import ROOM as PEOPLE
from core.push.room import ROOM as PUSH
from core.schedule.room import ROOM as SCHEDULE
from core.writing.room import ROOM as WRITING
from influencer.calendar.room import ROOM as CALENDAR
from influencer.health.room import ROOM as HEALTH
from influencer.home.room import ROOM as HOME
from influencer.operate.room import ROOM as OPERATE
from influencer.privacy.room import ROOM as PRIVACY
from influencer.webapp.room import ROOM as WEBAPP
from programs.alumni.room import ROOM as ALUMNI
from programs.casting.room import ROOM as CASTING
from programs.charter.room import ROOM as CHARTER
from programs.chats.room import ROOM as CHATS
from programs.checklists.room import ROOM as CHECKLISTS
from programs.consents.room import ROOM as CONSENTS
from programs.directory.room import ROOM as DIRECTORY
from programs.generations.room import ROOM as GENERATIONS
from programs.guide.room import ROOM as GUIDE
from programs.guidelines.room import ROOM as GUIDELINES
from programs.handbook.room import ROOM as HANDBOOK
from programs.leitbild.room import ROOM as LEITBILD
from programs.library.room import ROOM as LIBRARY
from programs.membership.access import Ability
from programs.membership.room import ROOM as MEMBERSHIP
from programs.mentors.room import ROOM as MENTORS
from programs.phases.room import ROOM as PHASES
from programs.readiness.room import ROOM as READINESS
from programs.reviews.room import ROOM as REVIEWS
from programs.support.room import ROOM as SUPPORT

ROOMS = (
    JOURNAL, SCHEDULE, PEOPLE, ONCE, LISTS, NOTIFY, PUSH, NEWS, ATTACHMENTS, WRITING, COMMENTS,
    MEMBERSHIP, CHARTER, CHATS, CONSENTS, PHASES, GENERATIONS, DIRECTORY, GUIDELINES, SUPPORT, CHECKLISTS, HANDBOOK,
    ALUMNI, CASTING, MENTORS, REVIEWS, GUIDE, LIBRARY, READINESS, LEITBILD,
    NEWSLETTERS, FORUM, EVENTS, OFFICE_HOURS, BARCAMP, WORLD_CAFE, EVENT_PHOTOS, JOURNEYS, PULSES, RECOGNITION,
    CHANNELS, METRICS, SOURCES, IMPORTS, CONNECTORS, ACTIVITIES, KPIS, ANNOTATIONS, LISTENING, BENEFITS, DASHBOARDS,
    SCORECARD, REPORTS, PORTFOLIO,
    PRIVACY, HEALTH, WEBAPP, CALENDAR, OPERATE, HOME,
)  # fmt: skip
WITHOUT = (
    "core.kit",
    "core.sheets",
    "core.management",
    "core.disclosure",
    "influencer.embedded",
    "influencer.management",
)


def check(**_: Any) -> list[CheckMessage]:
    """Django's system check: at the start and in `make check`."""
    return [Error(problem, id="rooms.E001") for problem in problems(rooms.every())]


def problems(listed: tuple[Room, ...]) -> list[str]:
    """What is missing or told twice, one sentence each."""
    return [*_missing(listed), *_twice(listed), *_unknown(listed)]


def _missing(listed: tuple[Room, ...]) -> Iterator[str]:
    names = {room.name for room in listed}
    root = Path(__file__).parents[1]
    for package in PACKAGES:
        for path in sorted((root / package).glob("*/__init__.py")):
            name = f"{package}.{path.parent.name}"
            if name not in names and name not in WITHOUT and path.parent.name != "migrations":
                yield f"{name} has no room.py that influencer/rooms.py lists."


def _twice(listed: tuple[Room, ...]) -> Iterator[str]:
    told: list[tuple[str, str]] = []
    for room in listed:
        told.append(("the room", room.name))
        told += [("the place", place.key) for place in room.places]
        told += [("the verb", verb) for verb in (room.verbs.values if room.verbs else ())]
        told += [("the job", line.task.name) for line in room.timetable]
        told += [("the newsletter block", block.name) for block in room.newsletter_blocks]
        told += [("the chapter", chapter.key) for chapter in room.chapters]
        told += [("the spot", name) for name in room.spots]
        told += [("the deed", name) for name in room.steps]
        told += [("the kind of news", news.kind) for news in room.news]
        told += [("the subject", subject.model._meta.label) for subject in room.subjects]
        told += [("the purge", str(each)) for each in room.retention]
        told += [("the reason to withhold a mail", reason) for reason in room.withholds]
        told += [("the public number", f"{room.name}.{each.made_in} ({each.gate})") for each in room.numbers]
        told += [("who is met at", address) for address in room.meeting_names]
        told += [("the tile", f"{tile.template} of {role}") for tile in room.tiles for role in tile.roles]
    for (kind, name), times in Counter(told).items():
        if times > 1:
            yield f"{kind} {name} is told {times} times."


def _unknown(listed: tuple[Room, ...]) -> Iterator[str]:
    """Names that lead nowhere: abilities, addresses, places, modules."""
    keys = {place.key for room in listed for place in room.places}
    for room in listed:
        try:
            import_module(room.name)
        except ImportError:
            yield f"{room.name} is no package."
        for key in (*room.belongs_to, *(tab.place for tab in room.tabs)):
            if key not in keys:
                yield f"{room.name} speaks of the place {key}, which no room has."
        pages: tuple[Place | Tab | Action, ...] = (*room.places, *room.tabs, *room.actions)
        for each in pages:
            if each.ability not in list(Ability):
                yield f"{room.name}: {each.ability} is no ability."
        for address in (address for number in room.numbers for address in number.shown_on):
            if not _is_page(address):
                yield f"{room.name}: there is no page {address}."
        leads = (*pages, *room.steps.values(), *room.chapters)
        for address in (each.address for each in leads):
            try:
                reverse(address, args=["slug"])
            except NoReverseMatch:
                yield f"{room.name}: there is no page {address} of a program."
        if room.verbs is not None:
            own = room.name.rsplit(".", 1)[1]
            for verb in room.verbs.values:
                if not verb.startswith(f"{own}."):
                    yield f"{room.name}: the verb {verb} does not begin with {own}."


def _is_page(address: str) -> bool:
    namespace, _colon, name = address.rpartition(":")
    _prefix, resolver = get_resolver().namespace_dict.get(namespace, ("", None))
    return resolver is not None and name in resolver.reverse_dict
