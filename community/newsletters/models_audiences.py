from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.drawn import in_turn
from programs.membership.models import Program, Role

SORTS = ("generations", "roles", "languages", "interests")


@dataclass(frozen=True)
class Audience:
    """For whom an issue is: of each sort those chosen, and who fits every sort. Nothing chosen: the whole program."""

    generations: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()

    @property
    def is_everybody(self) -> bool:
        return self == Audience()

    @property
    def is_known_by_name(self) -> bool:
        """Who runs the program sees by name who is in it: generations and roles. What language somebody reads and
        what interests them is not looked up for this."""
        return not (self.languages or self.interests)

    @property
    def mark(self) -> str:
        """The same for the same choice, in whatever order."""
        parts = [",".join(sorted(str(each) for each in getattr(self, sort))) for sort in SORTS]
        return sha256("\0".join(parts).encode()).hexdigest()[:40]


WHOLE = Audience()


class Aimed(models.Model):
    """A row that is for an audience."""

    to_generations = ArrayField(models.BigIntegerField(), verbose_name=_("to generations"), default=list, blank=True)
    to_roles = ArrayField(
        models.CharField(max_length=10, choices=Role), verbose_name=_("to roles"), default=list, blank=True
    )
    to_languages = ArrayField(models.CharField(max_length=7), verbose_name=_("to readers of"), default=list, blank=True)
    to_interests = ArrayField(
        models.CharField(max_length=120), verbose_name=_("to people interested in"), default=list, blank=True
    )

    class Meta:
        abstract = True

    @property
    def audience(self) -> Audience:
        return Audience(**{sort: tuple(getattr(self, f"to_{sort}")) for sort in SORTS})

    @audience.setter
    def audience(self, wanted: Audience) -> None:
        for sort in SORTS:
            setattr(self, f"to_{sort}", sorted(getattr(wanted, sort)))


TO = tuple(f"to_{sort}" for sort in SORTS)
FOR_EVERYBODY = Q(**{name: [] for name in TO})


class SavedAudience(Aimed, Deletable):
    """An audience that a program uses again, under a name."""

    id = models.BigIntegerField(primary_key=True, default=in_turn, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="saved_audiences")
    name = models.CharField(_("name"), max_length=80)

    objects = DeletableQuerySet["SavedAudience"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "program", Lower("name"), condition=Q(deleted_at=None), name="one_saved_audience_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CountedAudience(Aimed):
    """An audience whose readers were counted: the next one has to differ from it by enough people, or gets no number.
    Nobody is in it, only the choice."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    mark = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "mark"], name="one_counted_audience"),
        ]

    def __str__(self) -> str:
        return self.mark
