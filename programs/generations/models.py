from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from core.kit.loading import Loaded
from core.kit.words import Titled, WordsField
from programs.membership.models import Membership, Program
from programs.phases.models import Milestone

OWN_STEP = "own-"  # how the keys of steps begin that a program added
LONGEST_TEXT = 5000


class Generation(Deletable):
    """A cohort: people who start together and are onboarded together. Deleted only where nobody ever was in it."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="generations")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80)
    start_on = models.DateField(_("start"))
    end_on = models.DateField(_("end"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=20)
    contact = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact person")
    )
    closed_at = models.DateTimeField(null=True)
    # From a Monday on its people are in another one, and it is closed. Undone until then.
    merges_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("merged into")
    )
    merges_on = models.DateField(_("day of the merger"), null=True)
    merged_at = models.DateTimeField(_("when it was merged"), null=True)

    objects = DeletableQuerySet["Generation"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "number"], name="one_generation_per_number"),
            models.CheckConstraint(
                condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="generation_ends_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def who_to_ask(self) -> Membership | None:
        """The contact person, as long as the role lasts."""
        return self.contact if self.contact and self.contact.ended_at is None else None


class InvitationState(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be delivered")
    ACCEPTED = "accepted", _("joined")
    REVOKED = "revoked", _("withdrawn")


class Invitation(models.Model):
    """An invitation to a generation. Whoever declines changes nothing here: the row says what it says of somebody who
    has not answered, until it ends as theirs does."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="invitations")
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="de")
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=InvitationState, default=InvitationState.QUEUED)
    valid_until = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("program"),
                Lower("email"),
                condition=~Q(state="revoked"),
                name="one_open_invitation_per_address",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["generation", "state"], name="invitations_of_generation")]

    def __str__(self) -> str:
        return f"{self.generation}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether its link still leads to an answer."""
        is_waiting = self.state in (InvitationState.QUEUED, InvitationState.SENT, InvitationState.FAILED)
        return is_waiting and self.valid_until > timezone.now() and not self.is_too_late

    @property
    def is_too_late(self) -> bool:
        """Whether nobody can join there any more."""
        generation = self.generation
        is_over = generation.closed_at is not None or generation.deleted_at is not None
        return is_over or self.program.archived_at is not None


class Declined(models.Model):
    """Nobody is asked twice: the keyed hash of an address that said no, and nothing else. No page reads it but the
    invited person's own; it only keeps mails from going out (`letters.is_withheld`)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64)
    on = models.DateField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "address_hash"], name="declined_once"),
        ]

    def __str__(self) -> str:
        return self.address_hash[:8]


class Roster(models.Model):
    """A list of people that was pasted or uploaded, with its preview; deleted after it was applied or a day later."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="rosters")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=200)  # "pasted" or the file's name
    encoding = models.CharField(max_length=20, blank=True)
    lines = models.JSONField(default=list)  # [{line, email, name, verdict, reason}]
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.generation}: {self.source}"


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def active(self) -> "ParticipantQuerySet":
        return self.filter(state=ParticipantState.ACTIVE)

    def present(self) -> "ParticipantQuerySet":
        """Everybody who has not left: active or paused."""
        return self.exclude(state=ParticipantState.LEFT)

    def resting(self) -> "ParticipantQuerySet":
        """Who pauses since yesterday or longer. On the day itself nothing is given away: a pause may be a mistake."""
        paused = self.filter(state=ParticipantState.PAUSED)
        return paused.exclude(Exists(Span.objects.filter(participant=OuterRef("pk"), end_on__gte=timezone.localdate())))

    def newest_first(self) -> "ParticipantQuerySet":
        """Of several times in one program the one that goes on, else the one that ended last."""
        return self.order_by("program", F("left_on").desc(nulls_first=True), "-joined_on")


class ParticipantState(models.TextChoices):
    ACTIVE = "active", _("taking part")
    PAUSED = "paused", _("taking a break")
    LEFT = "left", _("left")


