from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.forum.models import TEXT, TITLE, Board, Topic
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program

MOST_TEXTS = 12


WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class Lapse(models.TextChoices):
    """Why a host's yes to a series holds no longer."""

    LEFT = "left", _("Its host no longer hosts the forum.")
    CHANGED = "changed", _("Somebody else changed the series.")
    OVER = "over", _("The approved weeks are over.")


class RitualQuerySet(DeletableQuerySet["Ritual"]):
    def running(self) -> "RitualQuerySet":
        return self.filter(deleted_at=None, paused_at=None, program__archived_at=None).exclude(approved_at=None)


class Ritual(Deletable):
    """A topic that opens every week, in the name of a host who has said yes to exactly this series, for some weeks."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=30)  # of the template it came from
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS, validators=[MaxValueValidator(6)])
    at = models.TimeField()  # on the clocks of the program
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("in the name of")
    )
    approved_at = models.DateTimeField(null=True)
    until = models.DateField(null=True)  # the last day of what was agreed on
    active_from = models.DateTimeField(null=True)  # nothing earlier is made up for
    paused_at = models.DateTimeField(null=True)
    lapse = models.CharField(max_length=7, choices=Lapse, blank=True)
    turn = models.PositiveIntegerField(default=0)  # how many were opened: the next text is that one, in turn
    version = models.PositiveIntegerField(default=1)  # what a yes, and a change, is about

    objects = RitualQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["weekday", "at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "key"], condition=Q(deleted_at=None), name="one_series_per_template"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_ritual_has_a_weekday"),
            models.CheckConstraint(
                condition=Q(approved_at=None, until=None, active_from=None)
                | Q(approved_at__isnull=False, until__isnull=False, active_from__isnull=False),
                name="a_yes_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RitualText(models.Model):
    """One opening of a series; they take turns."""

    ritual = models.ForeignKey(Ritual, on_delete=models.CASCADE, related_name="texts", db_index=False)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=TITLE)
    text = models.TextField(_("text"), max_length=TEXT)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ritual", "position"], name="one_opening_per_position"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="an_opening_says_something"),
        ]

    def __str__(self) -> str:
        return self.title


class RitualDay(models.Model):
    """What became of one day of a series: a topic, or a host left it out. At most one row, so at most one topic."""

    ritual = models.ForeignKey(Ritual, on_delete=models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    topic = models.OneToOneField(Topic, on_delete=models.SET_NULL, null=True, related_name="+")
    is_skipped = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ritual", "day"], name="one_topic_per_day_of_a_ritual"),
            models.CheckConstraint(condition=Q(is_skipped=False) | Q(topic=None), name="a_skipped_day_has_no_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
