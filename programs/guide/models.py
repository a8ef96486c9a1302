"""The guide from the first decision: what somebody has answered so far, and what the program keeps of it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from core.kit.words import WordsField
from programs.membership.models import Program


class Size(models.TextChoices):
    SMALL = "small", _("up to 10 people")
    MIDDLE = "middle", _("11 to 25 people")
    LARGE = "large", _("26 to 60 people")
    HUGE = "huge", _("more than 60 people")


class CouncilState(models.TextChoices):
    KNOWS = "knows", _("yes, and it knows about the program")
    UNAWARE = "unaware", _("yes, but it does not know yet")
    NONE = "none", _("no")
    UNKNOWN = "unknown", _("not known yet")


class Sketch(Deletable):
    """A program that somebody is thinking about: the answers given so far, for this person alone."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answers = models.JSONField(_("answers about a planned program"), default=dict)  # {question: {field: value}}
    changed_at = models.DateTimeField(auto_now=True)

    objects = DeletableQuerySet["Sketch"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(deleted_at=None), name="one_sketch_of_a_person")
        ]

    def __str__(self) -> str:
        return str(self.answers.get("start", {}).get("name", ""))


class Concept(models.Model):
    """What the answers said that has no other room: for whom, how many, in which languages, with which council."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="concept")
    audience = models.CharField(max_length=600, blank=True)
    size = models.CharField(max_length=6, choices=Size, blank=True)
    council = models.CharField(max_length=7, choices=CouncilState, default=CouncilState.UNKNOWN)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)

    def __str__(self) -> str:
        return str(self.program_id)


class NeededDocument(Deletable):
    """A document that the program needs: still missing, or there and where it can be found."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    title = WordsField(max_length=160)
    hint = WordsField(blank=True)
    is_there = models.BooleanField(default=False)
    link = models.URLField(max_length=500, blank=True)

    objects = DeletableQuerySet["NeededDocument"].as_manager()

    class Meta:
        ordering: ClassVar = ["is_there", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"), name="document_links_are_https"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)
