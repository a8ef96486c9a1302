"""Who opened a report, for those who make it: executives and program managers, in their office, by name and day. Of the
works council and data protection nothing is told, of a link only how often."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone

from analytics.reports.models import Report
from analytics.reports.verbs import ReportsVerb
from core.journal.models import Entry
from core.kit import page_cache
from core.people.models import User
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import people_with

OPENING = (ReportsVerb.READ, ReportsVerb.DOWNLOADED, ReportsVerb.TAKEN_AS_DATA)
TODAY = (ReportsVerb.AGREED, ReportsVerb.ASKED_BACK)
APPLIED = "imports.applied"  # the journal knows it of the company's accounts alone
MOST = 6


@dataclass(frozen=True)
class Opener:
    user: User
    last: date


def in_office(program: Program) -> dict[int, User]:
    """Executives and program managers of now, by number."""
    rows = people_with(Ability.DECIDE, program) | people_with(Ability.MAKE_REPORTS, program)
    return {row.user_id: row.user for row in rows.order_by()}


def openers_of(report: Report) -> list[Opener]:
    """Each once, with the last day; who opened it last comes first. Two queries."""
    people = in_office(report.program)
    rows = Entry.objects.filter(
        subject_type="report", subject_id=report.pk, verb__in=OPENING, actor__in=people, is_by_administrator=False
    )
    days = rows.order_by().values_list("actor_id").annotate(last=Max("at"))
    found = [Opener(people[key], timezone.localtime(last).date()) for key, last in days]
    return sorted(found, key=lambda each: (each.last, each.user.name), reverse=True)


@dataclass(frozen=True)
class CameIn:
    """One thing that came in today: what happened, by whom, to which report."""

    verb: str
    name: str
    by: int = 0
    month: date | None = None
    report: int = 0


def came_in(program: Program, today: date) -> list[CameIn]:
    """Reports that others in office opened, agreed to or asked back about, and the company's imports; the newest first,
    each once. Kept until something of it changes, so that a start page asks nothing for it."""
    return page_cache.taken(f"program:{program.pk}", f"came-in:{today}", lambda: _came_in(program, today))


def _came_in(program: Program, today: date) -> list[CameIn]:
    start = timezone.make_aware(datetime.combine(today, time()))
    verbs = (APPLIED, ReportsVerb.READ, ReportsVerb.TAKEN_BACK, *TODAY)
    rows = list(
        Entry.objects.filter(program_id=program.pk, at__gte=start, verb__in=verbs, is_by_administrator=False)
        .order_by("-at")
        .values_list("verb", "actor_id", "subject_id")[:200]
    )
    if not rows:
        return []
    people = in_office(program)
    keys = {subject for verb, _actor, subject in rows if subject and verb != APPLIED}
    reports = dict(Report.objects.present().filter(pk__in=keys).values_list("pk", "month"))
    imports = sum(row[0] == APPLIED for row in rows)
    found = [CameIn(APPLIED, str(imports))] if imports else []
    withdrawn = set()  # what somebody said of a report before they withdrew it
    for verb, actor, subject in dict.fromkeys(rows):
        if verb == ReportsVerb.TAKEN_BACK:
            withdrawn.add((actor, subject))
        elif verb in TODAY and (actor, subject) in withdrawn:
            continue
        elif verb != APPLIED and actor in people and subject in reports:
            found.append(CameIn(verb, people[actor].name, actor, reports[subject], subject))
    return found


@dataclass(frozen=True)
class TodayTile:
    rows: list[CameIn]


def tile(user: "User", program: Program, today: date) -> TodayTile | None:
    """What has just come in, on the start page of who makes reports; their own looks are no news to them."""
    found = [each for each in came_in(program, today) if each.by != user.pk]
    return TodayTile(found[:MOST]) if found else None
