from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import drawn
from core.kit.words import WordsField
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

LONGEST_THANKS, LONGEST_PORTRAIT = 280, 700


def today() -> date:
    return timezone.localdate()


class Kudos(Deletable):
    """Somebody thanks somebody. Only the two read it, until the one who is thanked shows it to everybody; both can end
    that at any time. There is no count of them anywhere."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)  # a count tells what others said
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who says thanks")
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who is thanked")
    )
    text = models.TextField(_("what for"), max_length=LONGEST_THANKS)
    is_shown = models.BooleanField(_("shown to everybody"), default=False)
    said_on = models.DateField(_("said on"), default=today)
    by_took_back = models.BooleanField(_("withdrawn by who said it"), default=False)
    to_took_back = models.BooleanField(_("removed by who is thanked"), default=False)

    objects = DeletableQuerySet["Kudos"].as_manager()

    class Meta:
        ordering: ClassVar = ["-said_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=F("to")), name="nobody_thanks_themselves"),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "-said_on"], name="thanks_of_program")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def key(self) -> str:
        """What newsletters know it by."""
        return f"kudos-{self.pk}"

    def sides(self, user: "User") -> tuple[str, str]:
        """The field that says somebody took it back, and that of the other one."""
        mine, other = "by_took_back", "to_took_back"
        return (mine, other) if user.pk == self.by_id else (other, mine)


class Portrait(Deletable):
    """A person in the own words, for the newsletter. It is released or taken back, never changed: nobody reads other
    words than those that somebody agreed to."""

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    text = WordsField(_("portrait"))
    released_on = models.DateField(_("released on"), default=today)

    objects = DeletableQuerySet["Portrait"].as_manager()

    class Meta:
        ordering: ClassVar = ["-released_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "user"], condition=Q(deleted_at=None), name="one_portrait_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def key(self) -> str:
        """What newsletters know it by."""
        return f"portrait-{self.pk}"
