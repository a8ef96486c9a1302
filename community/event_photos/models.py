from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from community.events.models import Event
from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn

LONGEST_CAPTION, LONGEST_REASON = 120, 300


class Agreement(models.TextChoices):
    WAITING = "waiting", _("not answered")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")


class PhotoQuerySet(DeletableQuerySet["EventPhoto"]):
    def shown(self) -> "PhotoQuerySet":
        """What everybody who is invited sees."""
        return self.present().agreed_to()

    def agreed_to(self) -> "PhotoQuerySet":
        """Nobody is recognisable, or everybody who is has agreed; a photo of people of whom none is left is not among
        them."""
        people = PhotoPerson.objects.filter(photo=OuterRef("pk"))
        agreed = Exists(people) & ~Exists(people.exclude(answer=Agreement.AGREED))
        untouched = Q(is_of_nobody=True) & ~Exists(people)
        return self.filter(untouched | agreed)


class EventPhoto(Deletable):
    """A photo of an event that was; the file hangs on it. It is closed until everybody in it agrees."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="photos")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who added it"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=LONGEST_CAPTION, blank=True)
    is_of_nobody = models.BooleanField(_("nobody is recognisable"), default=False)  # as who added it says
    created_at = models.DateTimeField(auto_now_add=True)
    hidden_since = models.DateTimeField(null=True)  # was shown, and is no longer agreed to
    is_removed = models.BooleanField(default=False)  # by a host: only then a host may bring it back

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.caption


class PhotoPerson(models.Model):
    """Somebody who is recognisable in a photo, and what they said to it: without a time, and told to nobody."""

    photo = models.ForeignKey(
        EventPhoto, verbose_name=_("photo"), on_delete=models.CASCADE, related_name="people", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(_("answer"), max_length=7, choices=Agreement, default=Agreement.WAITING)
    is_own = models.BooleanField(_("said by the person"), default=False)  # nobody else marked them

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["photo", "person"], name="once_in_a_photo"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class PhotoFate(models.TextChoices):
    HIDDEN = "hidden", _("hidden")
    KEPT = "kept", _("kept")


class PhotoReport(models.Model):
    """Somebody asks the hosts to look at a photo. Who it was is told to nobody."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    photo = models.ForeignKey(
        EventPhoto, verbose_name=_("photo"), on_delete=models.CASCADE, related_name="reports", db_index=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    fate = models.CharField(_("answer of the hosts"), max_length=6, choices=PhotoFate, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["photo", "by"], condition=Q(decided_at=None), name="one_open_report_of_a_photo"
            ),
            models.CheckConstraint(
                condition=Q(fate="", decided_at=None) | (~Q(fate="") & Q(decided_at__isnull=False)),
                name="a_photo_fate_has_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["photo"], name="reports_of_a_photo")]

    def __str__(self) -> str:
        return f"{self.pk}"
