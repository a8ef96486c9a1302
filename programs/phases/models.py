from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.kit.calendars import local
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import Titled, WordsField
from programs.membership.models import Program

# Of a date that moved or was taken off the timeline, before people hear of it.
SETTLED = timedelta(minutes=2)  # several changes in a row are told as one
TIME_TO_UNDO = timedelta(minutes=10)


class PhaseState(models.TextChoices):
    PLANNED = "planned", _("planned")
    ACTIVE = "active", _("active")
    FINISHED = "finished", _("finished")
    SKIPPED = "skipped", _("skipped")


class GateDecision(models.TextChoices):
    """How the program goes on when a phase ends."""

    GO = "go", _("continue")
    REPEAT = "repeat", _("repeat the phase")
    STOP = "stop", _("stop here")


class PhaseQuerySet(models.QuerySet["Phase"]):
    def active(self) -> "PhaseQuerySet":
        return self.filter(state=PhaseState.ACTIVE)


class Phase(Titled):
    """A stretch of the program. Several may be active; a finished one may be reopened with a reason."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40, blank=True)
    aim = WordsField(blank=True)
    start_on = models.DateField(_("start"))
    end_on = models.DateField(_("end"))
    state = models.CharField(max_length=8, choices=PhaseState, default=PhaseState.PLANNED)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    # the baseline: its dates before somebody moved them for the first time
    first_start_on = models.DateField(null=True)
    first_end_on = models.DateField(null=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end_on__gte=F("start_on")), name="phase_ends_after_its_start"),
            models.UniqueConstraint(
                fields=["program", "position"], name="one_phase_per_position", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    @property
    def delay(self) -> int | None:
        """By how many days its end has moved against the first plan; nothing while it has not."""
        return (self.end_on - self.first_end_on).days if self.first_end_on else None

    def ran(self, *, on: date) -> tuple[date, date] | None:
        """From the day it really started to the day it ended, or to today; nothing before it starts."""
        if not self.started_on:
            return None
        return self.started_on, max(self.started_on, self.finished_on or on)

    def is_late(self, *, on: date) -> bool:
        """Past its end and still not finished."""
        return self.state == PhaseState.ACTIVE and self.end_on < on


FIRST_ROUND_CONTINUES = gettext_noop("The first round continues.")
NO_LONGER_FINISHED = gettext_noop("It is no longer finished.")


class PhaseChange(models.Model):
    """The history of a phase: started, finished, reopened (with the reason), skipped (with the reason), moved."""

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        FINISHED = "finished", _("finished")
        REOPENED = "reopened", _("reopened")
        SKIPPED = "skipped", _("skipped")
        MOVED = "moved", _("moved")
        SPLIT = "split", _("split")
        JOINED = "joined", _("put together again")

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decision = models.CharField(max_length=6, choices=GateDecision, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=["reopened", "skipped"]) | ~Q(reason=""), name="reopening_needs_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["repeat", "stop"]) | ~Q(reason=""), name="repeating_needs_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"

    @property
    def reason_in_words(self) -> str:
        """As somebody entered it; what the product gives as a reason is in the reader's language."""
        return gettext(self.reason) if self.reason in (FIRST_ROUND_CONTINUES, NO_LONGER_FINISHED) else self.reason


class MilestoneQuerySet(DeletableQuerySet["Milestone"]):
    def upcoming(self, *, on: Any) -> "MilestoneQuerySet":
        return self.present().filter(on__gte=on)


class Milestone(Titled, Deletable):
    """A date of the program: a review, a milestone, a kick-off."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)

    class Kind(models.TextChoices):
        REVIEW = "review", _("review")
        MILESTONE = "milestone", _("milestone")
        EVENT = "event", _("event")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="milestones")
    phase = models.ForeignKey(Phase, on_delete=models.SET_NULL, null=True, blank=True, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.MILESTONE)
    on = models.DateField(_("date"))
    at = models.TimeField(_("time"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)  # nothing: it ends on the day it begins
    until_at = models.TimeField(_("end"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=0, db_default=0)  # calendars take the higher one for the newer
    changed_at = models.DateTimeField(default=timezone.now, db_default=models.functions.Now())

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["on", "at", "pk"]
        indexes: ClassVar = [models.Index(fields=["program", "on"], name="dates_of_program")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("on")), name="date_ends_on_no_earlier_day"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None)
                | (Q(at__isnull=False) & (Q(until_on__isnull=False, until_on__gt=F("on")) | Q(until_at__gt=F("at")))),
                name="date_ends_after_it_begins",
            ),
        ]

    @property
    def last_day(self) -> date:
        return self.until_on or self.on

    def start(self, zone: str) -> date | datetime:
        """Its first day, or the moment on the clocks of the program's zone."""
        return local(self.on, self.at, zone)

    def end(self, zone: str) -> date | datetime | None:
        """As a calendar says it, exclusive: the day after the last one, or the moment; nothing where none was named."""
        if self.at:
            is_open = self.until_at is None and self.until_on is None
            return None if is_open else local(self.last_day, self.until_at or time.max.replace(microsecond=0), zone)
        return self.until_on + timedelta(days=1) if self.until_on else None
