from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.kit.drawn import drawn, in_turn
from core.kit.words import WordsField
from programs.consents.models import today_in
from programs.generations.models import Generation
from programs.membership.models import Program

TITLE, PLACE, TOPICS, TEXT = 120, 80, 300, 2000


class Call(models.Model):
    """The open call of a generation: what it is about, from when to when, and the texts of its answers. `key` makes the
    public address; without one only people who are signed in read it."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="calls")
    generation = models.OneToOneField(Generation, on_delete=models.CASCADE, related_name="call")
    title = WordsField(_("the call in one sentence"), max_length=TITLE)
    why = WordsField(_("why"), blank=True)
    benefit = WordsField(_("what people get"), blank=True)  # one line each, as the two that follow
    privileges = WordsField(_("privileges"), blank=True)
    criteria = WordsField(_("what people bring"), blank=True)
    voluntary = WordsField(_("how voluntary it is"), blank=True)
    choosing = WordsField(_("how it is decided"), blank=True)
    waiting_text = WordsField(_("email to people on the waiting list"), blank=True)
    decline_text = WordsField(_("email to people without a place this time"), blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("open until"))  # the last day
    key = models.CharField(max_length=43, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # What is left of the mix when the interest is forgotten: ranges over all who were given a place, once and for ever.
    mix_kept = models.JSONField(_("mix"), default=list)  # [[dimension, value, from, to]]
    mix_of = models.PositiveSmallIntegerField(_("people in the mix"), null=True)  # how many were given a place by then
    interest_kept = models.JSONField(_("people who showed interest"), default=list)  # from, to: once, when it is closed
    mix_kept_on = models.DateField(_("when the mix was kept"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_call_closes_after_it_opens"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="one_call_per_public_address"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def has_opened(self) -> bool:
        return self.opens_on <= today_in(self.program) and self.program.archived_at is None


class Experience(models.TextChoices):
    NONE = "none", _("nothing so far")
    SOME = "some", _("a little")
    MUCH = "much", _("a lot")


class Position(models.TextChoices):
    """Where somebody sees themselves among the four ways to speak for a company."""

    AMBASSADOR = "ambassador", _("ambassador")
    EXPERT = "expert", _("expert")
    INFLUENCER = "influencer", _("corporate influencer")
    SPOKESPERSON = "spokesperson", _("spokesperson")


class SeatFate(models.TextChoices):
    """What the program team has in mind for somebody. The person hears of it with the answer, not before."""

    OPEN = "", _("not decided")
    SEAT = "seat", _("a place")
    WAITING = "waiting", _("waiting list")
    NOT = "not", _("not this time")


class InterestQuerySet(models.QuerySet["Interest"]):
    def declared(self) -> "InterestQuerySet":
        """Who said so with a confirmed address, and has not taken it back."""
        return self.filter(declared_at__isnull=False, withdrawn_at=None)

    def shown(self) -> "InterestQuerySet":
        """Who the program team reads of. Who was told "not this time" is on no page from that moment."""
        return self.declared().exclude(told=SeatFate.NOT)

    def unanswered(self) -> "InterestQuerySet":
        """Who is to be told something that they were not told yet."""
        return self.shown().exclude(fate=SeatFate.OPEN).exclude(fate=F("told"))


class Interest(models.Model):
    """Somebody would like to take part. Everything but the name and the address is there because the person gave it."""

    # What stands in addresses: a number that is counted up would tell how many are no longer shown, and in which order.
    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    key = models.UUIDField(unique=True, editable=False, default=uuid4, db_default=RandomUUID())
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="interests", verbose_name=_("open call"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="interests")
    email = models.EmailField(max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(max_length=10, default="de")  # of the mails
    department = models.CharField(_("department"), max_length=PLACE, blank=True)
    site = models.CharField(_("site"), max_length=PLACE, blank=True)
    languages = ArrayField(models.CharField(max_length=7), verbose_name=_("languages"), default=list)
    experience = models.CharField(_("experience"), max_length=4, choices=Experience, blank=True)
    topics = models.CharField(_("topics"), max_length=TOPICS, blank=True)
    position = models.CharField(_("position"), max_length=12, choices=Position, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    declared_at = models.DateTimeField(
        _("when interest was shown"), null=True
    )  # with the consent; nobody sees the row before
    withdrawn_at = models.DateTimeField(_("when it was withdrawn"), null=True)  # gone a day later
    fate = models.CharField(_("decision"), max_length=7, choices=SeatFate, blank=True, default=SeatFate.OPEN)
    told = models.CharField(_("answer"), max_length=7, choices=SeatFate, blank=True, default=SeatFate.OPEN)
    told_at = models.DateTimeField(_("when it was answered"), null=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("call", Lower("email"), name="one_interest_per_address"),
            models.CheckConstraint(
                condition=~Q(told__in=("seat", "not")) | Q(fate=F("told")), name="an_answer_is_not_taken_back"
            ),
            models.CheckConstraint(
                condition=Q(told="", told_at=None) | (~Q(told="") & Q(told_at__isnull=False)), name="told_has_a_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["call", "fate"], name="interests_of_call")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_declared(self) -> bool:
        return self.declared_at is not None and self.withdrawn_at is None

    @property
    def is_settled(self) -> bool:
        """A place or a no was told: that is the end of it."""
        return self.told in (SeatFate.SEAT, SeatFate.NOT)


class Answered(models.Model):
    """All that is left of an interest 30 days after its answer: the keyed hash of an address, whatever the answer was,
    so that the same call writes to nobody twice."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64)
    on = models.DateField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "address_hash"], name="answered_once")]

    def __str__(self) -> str:
        return self.address_hash[:8]
