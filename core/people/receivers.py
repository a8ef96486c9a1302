"""What people change about their sign-in, in the journal: allauth makes the change and tells us."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa

from core.journal import services as journal
from core.people.models import User

VERBS = {
    account.email_changed: "people.address_changed",
    account.password_changed: "people.password_changed",
    account.password_set: "people.password_changed",
    account.password_reset: "people.password_changed",
    mfa.authenticator_added: "people.second_factor_added",
    mfa.authenticator_removed: "people.second_factor_removed",
    mfa.authenticator_reset: "people.recovery_codes_made",
}


def listen() -> None:
    """Called once, when the site starts."""
    for signal in VERBS:
        signal.connect(_note, dispatch_uid="journal")


def _note(signal: Any, user: User, **_: Any) -> None:
    journal.record(VERBS[signal], user, by=user)
