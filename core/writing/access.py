"""A draft is its writer's alone."""

from typing import TYPE_CHECKING

from core.writing.models import Draft

if TYPE_CHECKING:
    from core.people.models import User


def find_draft(user: "User", key: str) -> Draft | None:
    return Draft.objects.filter(person=user, key=key).first()
