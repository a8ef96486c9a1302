"""A person's onboarding on the start page: the steps, what is done, and what is next. One query, whatever was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit import page_cache
from core.kit.compiled import Blank, Compiled
from core.kit.rooms import Deed
from core.kit.templatetags.ui import day as as_day
from core.kit.templatetags.ui import minutes as as_minutes
from core.people.models import User
from programs.generations import deeds
from programs.generations.models import Participant, ParticipantState, Step, StepDone
from programs.generations.models_moves import Move
from programs.generations.paths import meeting_of, pages_of_steps, url_of, when_of
from programs.generations.possible import is_over, waits_for_a_date
from programs.membership.models import Program

SHOWN = 4
AHEAD = Move.objects.filter(participant=OuterRef("pk"), done_at=None).order_by("pk")[:1]


@lru_cache(1)
def _own(_known: tuple[tuple[str, Deed], ...]) -> Compiled[Any]:
    """A person's place with their deeds, for the deeds that the rooms can see."""
    return Compiled(
        lambda: (
            Participant.objects.filter(user=Blank("person"), program=Blank("program"))
            .exclude(state=ParticipantState.LEFT)
            .annotate(
                ticked=ArraySubquery(StepDone.objects.filter(participant=OuterRef("pk")).values("step")),
                goal=Subquery(AHEAD.values("generation__name")),
                goes_on=Subquery(AHEAD.values("on")),
                **deeds.seen(),
            )
            .order_by("pk")
            .values("generation_id", "joined_on", "state", "ticked", "goal", "goes_on", *deeds.seen())[:1]
        )
    )


@dataclass
class Onboarding:
    """What stands beside the log: at most a few steps around the next one. Empty when all of them are done."""

    sentence: str = ""
    steps: list[dict[str, Any]] = field(default_factory=list)
    done: int = 0
    total: int = 0
    is_paused: bool = False
    moves: str = ""  # to which generation, and from which day on


def onboarding_of(user: User, program: Program, today: date) -> Onboarding:
    own = next(iter(_own(tuple(deeds.known().items())).rows(person=user.pk, program=program.pk)), None)
    found = _onboarding(own, program, today)
    if own and own["goal"]:
        words = {"name": own["goal"], "day": as_day(own["goes_on"], "long")}
        found.moves = _("You take part in %(name)s from %(day)s.") % words
    return found


def _onboarding(own: Mapping[str, Any] | None, program: Program, today: date) -> Onboarding:
    if own and own["state"] == ParticipantState.PAUSED:
        words = _("You are taking a break. Nothing is expected of you; come back with one click whenever you like.")
        return Onboarding(words, is_paused=True)
    steps = steps_of(program, own["generation_id"]) if own else []
    if own is None or not steps:
        return Onboarding(_("Log what you do, see your own figures, and ask whenever something is unclear."))
    did = {name.removeprefix(deeds.MARK) for name, is_done in own.items() if is_done and name.startswith(deeds.MARK)}
    known = {step["id"] for step in steps if step["id"] in own["ticked"] or step["deed"] in did}
    steps = [step for step in steps if step["id"] in known or _is_possible(step, today)]
    done, joined_on = len(known), own["joined_on"]
    ahead = next((place for place, step in enumerate(steps) if step["id"] not in known), None)
    if ahead is None:
        return Onboarding(_("Nothing is due today. Your onboarding is complete."), done=done, total=len(steps))
    first = max(0, min(ahead - 1, len(steps) - SHOWN))
    rows = [
        _row(step, "done" if step["id"] in known else "now" if step is steps[ahead] else "next", joined_on, today)
        for step in steps[first : first + SHOWN]
    ]
    words = _("Your next step: %(step)s. It takes about %(time)s.") % {
        "step": steps[ahead]["title"],
        "time": as_minutes(steps[ahead]["minutes"]),
    }
    return Onboarding(words, rows, done, len(steps))


STEPS = Compiled(lambda: Step.objects.on_the_way().filter(generation=Blank("generation")).select_related("milestone"))


def steps_of(program: Program, generation_id: int) -> list[dict[str, Any]]:
    """The path of a generation, the same for all in it; kept until something in the program changes."""

    def make() -> list[dict[str, Any]]:
        path = reverse("programs:path", args=[program.slug])
        rows = STEPS.rows(generation=generation_id)
        pages = pages_of_steps(program, rows)
        return [
            {
                "id": step.pk,
                "title": step.title,
                "minutes": step.minutes,
                "due_days": step.due_days,
                "url": url_of(step, program.slug, pages) or path,
                "deed": step.deed,
                "when": when_of(step),
                "on": meeting.on if (meeting := meeting_of(step)) else None,
                "address": step.address,
            }
            for step in rows
        ]

    return page_cache.taken(f"program:{program.pk}", f"steps:{generation_id}", make)


def _is_possible(step: dict[str, Any], today: date) -> bool:
    """As on the person's own page, so that both say the same number."""
    return not (is_over(step["on"], today) or waits_for_a_date(step["on"], step["deed"], step["address"]))


def _row(step: dict[str, Any], state: str, joined_on: date, today: date) -> dict[str, Any]:
    """A date that has passed is not said again: nobody is reminded of being late."""
    by = joined_on + timedelta(days=step["due_days"])
    meta = _("about %(time)s") % {"time": as_minutes(step["minutes"])}
    if step["when"]:
        meta = step["when"]
    elif by >= today:
        meta = _("about %(time)s, ideally by %(day)s") % {
            "time": as_minutes(step["minutes"]),
            "day": as_day(by, "weekday"),
        }
    return {
        "title": step["title"],
        "meta": "" if state == "done" else meta,
        "state": state,
        "url": step["url"],
    }
