"""The first 90 days: what changes, and what their page shows. Signs are of the group, never of persons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction

from core.disclosure.gate import People
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache, rooms
from core.kit.compiled import Blank, Compiled
from core.kit.signs import Sign
from core.kit.words import Words
from programs.consents.models import today_in
from programs.guide.answers import CHECKS
from programs.guide.models_checks import EarlyCheck
from programs.guide.verbs import GuideVerb
from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.membership.standing import standing

if TYPE_CHECKING:
    from core.people.models import User

FILE = Path(__file__).with_name("data") / "first_days.yaml"
AHEAD, NAGS = timedelta(days=3), timedelta(days=14)  # how long before and after its day a check asks on the start page


# --- what changes -----------------------------------------------------------------------------------------------------


class DayHasCome(Exception):
    """A check whose day has come is not moved any more."""


def may_move(check: EarlyCheck, today: date) -> bool:
    return check.held_on is None and today < check.due_on


@transaction.atomic
def plan_checks(program: Program, start_on: date, *, by: "User") -> None:
    """Three days from the start on; what is planned already stays."""
    rows = [EarlyCheck(program=program, day=day, due_on=start_on + timedelta(days=day)) for day in CHECKS]
    EarlyCheck.objects.bulk_create(rows, ignore_conflicts=True)
    journal.record(GuideVerb.CHECKS_PLANNED, program, by=by)
    page_cache.changed(program.pk)


@transaction.atomic
def hold(check: EarlyCheck, *, by: "User", **fields: Any) -> None:
    """What was found and decided; only what is named changes. The first day on which it was written down counts."""
    for name, value in fields.items():
        setattr(check, name, value)
    check.held_on, check.by = check.held_on or today_in(check.program), by
    check.is_left_out = False
    changed = changes_of(check, [*fields, "held_on"])
    check.save(update_fields=[*fields, "held_on", "by", "is_left_out"])
    _record(GuideVerb.CHECK_HELD, check, by, changes=changed)


@transaction.atomic
def leave_out(check: EarlyCheck, *, by: "User") -> None:
    """Nobody is asked for it any more."""
    if EarlyCheck.objects.filter(pk=check.pk, held_on=None).update(is_left_out=True):
        _record(GuideVerb.CHECK_LEFT_OUT, check, by)


@transaction.atomic
def resume(check: EarlyCheck, *, by: "User") -> None:
    """It is asked for after all."""
    if EarlyCheck.objects.filter(pk=check.pk, held_on=None).update(is_left_out=False):
        _record(GuideVerb.CHECK_RESUMED, check, by)


@transaction.atomic
def move(check: EarlyCheck, *, due_on: date, by: "User") -> None:
    """To another day that lies ahead: once its own has come, the signs are counted and stay those of that day."""
    if not may_move(check, today_in(check.program)):
        raise DayHasCome
    check.due_on = due_on
    changed = changes_of(check, ("due_on",))
    check.save(update_fields=["due_on"])
    _record(GuideVerb.CHECK_MOVED, check, by, changes=changed)


def _record(verb: GuideVerb, check: EarlyCheck, by: "User", **data: Any) -> None:
    journal.record(verb, check, by=by, **data)
    page_cache.changed(check.program_id)


# --- what is shown ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownCheck:
    check: EarlyCheck
    title: Words
    aims: list[Words]
    question: Words
    state: str  # held, left_out, now, ahead, missed
    signs: list[tuple[Sign, People]]  # once its day has come
    may_move: bool


@cache
def _texts() -> dict[int, dict[str, Any]]:
    return {row["day"]: row for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))["checks"]}


def checks_of(program: Program) -> list[EarlyCheck]:
    found = list(EarlyCheck.objects.filter(program=program).select_related("by"))
    for check in found:
        check.program = program
    return found


def dated(program: Program) -> list[tuple[EarlyCheck, Words]]:
    """Each check with its words, for the concept."""
    return [(check, Words(_texts()[check.day]["title"])) for check in checks_of(program)]


def state_of(check: EarlyCheck, today: date) -> str:
    if check.held_on:
        return "held"
    if check.is_left_out:
        return "left_out"
    if today < check.due_on - AHEAD:
        return "ahead"
    return "now" if today <= check.due_on + NAGS else "missed"


def shown(checks: Iterable[EarlyCheck], today: date) -> list[ShownCheck]:
    found = []
    for check in checks:
        row = _texts()[check.day]
        aims = [Words(text) for text in row["aims"]]
        state, signs = state_of(check, today), signs_of(check, today)
        may = may_move(check, today)
        found.append(ShownCheck(check, Words(row["title"]), aims, Words(row["question"]), state, signs, may))
    return found


def signs_of(check: EarlyCheck, today: date) -> list[tuple[Sign, People]]:
    """What the group did in the thirty days before the check, counted once when its day has come: a number that moved
    could be watched while one person after the other does something."""
    if today < check.due_on:
        return []
    known = sorted((sign for room in rooms.every() for sign in room.signs), key=lambda sign: sign.order)
    program, since = check.program, check.due_on - timedelta(days=CHECKS[0])
    counts = standing(
        program,
        f"check:{check.day}",
        check.due_on,
        lambda: {sign.key: sign.count(program, since, check.due_on) for sign in known},
        once=True,
    )
    return [(sign, counts[sign.key]) for sign in known if sign.key in counts]


@dataclass(frozen=True)
class DueCheck:
    check: EarlyCheck
    title: Words


def tile(user: "User", program: Program, today: date) -> DueCheck | None:
    """The check whose day is near, for who may write it down. It asks for two weeks and is silent then."""
    if not can(user, Ability.WRITE_REVIEWS, program):
        return None
    found: list[EarlyCheck] = page_cache.taken(f"program:{program.pk}", "checks", lambda: _open(program))
    due = next((check for check in found if state_of(check, today) == "now"), None)
    return DueCheck(due, Words(_texts()[due.day]["title"])) if due else None


def _open(program: Program) -> list[EarlyCheck]:
    return _OPEN.rows(program=program.pk)


_OPEN = Compiled(lambda: EarlyCheck.objects.filter(program=Blank("program"), held_on=None, is_left_out=False))
