from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program


class ListenedName(Deletable):
    """A company, or something it is known for, that is counted in what others publish. Never an employee."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("company"), max_length=60)
    spellings = models.CharField(_("other spellings"), max_length=200, blank=True)  # with commas between them
    is_own = models.BooleanField(_("our own company"), default=False)

    objects = DeletableQuerySet["ListenedName"].as_manager()

    class Meta:
        ordering: ClassVar = ["-is_own", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> list[str]:
        return [word for part in (self.name, *self.spellings.split(",")) if (word := part.strip())]


class ListeningSearch(Deletable):
    """A feed that is read once a day, and what of it is kept."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address of the feed"), max_length=200)
    words = models.CharField(_("words to look for"), max_length=200, blank=True)  # with commas; none: everything
    about = models.ForeignKey(
        ListenedName, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("counts for")
    )
    due_at = models.DateTimeField(null=True)  # of the next look; none while it is removed
    lease_until = models.DateTimeField(null=True)  # until then a worker is at it
    attempts = models.PositiveIntegerField(default=0)
    setbacks = models.PositiveSmallIntegerField(default=0)  # in a row
    fetched_at = models.DateTimeField(_("last fetched"), null=True)
    trouble = models.CharField(max_length=20, blank=True)  # why nothing came; empty: an answer

    objects = DeletableQuerySet["ListeningSearch"].as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(deleted_at=None) | Q(due_at=None), name="a_removed_search_is_never_due"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="searches_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


class Mention(Deletable):
    """Something that was published: where, when, under which title. Who wrote it is not kept, nor the text."""

    class Tone(models.TextChoices):
        FRIENDLY = "friendly", _("friendly")
        NEUTRAL = "neutral", _("neutral")
        CRITICAL = "critical", _("critical")

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    search = models.ForeignKey(ListeningSearch, on_delete=models.SET_NULL, null=True, related_name="+")
    mark = models.CharField(max_length=64)  # of its page, so that the same one is there once
    url = models.URLField(_("link"), max_length=400)
    title = models.CharField(_("title"), max_length=300)
    source = models.CharField(_("source"), max_length=120, blank=True)
    on = models.DateField(_("day"))
    names = ArrayField(models.BigIntegerField(), default=list)  # numbers of the companies it is about
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    tone = models.CharField(_("tone"), max_length=8, choices=Tone, blank=True)  # set by hand; empty: by nobody yet

    objects = DeletableQuerySet["Mention"].as_manager()

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "mark"], name="one_mention_of_a_page"),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "-on"], name="mentions_of_program")]

    def __str__(self) -> str:
        return self.title[:80]

    @property
    def link_shown(self) -> str:
        return self.url.split("://", 1)[-1].split("/")[0].removeprefix("www.")
