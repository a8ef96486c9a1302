"""A person's onboarding on the start page, in one query: the steps, what is done, and a sentence about what is next."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from influencer.kit.templatetags.ui import day as as_day
from influencer.kit.templatetags.ui import minutes as as_minutes
from influencer.people.models import User
from programs.generations.models import Participant, ParticipantState, Step, StepDone
from programs.generations.paths import url_of
from programs.membership.models import Program

SHOWN = 4


@dataclass
class Onboarding:
    """What stands beside the log: at most a few steps around the next one. Empty when all of them are done."""

    sentence: str = ""
    steps: list[dict[str, Any]] = field(default_factory=list)
    done: int = 0
    total: int = 0
    is_paused: bool = False


def onboarding_of(user: User, program: Program, today: date) -> Onboarding:
    own = Participant.objects.filter(user=user, program=program).exclude(state=ParticipantState.LEFT)
    is_done = StepDone.objects.filter(step=OuterRef("pk"), participant__user=user)
    steps = list(
        Step.objects.filter(generation__participants__in=own)
        .only("title_de", "title_en", "minutes", "due_days", "link")
        .annotate(
            is_done=Exists(is_done),
            joined_on=F("generation__participants__joined_on"),
            person_state=F("generation__participants__state"),
        )
        .order_by("position")
    )
    if not steps:
        return Onboarding(_("Log what you do, see your own figures, and ask whenever something is unclear."))
    done = sum(step.is_done for step in steps)
    if steps[0].person_state == ParticipantState.PAUSED:
        words = _("You are pausing. Nothing is expected of you; come back with one click whenever you like.")
        return Onboarding(words, done=done, total=len(steps), is_paused=True)
    ahead = next((place for place, step in enumerate(steps) if not step.is_done), None)
    if ahead is None:
        return Onboarding(_("Nothing is due today. Your onboarding is complete."), done=done, total=len(steps))
    first = max(0, min(ahead - 1, len(steps) - SHOWN))
    shown = list(enumerate(steps))[first : first + SHOWN]
    rows = [_row(step, place == ahead, program, today) for place, step in shown]
    words = _("Next on your way: %(step)s. It takes about %(time)s.") % {
        "step": steps[ahead].title,
        "time": as_minutes(steps[ahead].minutes),
    }
    return Onboarding(words, rows, done, len(steps))


def _row(step: Any, is_next: bool, program: Program, today: date) -> dict[str, Any]:
    """A date that has passed is not said again: nobody is reminded of being late."""
    by = step.joined_on + timedelta(days=step.due_days)
    meta = _("about %(time)s") % {"time": as_minutes(step.minutes)}
    if by >= today:
        meta = _("about %(time)s, ideally by %(day)s") % {
            "time": as_minutes(step.minutes),
            "day": as_day(by, "weekday"),
        }
    return {
        "title": step.title,
        "meta": "" if step.is_done else meta,
        "state": "done" if step.is_done else "now" if is_next else "next",
        "url": url_of(step, program.slug) or reverse("programs:path", args=[program.slug]),
    }
