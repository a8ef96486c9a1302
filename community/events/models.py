from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.attachments.models import Attachment
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.generations.models import Generation
from programs.phases.models import Milestone

FILES, PICTURE = "event", "event_picture"  # what attachments hang on
MOST_PLACES = 5000
LONGEST_SPEAKERS = 2000


class EventKind(models.TextChoices):
    PROGRAM_KICKOFF = "program_kickoff", _("program kick-off")
    TEAM_KICKOFF = "team_kickoff", _("team kick-off")
    WORKSHOP = "workshop", _("workshop")
    MEETUP = "meetup", _("meet-up")
    BARCAMP = "barcamp", _("barcamp")
    WORLD_CAFE = "world_cafe", _("World Café")
    LEITBILD = "leitbild", _("mission statement workshop")
    REVIEW = "review", _("review meeting")
    WOL = "wol", _("working out loud circle")
    FIRST_POST = "first_post", _("first-post master class")


KICK_OFFS = (EventKind.PROGRAM_KICKOFF, EventKind.TEAM_KICKOFF)
DEED_KICK_OFF = "kick_off_attended"  # what coming to one does for the onboarding


class EventState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    CANCELLED = "cancelled", _("cancelled")


class Noting(models.TextChoices):
    """How it is noted who was there; in each case by the person."""

    TAP = "tap", _("by tapping themselves, or with the code on the wall")
    CODE = "code", _("only with the code on the wall")
    NUMBER = "number", _("not at all: the people planning it enter a number")


class Event(models.Model):
    """What happens on a date of the program. Title, time, place and revision are the date's own (`Milestone`), the one
    truth that timeline, onboarding and calendars share; here stands what is asked of people."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    milestone = models.OneToOneField(Milestone, on_delete=models.CASCADE, related_name="event")
    # The same for all dates of a series; each has its own UID in calendars, so that one can change alone.
    series = models.UUIDField(null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=15, choices=EventKind, default=EventKind.WORKSHOP)
    state = models.CharField(max_length=9, choices=EventState, default=EventState.DRAFT)
    description = WordsField(_("description"), blank=True)
    running_order = WordsField(_("agenda with times"), blank=True)  # each line with its minutes
    speakers = models.TextField(
        _("speakers"), max_length=LONGEST_SPEAKERS, blank=True
    )  # one a line: name, what they do
    materials = WordsField(_("to read or bring"), blank=True)
    picture = models.ForeignKey(
        Attachment, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("picture")
    )
    invitation = WordsField(_("text of the invitation"), blank=True)
    reminder = WordsField(_("text of the reminder"), blank=True)
    guest_note = WordsField(_("for guests from outside"), blank=True)  # how to get in, materials: on their page only
    tasks = WordsField(_("to prepare"), blank=True)
    after_tasks = WordsField(_("to do afterwards"), blank=True)
    ticked = models.JSONField(default=list, editable=False)  # of both lists what is done, by the marks of its lines
    video = models.URLField(_("video call"), max_length=500, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)  # nothing: for everybody
    has_waiting_list = models.BooleanField(_("waiting list"), default=True)
    generations = models.ManyToManyField(Generation, blank=True, related_name="+")  # none: everybody in the program
    # Narrower, of whom takes part: one of these roles, one of these languages, one of these topics in the directory.
    roles = models.JSONField(_("invited roles"), default=list, blank=True)
    languages = models.JSONField(_("invited languages"), default=list, blank=True)
    topics = models.JSONField(_("invited by topic"), default=list, blank=True)
    for_alumni = models.BooleanField(_("open to alumni"), default=False)  # they come as guests
    alumni_told_at = models.DateTimeField(null=True)  # once
    noting = models.CharField(_("how attendance is recorded"), max_length=6, choices=Noting, default=Noting.TAP)
    heads = models.PositiveSmallIntegerField(_("counted in the room"), null=True, blank=True)  # a number, no names
    recording = models.URLField(_("recording"), max_length=500, blank=True)
    follow_up = WordsField(_("materials and next steps"), blank=True)
    followed_up_at = models.DateTimeField(null=True)  # when who came or said yes was told of it, once
    has_asked = models.BooleanField(default=False)  # how it was
    outcome = models.JSONField(null=True)  # of the feedback, once it is closed: what the gate let out, and no person
    # How many said yes: the database itself counts it (`0008_events`), so that no road leads past the last place.
    taken = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    told_revision = models.PositiveIntegerField(null=True)  # of the date, as people were last told it
    # When people are told that it is off, unless that is undone before.
    tells_cancelled_at = models.DateTimeField(null=True, editable=False)
    reminded_on = models.DateField(null=True)  # the day of the date that people were reminded of

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["series"], condition=Q(series__isnull=False), name="events_of_series"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="event_never_oversold"
            ),
            models.CheckConstraint(condition=Q(capacity=None) | Q(capacity__gte=1), name="event_has_a_place"),
        ]

    def __str__(self) -> str:
        return str(self.milestone)

    @property
    def is_open(self) -> bool:
        """Whether people are asked to come."""
        return self.state == EventState.ANNOUNCED and self.milestone.deleted_at is None

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


class Choice(models.TextChoices):
    YES = "yes", _("yes")
    MAYBE = "maybe", _("maybe")
    NO = "no", _("no")
    WAITING = "waiting", _("on the waiting list")


class Answer(models.Model):
    """Whether somebody comes. No reason is asked and none is stored."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="answers", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(_("answer"), max_length=7, choices=Choice)
    since = models.DateTimeField(_("answered at"))  # when it was chosen: the order of the waiting list
    is_shown = models.BooleanField(
        _("others see that you are coming"), default=False
    )  # others who are invited see that this person comes

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="one_answer_to_an_event"),
        ]
        indexes: ClassVar = [models.Index(fields=["event", "choice", "since"], name="answers_of_event")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.choice}"
