"""A draft is its writer's alone."""

from typing import TYPE_CHECKING

from core.kit.compiled import Blank, Compiled
from core.writing.models import Draft

if TYPE_CHECKING:
    from core.people.models import User


def find_draft(user: "User", key: str) -> Draft | None:
    return next(iter(DRAFT.rows(person=user.pk, key=key)), None)


DRAFT = Compiled(lambda: Draft.objects.filter(person=Blank("person"), key=Blank("key")))
