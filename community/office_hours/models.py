"""Who offers hours when, what is booked, and who waits. That one host's hours never overlap, and one person's bookings
neither, is held by the database. Its ranges compare numbers as well, so no extension is needed for it."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn
from programs.membership.models import Program

JOIN_FROM = timedelta(minutes=10)
SHORTEST, LONGEST = 5, 240
MOST_PLACES, MOST_WEEKS = 30, 12


def _only(column: str) -> Func:
    """A number as a range, so that "the same" can stand beside "overlaps" in one constraint."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


def _time() -> Func:
    return Func(F("starts_at"), F("ends_at"), function="tstzrange")


def _never_overlap(column: str, name: str, when: Q) -> ExclusionConstraint:
    expressions = [(_only(column), RangeOperators.OVERLAPS), (_time(), RangeOperators.OVERLAPS)]
    return ExclusionConstraint(name=name, expressions=expressions, condition=when)


class CalendarKind(models.TextChoices):
    ICS = "ics", _("Calendar address (ICS)")
    CALDAV = "caldav", _("CalDAV")
    MICROSOFT = "microsoft", _("Microsoft 365")


class HoursHost(models.Model):
    """Somebody's office hours in a program, and the rules by which they are booked."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_open = models.BooleanField(_("office hours can be booked"), default=True)
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), default=20, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    pause = models.PositiveSmallIntegerField(_("pause between, in minutes"), default=0)
    notice_hours = models.PositiveSmallIntegerField(_("shortest notice in hours"), default=4)
    weeks = models.PositiveSmallIntegerField(
        _("weeks ahead"), default=4, validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)]
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("video link"), max_length=500, blank=True)
    topics = ArrayField(models.CharField(max_length=60), verbose_name=_("topics"), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)  # empty: the program's
    region = models.CharField(_("region for public holidays"), max_length=10, blank=True)  # empty: the whole country's
    calendar_kind = models.CharField(max_length=10, choices=CalendarKind, default=CalendarKind.ICS)
    # What the own calendar is read with: whoever has it reads all of it.
    calendar_sealed = models.TextField(_("access to the calendar, encrypted"), blank=True)
    calendar_host = models.CharField(_("server of the calendar"), max_length=253, blank=True)
    calendar_read_at = models.DateTimeField(null=True)
    calendar_due_at = models.DateTimeField(null=True)
    calendar_trouble = models.CharField(max_length=40, blank=True)  # why the last reading failed, as a code

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "person"], name="one_office_hours_per_person"),
            models.CheckConstraint(condition=Q(minutes__range=(SHORTEST, LONGEST)), name="office_hours_have_a_length"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def zone(self) -> str:
        return self.time_zone or self.program.time_zone

    @property
    def where(self) -> str:
        """In words; the link itself is for who has booked."""
        return self.place or (str(_("video call")) if self.link else "")


class HoursWindow(Deletable):
    """Hours of a weekday, on the clocks of the host's time zone, in every week."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    host = models.ForeignKey(HoursHost, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # 0 is Monday
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    places = models.PositiveSmallIntegerField(_("places"), default=1)  # of each hour; several make it a group

    objects = DeletableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["weekday", "begins", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="window_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(places__range=(1, MOST_PLACES)), name="window_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins}"


class SpecialDay(Deletable):
    """Hours of one day, which stand in the place of that weekday's."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    host = models.ForeignKey(HoursHost, on_delete=models.CASCADE, related_name="special_days")
    day = models.DateField(_("day"))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    places = models.PositiveSmallIntegerField(_("places"), default=1)

    objects = DeletableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day", "begins", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="special_day_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.begins}"


class Absence(models.Model):
    """Days on which a host is not there. Why is stored nowhere."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    host = models.ForeignKey(HoursHost, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))

    class Meta:
        ordering: ClassVar = ["first", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="absence_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.last}"


class BusyTime(models.Model):
    """A time at which the host's own calendar is not free, or that the host blocked; nothing else of it is kept."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    host = models.ForeignKey(HoursHost, on_delete=models.CASCADE, related_name="busy_times")
    starts_at = models.DateTimeField(_("beginning"))
    ends_at = models.DateTimeField(_("end"))
    is_own = models.BooleanField(_("blocked by the host"), default=False)  # no reading of a calendar touches it

    class Meta:
        indexes: ClassVar = [models.Index(fields=["host", "ends_at"], name="busy_times_of_host")]

    def __str__(self) -> str:
        return f"{self.starts_at}"


class TakenSlot(models.Model):
    """An hour that somebody has booked. Those of one host never overlap, and hold no more people than places."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    host = models.ForeignKey(HoursHost, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("beginning"))
    ends_at = models.DateTimeField(_("end"))
    places = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["host", "starts_at", "ends_at"], name="one_slot_at_a_time"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="slot_is_not_oversold"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_begins"),
            _never_overlap("host", "slots_of_a_host_never_overlap", Q(taken__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}"


class BookingState(models.TextChoices):
    BOOKED = "booked", _("booked")
    CANCELLED = "cancelled", _("cancelled")


class Booking(models.Model):
    """A person comes to an hour. A move keeps the row, so that it stays one date in every calendar."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    slot = models.ForeignKey(TakenSlot, on_delete=models.CASCADE, related_name="bookings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(_("beginning"))
    ends_at = models.DateTimeField(_("end"))
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    question = models.TextField(_("what was asked in advance"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.BOOKED)
    sequence = models.PositiveIntegerField(default=0)  # of its version in calendars
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    reminded_at = models.DateTimeField(null=True)
    moved_from = models.DateTimeField(_("where it was before the last move"), null=True)
    # The absence for which it was moved or does not take place, and what another host has taken on: so that undo
    # finds both. Whoever moves it anew has chosen, and it is the absence's no longer.
    dropped_by = models.ForeignKey(Absence, on_delete=models.SET_NULL, null=True, related_name="dropped")
    instead_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replacements")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["program", "person", "starts_at"], name="bookings_of_person")]
        constraints: ClassVar = [
            _never_overlap("person", "bookings_of_a_person_never_overlap", Q(state=BookingState.BOOKED)),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}"

    @property
    def is_booked(self) -> bool:
        return self.state == BookingState.BOOKED

    @property
    def is_ahead(self) -> bool:
        return self.ends_at > timezone.now()

    @property
    def can_be_joined(self) -> bool:
        """From ten minutes before until the end."""
        return self.is_booked and self.starts_at - JOIN_FROM <= timezone.now() < self.ends_at


class HoursWait(models.Model):
    """Somebody wants to hear when an hour becomes free: of one host, or of anybody."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    host = models.ForeignKey(HoursHost, on_delete=models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "person", "host"], nulls_distinct=False, name="one_wait_for_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
