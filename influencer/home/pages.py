"""What each role's start page shows: first what needs me today, then how we are doing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.activities import my_week
from analytics.activities import pages as log_bar
from analytics.activities import queries as activities
from analytics.benefits import queries as benefits
from analytics.dashboards import home as dashboards
from analytics.imports.first_steps import company_page
from analytics.reports import pages as reports
from core.kit import page_cache, rooms
from core.kit.compiled import Blank, Compiled
from core.kit.date_pages import pages_of_dates
from core.kit.generic import T
from core.people.models import User
from influencer.home import day
from influencer.home.first_steps import first_steps
from influencer.home.onboarding import onboarding_of
from influencer.home.running import running
from influencer.privacy import log as logs
from influencer.privacy import queries as privacy
from programs.checklists import queries as checklists
from programs.checklists.picture import PhaseOnStrip
from programs.checklists.story import tiles
from programs.membership.access import main_role
from programs.membership.models import Membership, Program, Role
from programs.membership.queries import contacts_of
from programs.phases import queries as phases

Home = tuple[str, dict[str, Any]]
MOST_ITEMS, MOST_DATES, MOST_CONTACTS = 6, 4, 3


def manager(user: User, program: Program) -> Home:
    """Due items, running work, the next dates, where the program stands, two findings."""
    today, context = _common(user, program)
    items = checklists.items_due_for(user, program, today, MOST_ITEMS)
    late = sum(1 for item in items if item.due_on and item.due_on < today)
    begin = _shared(program, today, "first_steps", lambda: first_steps(program))
    return "home/manager.html", context | {
        "lead": day.todo_sentence(len(items), late)
        if items or not begin.steps
        else _("Your program is set up. A few first steps will get it going."),
        "begin": begin,
        "todo": [day.todo_row(item, program, today) for item in items],
        "running": running(program),
        "events": _dates(program, today),
        "strip": _strip(program, today),
        "findings": dashboards.home_findings(program),
        "company_is_in": _shared(program, today, "company_page", lambda: company_page(program)[0]),
    }


def influencer(user: User, program: Program) -> Home:
    """The log at the thumb, my week, my path, my figures, who is there for me."""
    today, context = _common(user, program)
    week = activities.week_of(user, program, today)
    return "home/influencer.html", context | {
        "week": week,
        "moment": my_week.moment_of(user, program, week),
        "path": onboarding_of(user, program, today),
        "mine": dashboards.my_last_weeks(user, program),
        "events": _dates(program, today, 2),
        "contacts": _contacts(program, today),
        **log_bar.log_context(user, program),
    }


def coach(user: User, program: Program) -> Home:
    """Own checklist items, the next dates, how the group is doing."""
    today, context = _common(user, program)
    items = checklists.items_due_for(user, program, today, MOST_ITEMS)
    late = sum(1 for item in items if item.due_on and item.due_on < today)
    return "home/coach.html", context | {
        "lead": day.todo_sentence(len(items), late),
        "todo": [day.todo_row(item, program, today) for item in items],
        "events": _dates(program, today),
        "strip": _strip(program, today),
        "findings": dashboards.home_findings(program)[:1],
    }


def executive(user: User, program: Program) -> Home:
    """The newest report in a few sentences and figures, and what comes next."""
    today, context = _common(user, program)
    return "home/executive.html", context | {
        **reports.executive_home(user, program),
        "told": benefits.told_to(user, program, most=1),
        "events": _dates(program, today),
        "strip": _strip(program, today),
    }


def council(user: User, program: Program) -> Home:
    """What is stored, and who looked at what."""
    _today, context = _common(user, program)
    entries = logs.newest_entries(program, reader=user)
    return "home/council.html", context | {
        "lines": logs.newest_lines(program, entries),
        "consents": privacy.consent_counts(program),
        "settings": [
            (_("People behind a figure, at least"), program.shown_from),
            (_("Country profile"), program.get_country_display()),
        ],
    }


def guest(user: User, program: Program) -> Home:
    """What a guest is invited to and shown, and nothing of the program besides."""
    _today, context = _common(user, program)
    return "home/guest.html", context | {"ask": contacts_of(program).exclude(user=user).first()}


HOMES: dict[str, Callable[[User, Program], Home]] = {
    Role.MANAGER: manager,
    Role.INFLUENCER: influencer,
    Role.COACH: coach,
    Role.TEAM: coach,
    Role.EXECUTIVE: executive,
    Role.COUNCIL: council,
    Role.GUEST: guest,
}


def home_of(role: str) -> Callable[[User, Program], Home]:
    """The page of a role."""
    return HOMES[role]


def _common(user: User, program: Program) -> tuple[date, dict[str, Any]]:
    now: datetime = timezone.localtime()
    return now.date(), {"today": now.date(), "greeting": day.greeting(user, now), **_tiles(user, program, now)}


def _tiles(user: User, program: Program, now: datetime) -> dict[str, list[tuple[str, object]]]:
    """What the rooms show on this person's start page, in the middle and at its side: templates with what they show."""
    role = main_role(user, program)
    tiles = sorted((tile for room in rooms.every() for tile in room.tiles), key=lambda tile: tile.order)
    built = [(tile, tile.build(user, program, now.date())) for tile in tiles if role in tile.roles]
    shown = [(tile.is_wide, (tile.template, content)) for tile, content in built if content is not None]
    return {
        "wide": [each for is_wide, each in shown if is_wide],
        "tiles": [each for is_wide, each in shown if not is_wide],
    }


def _dates(program: Program, today: date, most: int = MOST_DATES) -> list[dict[str, Any]]:
    """The next ones, with the pages of those that are events; the same for everybody in the program."""

    def make() -> list[dict[str, Any]]:
        rows = phases.NEXT.rows(program=program.pk, today=today)[:MOST_DATES]
        return tiles(rows, on=today, pages=pages_of_dates(program, [row.pk for row in rows]))

    return _shared(program, today, "dates", make)[:most]


def _strip(program: Program, today: date) -> list[PhaseOnStrip]:
    return _shared(program, today, "strip", lambda: day.strip(program, today))


def _contacts(program: Program, today: date) -> list[dict[str, Any]]:
    return _shared(program, today, "contacts", lambda: list(map(_contact, CONTACTS.rows(program=program.pk))))


CONTACTS = Compiled(lambda: contacts_of(Blank("program")).only("contact_for", "user__name")[:MOST_CONTACTS])


def _contact(membership: Membership) -> dict[str, Any]:
    user = membership.user
    person = {"id": user.pk, "name": str(user), "initials": user.initials}
    return {"user": person, "contact_for": membership.contact_for}


def _shared(program: Program, today: date, name: str, make: Callable[[], T]) -> T:
    """What everybody in the program sees alike on a day, until something in the program changes."""
    return page_cache.taken(f"program:{program.pk}", f"{name}:{today}", make)
