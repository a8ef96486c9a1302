"""What follows from a withdrawal is known by the rooms above; settings name them, so nothing is imported upwards."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def after_withdrawal(user: "User", program: Program, purpose: str) -> None:
    """Within the transaction of the withdrawal: what fails here takes the withdrawal back and says so."""
    for name in settings.ON_WITHDRAWAL.get(purpose, []):
        import_string(name)(user, program)
