"""What becomes of it when an account is erased: the person is off the list at once."""

from typing import TYPE_CHECKING

from programs.support.models import Helper

if TYPE_CHECKING:
    from core.people.models import User


def forget_everywhere(user: "User") -> None:
    Helper.objects.filter(member__user=user).delete()
