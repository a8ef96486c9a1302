from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programs.membership.models import Program


def today_in(program: Program, at: datetime | None = None) -> date:
    """The day on the program's clocks, now or `at` a moment."""
    return (at or timezone.now()).astimezone(ZoneInfo(program.time_zone)).date()


class Purpose(models.TextChoices):
    PARTICIPATION = "participation", _("taking part")
    OWN_FIGURES = "own_figures", _("adding my own figures")
    GROUP_FIGURES = "group_figures", _("counting me in group figures")
    TEAM_SEES_ONBOARDING = "team_sees_onboarding", _("showing my onboarding to the program team")
    NEWSLETTER = "newsletter", _("receiving the newsletter")
    DIRECTORY = "directory", _("being listed in the directory")
    ALUMNI = "alumni", _("staying in touch after leaving")


class Action(models.TextChoices):
    GRANTED = "granted", _("granted")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "withdrawn")


RETURN = "return"  # the channel of lines that only let stand again what was agreed to before somebody left


class Erasure(models.Model):
    """What hangs on a withdrawn consent rests: nobody sees it, and it counts nowhere. Until its last day is over the
    person can take the withdrawal back and finds everything as it was; then a job destroys it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=24, choices=Purpose)
    consents = models.JSONField(default=list)  # what stood when somebody left, and stands again after a return
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField()  # the last day to think again

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "user", "purpose"], name="one_erasure_per_consent"),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="erasures_due")]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.due_on}"

    @property
    def may_be_taken_back(self) -> bool:
        return self.due_on >= today_in(self.program)


class ConsentEventQuerySet(models.QuerySet["ConsentEvent"]):
    def newest(self) -> "ConsentEventQuerySet":
        """The line that counts: the last one of each person and purpose."""
        return self.order_by("user_id", "purpose", "-number").distinct("user_id", "purpose")

    def agreed(self) -> "ConsentEventQuerySet":
        """The last time that each person agreed to each purpose: coming back to the program is no agreeing."""
        return self.filter(action=Action.GRANTED).exclude(channel=RETURN).newest()


class ConsentEvent(models.Model):
    """One line of the ledger: a person granted or withdrew one consent. The database itself counts and dates the
    lines, refuses a repeat, and lets nobody change one; the site's role may only read and add. Three years after a
    withdrawal a function of the owner removes what was before it. After erasure only the keyed pseudonym remains."""

    database_may = ("SELECT", "INSERT")

    program = models.ForeignKey(Program, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    person_ref = models.CharField(max_length=64)  # HMAC of the person, so that proof survives erasure
    purpose = models.CharField(max_length=24, choices=Purpose)
    action = models.CharField(max_length=9, choices=Action)
    notice_version = models.PositiveSmallIntegerField()
    text_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=20)  # invitation, settings, unsubscribe, one_click, complaint, leave, ...
    # Given by the database: how many lines about this consent there were before, plus one; and the time.
    number = models.PositiveIntegerField(db_default=None, editable=False)  # type: ignore[arg-type]  # DEFAULT NULL
    at = models.DateTimeField(db_default=None, editable=False)  # type: ignore[arg-type]

    objects = ConsentEventQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("program"), F("purpose"), F("user"), F("number").desc(), name="consents_one_after_the_other"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "program"], name="consents_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.action}"
