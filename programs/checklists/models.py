from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.attachments.models import Attachment
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn, in_turn
from core.kit.words import Titled, WordsField
from programs.membership.models import Membership, Program
from programs.phases.models import Phase, PhaseState


class ItemState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    NOT_APPLICABLE = "na", _("not applicable")


class AskEvery(models.IntegerChoices):
    """After how many weeks it is asked again how well something works."""

    NEVER = 0, _("not asked again")
    MONTH = 4, _("every four weeks")
    QUARTER = 13, _("every quarter")
    HALF_YEAR = 26, _("every half-year")


class ItemQuerySet(DeletableQuerySet["Item"]):
    def rows(self) -> "ItemQuerySet":
        """With what a row shows."""
        return self.present().select_related("phase", "owner__user", "closed_by")

    def open(self) -> "ItemQuerySet":
        """Still to be done; nothing of a skipped phase is."""
        return self.present().filter(state=ItemState.OPEN).exclude(phase__state=PhaseState.SKIPPED)

    def overdue(self, *, on: date) -> "ItemQuerySet":
        return self.open().filter(due_on__lt=on)

    def due(self, *, until: Any) -> "ItemQuerySet":
        return self.open().filter(due_on__lte=until)


class Item(Titled, Deletable):
    """A line of a phase's checklist: open, done, or not applicable with a reason."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="items")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60, blank=True)
    hint = WordsField(blank=True)
    is_must = models.BooleanField(default=True)
    state = models.CharField(max_length=4, choices=ItemState, default=ItemState.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    ask_every = models.PositiveSmallIntegerField(
        _("Ask again how well it works"), choices=AskEvery, default=AskEvery.NEVER
    )
    values = models.JSONField(_("own fields"), default=dict, blank=True)  # by the key of `ItemField`
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["phase__position", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="na") | ~Q(reason=""), name="not_applicable_needs_a_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "state", "due_on"], name="items_due")]

    @property
    def is_open(self) -> bool:
        return self.state == ItemState.OPEN

    def is_overdue(self, *, on: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < on


PRESENT = Q(items__deleted_at=None)
PROGRESS = {  # how far a phase is, as annotations: what does not apply is no part of the total
    "done": Count("items", filter=PRESENT & Q(items__state=ItemState.DONE)),
    "total": Count("items", filter=PRESENT & ~Q(items__state=ItemState.NOT_APPLICABLE)),
    "na": Count("items", filter=PRESENT & Q(items__state=ItemState.NOT_APPLICABLE)),
}


class EvidenceQuerySet(DeletableQuerySet["Evidence"]):
    pass


class Evidence(Deletable):
    """Why an item counts as done: a note, a link, a file, or something of another room, e.g. a page of the handbook."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)

    class Kind(models.TextChoices):
        NOTE = "note", _("note")
        LINK = "link", _("link")
        FILE = "file", _("file")
        THING = "thing", _("page or event")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=5, choices=Kind)
    text = models.TextField(blank=True)  # the note, the link's address, the file's name, or what the thing was called
    thing = models.CharField(max_length=40, blank=True)  # e.g. page:12, see `core.kit.rooms.Reference`
    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind="link") | Q(text__startswith="https://"), name="links_are_https"),
            models.CheckConstraint(
                condition=~Q(kind="file") ^ Q(attachment__isnull=False), name="evidence_file_is_attached"
            ),
            models.CheckConstraint(condition=~Q(kind="thing") ^ ~Q(thing=""), name="evidence_thing_is_named"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Batch(models.Model):
    """What was changed about items in one go, kept for a month so that it can be taken back."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField()  # {item: {field: [value before, value after]}}
    finished = models.ForeignKey(Phase, on_delete=models.SET_NULL, null=True, related_name="+")  # closed along with it
    started = models.ForeignKey(Phase, on_delete=models.SET_NULL, null=True, related_name="+")
    skipped = ArrayField(models.BigIntegerField(), default=list)  # phases left out by the decision to stop
    is_repeat = models.BooleanField(default=False)  # what started is a second round of what finished
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{len(self.before)} items"
