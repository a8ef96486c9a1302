"""The kinds of review, with what each of them looks at."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReviewKind(models.TextChoices):
    PROGRAM = "program", _("program review")
    WEEKLY = "weekly", _("weekly meeting")


@dataclass(frozen=True)
class AgendaPoint:
    label: str | Promise
    question: str | Promise


# Six fields with a traffic light, after the checklist of the rollout phase.
PROGRAM_POINTS = {
    "goals": AgendaPoint(_("Goals"), _("How far are we, against the targets?")),
    "taking_part": AgendaPoint(_("Taking part"), _("Do people join, stay and come back?")),
    "community": AgendaPoint(_("Community"), _("How well does it work now?")),
    "feedback": AgendaPoint(_("Feedback"), _("Does what the networks say reach us, and do we answer?")),
    "time": AgendaPoint(_("Time and protection"), _("Do people have the time, and do they know whom to ask?")),
    "backing": AgendaPoint(_("Backing"), _("What do management, works council and managers need from us?")),
}
# Three questions, after the weekly meeting of K+S: people's profiles beside the company account.
WEEKLY_POINTS = {
    "compared": AgendaPoint(
        _("People and company account"), _("What do people’s posts achieve compared with those of the company account?")
    ),
    "worked": AgendaPoint(_("What people reacted to"), _("Which topics and formats started a conversation?")),
    "next": AgendaPoint(_("Until next week"), _("What do we try out next?")),
}
POINTS = {ReviewKind.PROGRAM: PROGRAM_POINTS, ReviewKind.WEEKLY: WEEKLY_POINTS}
WITH_LIGHTS = {ReviewKind.PROGRAM}
TITLES = {
    ReviewKind.PROGRAM: {"de": "Review", "en": "Review"},
    ReviewKind.WEEKLY: {"de": "Wochentreffen", "en": "Weekly meeting"},
}
