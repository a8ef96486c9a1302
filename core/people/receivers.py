"""What people change about their sign-in, in the journal: allauth makes the change and tells us."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa

from core.journal import services as journal
from core.people.models import User
from core.people.verbs import PeopleVerb

VERBS = {
    account.email_changed: PeopleVerb.ADDRESS_CHANGED,
    account.password_changed: PeopleVerb.PASSWORD_CHANGED,
    account.password_set: PeopleVerb.PASSWORD_CHANGED,
    account.password_reset: PeopleVerb.PASSWORD_CHANGED,
    mfa.authenticator_added: PeopleVerb.SECOND_FACTOR_ADDED,
    mfa.authenticator_removed: PeopleVerb.SECOND_FACTOR_REMOVED,
    mfa.authenticator_reset: PeopleVerb.RECOVERY_CODES_MADE,
}


def listen() -> None:
    """Called once, when the site starts."""
    for signal in VERBS:
        signal.connect(_note, dispatch_uid="journal")


def _note(signal: Any, user: User, **_: Any) -> None:
    journal.record(VERBS[signal], user, by=user)
