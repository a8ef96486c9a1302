"""A step of the onboarding is recalled once, on the day before the one suggested for it or on that day."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial

from django.db.models import Q, QuerySet

from core.news import services as news
from core.schedule.each import each, unnamed
from programs.consents.models import today_in
from programs.generations.models import Participant, ParticipantState, Step
from programs.generations.news import STEP
from programs.generations.paths import PathStep, due_on, meeting_of, pages_of_steps, path_of
from programs.membership.models import Program

AHEAD = (timedelta(0), timedelta(days=1))


def remind() -> None:
    """Once a day. Whom it reaches how and at what hour is the person's choice; running it twice tells nobody twice."""
    programs = Program.objects.filter(archived_at=None).order_by("pk")
    each("generations.remind", programs, _remind, key=lambda row: row.pk)


def _remind(program: Program) -> None:
    days = [today_in(program) + ahead for ahead in AHEAD]
    people = _somewhere_near(program, days)
    each("generations.remind_one", people, partial(_tell, days), key=lambda row: unnamed(row.pk))


def _somewhere_near(program: Program, days: list[date]) -> QuerySet[Participant]:
    """Who has a step suggested for one of these days, done or not."""
    near: dict[int, Q] = defaultdict(Q)
    for step in Step.objects.on_the_way().filter(generation__program=program).select_related("milestone"):
        if meeting_of(step) is None:
            near[step.generation_id] |= Q(joined_on__in=[day - timedelta(days=step.due_days) for day in days])
        elif due_on(step, days[0]) in days:
            near[step.generation_id] |= Q(joined_on__lte=days[-1])
    wanted = Q(pk__in=[])
    for generation_id, when in near.items():
        wanted |= Q(generation_id=generation_id) & when
    rows = Participant.objects.filter(wanted, program=program, state=ParticipantState.ACTIVE)
    rows = rows.filter(joined_on__lt=days[0])  # who joins today has just read the whole path
    return rows.select_related("program", "user").order_by("pk")


def _tell(days: list[date], participant: Participant) -> None:
    for row in path_of(participant).ahead:
        if row.state != "done" and row.due_on in days and not _has_reminders_of_its_own(row, participant.program):
            program_id = participant.program_id
            news.tell(STEP, [participant.user], about=participant.pk, item=row.step.pk, program_id=program_id)


def _has_reminders_of_its_own(row: PathStep, program: Program) -> bool:
    """Events write to those who take part."""
    return bool(pages_of_steps(program, [row.step]))
