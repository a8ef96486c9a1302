from typing import Any

from allauth.mfa import signals

from core.people.models import User
from influencer.operate import services


def listen() -> None:
    """Called once, when the site starts."""
    signals.authenticator_used.connect(_factor_used, dispatch_uid="operate")


def _factor_used(user: User, **_: Any) -> None:
    """Whoever uses a second factor has not lost it."""
    services.stop_rescue_of(user)
