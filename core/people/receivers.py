"""What people change about their sign-in: allauth makes the change and tells us; it goes into the journal, and the
person is told."""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.db.models.signals import pre_save
from django.http import HttpRequest

from core.journal import services as journal
from core.kit.drawn import drawn
from core.people import services
from core.people.models import User
from core.people.signals import Change, way_in_changed
from core.people.verbs import PeopleVerb

FACTORS = {  # what was added, what was removed; recovery codes come and go with the others
    Authenticator.Type.TOTP: (Change.APP_ADDED, Change.APP_REMOVED),
    Authenticator.Type.WEBAUTHN: (Change.PASSKEY_ADDED, Change.PASSKEY_REMOVED),
}


def listen() -> None:
    """Called once, when the site starts."""
    account.email_added.connect(_address_asked, dispatch_uid="people")
    account.email_changed.connect(_address_changed, dispatch_uid="people")
    pre_save.connect(_give_number, sender=Authenticator, dispatch_uid="people")
    mfa.authenticator_added.connect(_factor_added, dispatch_uid="people")
    mfa.authenticator_removed.connect(_factor_removed, dispatch_uid="people")
    mfa.authenticator_reset.connect(_codes_made, dispatch_uid="people")


def _give_number(instance: Authenticator, **_: Any) -> None:
    """The address of a passkey holds its number: counted, two of one's own would tell how many others set up."""
    if instance.pk is None:
        instance.pk = drawn()


def _address_asked(user: User, email_address: EmailAddress, **_: Any) -> None:
    journal.record(PeopleVerb.ADDRESS_ASKED, user, by=user)
    _tell(user, Change.ADDRESS_ASKED, old_address=user.email, new_address=email_address.email)


def _address_changed(user: User, from_email_address: Any, to_email_address: EmailAddress, **_: Any) -> None:
    journal.record(PeopleVerb.ADDRESS_CHANGED, user, by=user)
    old = from_email_address.email if from_email_address else ""
    _tell(user, Change.ADDRESS, old_address=old, new_address=to_email_address.email)


def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    journal.record(PeopleVerb.SECOND_FACTOR_ADDED, user, by=user)
    if changes := FACTORS.get(Authenticator.Type(authenticator.type)):
        if not Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk).exists():
            services.end_other_sign_ins(user, kept=request.session.session_key)
            request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()  # this device stays
            request.session.save()
        _tell(user, changes[0])


def _factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    journal.record(PeopleVerb.SECOND_FACTOR_REMOVED, user, by=user)
    if changes := FACTORS.get(Authenticator.Type(authenticator.type)):
        _tell(user, changes[1])


def _codes_made(user: User, **_: Any) -> None:
    journal.record(PeopleVerb.RECOVERY_CODES_MADE, user, by=user)
    _tell(user, Change.CODES_MADE)


def _tell(user: User, change: Change, **words: str) -> None:
    way_in_changed.send(User, user=user, change=change, by=user, **words)
