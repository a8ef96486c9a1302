from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from core.kit.words import WordsField
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.attachments.models import Attachment

DEEPEST = 4  # pages within pages


class HandbookPage(Deletable):
    """A page of the program's handbook, in a tree. What it says is kept in versions; the newest stands here as well."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="handbook_pages")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="below", null=True, blank=True)
    place = models.PositiveIntegerField(default=0)  # among the pages beside it
    title = WordsField(max_length=200)
    text = WordsField(blank=True)
    version = models.PositiveIntegerField(default=1)
    is_published = models.BooleanField(default=False)  # a draft is for those who write the handbook
    # Guests of the program read it as well, as it is written: no name, no part that writes itself.
    for_guests = models.BooleanField(_("shown to guests"), default=False, db_default=False)
    # What leaves the company is for who leads the program to say: guests read the version they let out, and the files
    # that were there then.
    guest_version = models.PositiveIntegerField(_("version that guests read"), null=True)
    guest_at = models.DateTimeField(_("when guests were last shown it"), null=True)
    chapter = models.CharField(max_length=40, blank=True)  # a part that writes itself, by the key its room gave it
    owner = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible for the page"),
    )
    approver = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approves the page"),
    )
    check_on = models.DateField(null=True, blank=True)  # when somebody looks whether it is still true
    approved_version = models.PositiveIntegerField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(null=True)
    search = SearchVectorField(null=True)

    objects = DeletableQuerySet["HandbookPage"].as_manager()

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["program", "parent", "place"], name="handbook_tree"),
            GinIndex(fields=["search"], name="handbook_by_words"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(parent=models.F("pk")), name="handbook_page_not_in_itself"),
            models.CheckConstraint(
                condition=Q(approved_version=None) | Q(approved_version__lte=models.F("version")),
                name="handbook_approves_what_is",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_for_guests(self) -> bool:
        """A draft is not, nor a part that writes itself: that one names people."""
        return self.for_guests and self.guest_version is not None and self.is_published and not self.chapter

    @property
    def is_ahead_of_guests(self) -> bool:
        """Guests still read an earlier version."""
        return self.is_for_guests and self.guest_version != self.version

    def as_guests_read(self) -> "HandbookPage":
        """With the words that whoever leads the program let out; not to be saved."""
        if self.is_ahead_of_guests:
            version = self.versions.get(number=self.guest_version or 0)
            self.title, self.text = version.title, version.text
        return self

    def is_out(self, file: "Attachment") -> bool:
        """A file below the page that was there when whoever leads the program let guests read it."""
        return self.guest_at is not None and file.at <= self.guest_at

    @property
    def is_approved(self) -> bool:
        """What it says now has the approver's word."""
        return self.approved_version == self.version

    @property
    def looked_after_by(self) -> Membership | None:
        """As long as the role lasts."""
        return self.owner if self.owner and self.owner.ended_at is None else None

    @property
    def approved_through(self) -> Membership | None:
        """Who is asked for the word on it, as long as the role lasts."""
        return self.approver if self.approver and self.approver.ended_at is None else None

    @property
    def is_overdue(self) -> bool:
        """The day has come to look whether it is still true."""
        return self.check_on is not None and self.check_on <= timezone.localdate()


class HandbookVersion(models.Model):
    """What a page said, and who wrote it."""

    page = models.ForeignKey(
        HandbookPage, on_delete=models.CASCADE, related_name="versions", verbose_name=_("page of the handbook")
    )
    number = models.PositiveIntegerField(_("version"))
    title = WordsField(max_length=200)
    text = WordsField(blank=True)
    note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "number"], name="one_handbook_version_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.number}"


class Decision(Deletable):
    """What the team decided, why, and when it looks at it again: the log of decisions."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()
    decided_on = models.DateField()
    text = WordsField(max_length=250)
    considered = WordsField(blank=True)
    check_on = models.DateField(null=True, blank=True)
    page = models.ForeignKey(HandbookPage, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")

    objects = DeletableQuerySet["Decision"].as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["program", "number"], name="one_decision_of_a_number")]

    def __str__(self) -> str:
        return str(self.text)