class Participant(Loaded):
    """A person takes part in a generation, pauses or has left. No reason is asked and none is stored."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="participants")
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations")
    state = models.CharField(max_length=6, choices=ParticipantState, default=ParticipantState.ACTIVE)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "user"], condition=~Q(state="left"), name="one_generation_at_a_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["generation", "state"], name="participants_of_generation")]

    def __str__(self) -> str:
        return f"{self.user} in {self.generation}"


class Span(models.Model):
    """When a person was taking part: the history behind every denominator. Open spans have no end. What touches the one
    before goes on with it: then only the generation that the figures count with has changed."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="spans")
    start_on = models.DateField()
    end_on = models.DateField(null=True)  # exclusive
    # Whose figures these days belong to, where the person has moved on since; null: the generation they are in.
    counts_with = models.ForeignKey(
        Generation, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("counts with")
    )

    class Meta:
        ordering: ClassVar = ["start_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant"], condition=Q(end_on=None), name="one_open_span"),
            models.CheckConstraint(condition=Q(end_on=None) | Q(end_on__gte=F("start_on")), name="span_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.start_on} - {self.end_on or ''}"


class Headcount(models.Model):
    """How many people were in a generation when a month began: numbers, nobody's name. Who reads them reads the names
    beside them; who left is gone after 90 days, and then only this tells how many they were."""

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="headcounts")
    month = models.DateField()  # its first day
    counted_on = models.DateField()  # the same, or later where nothing ran on that day
    joined = models.PositiveIntegerField()  # so far
    there = models.PositiveIntegerField()  # taking part or taking a break

    class Meta:
        ordering: ClassVar = ["month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["generation", "month"], name="heads_are_counted_once_a_month"),
            models.CheckConstraint(condition=Q(joined__gte=F("there")), name="who_is_there_has_joined"),
        ]

    def __str__(self) -> str:
        return f"{self.month}"


class StepQuerySet(DeletableQuerySet["Step"]):
    def on_the_way(self) -> "StepQuerySet":
        """Those that this generation goes."""
        return self.present().filter(is_left_out=False)


class Step(Titled, Deletable):
    """One step of a generation's onboarding path. It is done by a deed that the product sees (`core.kit.rooms.Deed`),
    or else ticked off by hand."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    # What its form asks is what the log tells of a change.
    EDITED: ClassVar = ("title", "text", "deed", "address", "milestone", "due_days", "minutes", "is_left_out")

    class Kind(models.TextChoices):
        READ = "read", _("read")
        DO = "do", _("do")
        MEET = "meet", _("meet")
        LINK = "link", _("open")
        FIGURES = "figures", _("bring figures")
        WRITE = "write", _("write")

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    text = WordsField(blank=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.DO)
    minutes = models.PositiveSmallIntegerField(default=10)
    due_days = models.PositiveSmallIntegerField(default=14)
    link = models.CharField(max_length=80, blank=True)  # name of a page of the product
    deed = models.SlugField(max_length=40, blank=True)  # what finishes it; nothing: ticked off by hand
    address = models.URLField(_("page of your own"), max_length=500, blank=True)  # e.g. where the guidelines are
    milestone = models.ForeignKey(Milestone, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_left_out = models.BooleanField(default=False)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["generation", "key"], name="one_step_per_key"),
        ]

    @property
    def is_own(self) -> bool:
        """One that the program added; the others came with the product."""
        return self.key.startswith(OWN_STEP)

    @property
    def is_same_as(self) -> tuple[str, str]:
        """Equal for the same step of two generations: own ones are counted in each and told apart by their title."""
        return self.key, str(self.title) if self.is_own else ""

    @property
    def asks_for_a_text(self) -> bool:
        """Done by writing something down, for oneself; unless a deed was chosen, such as logging a first post."""
        return self.kind == self.Kind.WRITE and not self.deed


class StepText(models.Model):
    """What a person wrote in a step of the own onboarding. It is theirs: no page of anybody else shows it."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("what you wrote"), max_length=LONGEST_TEXT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "participant"], name="one_text_of_a_step"),
        ]

    def __str__(self) -> str:
        return str(self.step)


class StepDone(models.Model):
    """A person finished a step; the person's own, shown to the team as counts only."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="done")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="steps_done")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "participant"], name="a_step_is_done_once"),
        ]

    def __str__(self) -> str:
        return str(self.step)
