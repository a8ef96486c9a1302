from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.journal import services as journal
from core.kit import rooms
from core.people.models import User
from core.people.verbs import PeopleVerb

FIRST_ADMINISTRATOR_LOCK = 7_300_001


@transaction.atomic
def change_profile(user: User, *, by: User) -> User:
    """Keep a person's name, language and time zone; only the person changes them."""
    user.save(update_fields=["name", "language", "time_zone"])
    journal.record(PeopleVerb.PROFILE_CHANGED, user, by=by)
    for room in rooms.every():
        for listen in room.on_person_changed:
            listen(user.pk)
    return user


@transaction.atomic
def change_language(user: User, language: str, *, by: User) -> User:
    """The language of pages and mails."""
    user.language = language
    user.save(update_fields=["language"])
    journal.record(PeopleVerb.LANGUAGE_CHANGED, user, by=by, language=language)
    return user


@transaction.atomic
def create_account(*, email: str, name: str, language: str, by: User) -> User:
    """An account for somebody who chooses the password later, with the link of `people.welcome`. When somebody else
    made one for the same address at the same moment, that one."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name, language=language)
    except IntegrityError:
        return User.objects.get(email__iexact=email.strip())
    journal.record(PeopleVerb.ACCOUNT_CREATED, user, by=by)
    return user


class HasBegun(Exception):
    """The link has done its work: there is a password already."""


@transaction.atomic
def begin(user: User, *, name: str, password: str, language: str) -> User:
    """The first sign-in of somebody who was given an account: the own name as it should be, a password, and the
    language the page was read in. HasBegun when it happened before."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password():
        raise HasBegun
    user.name, user.language = name, language
    user.set_password(password)
    user.save(update_fields=["name", "language", "password"])
    journal.record(PeopleVerb.PASSWORD_CHANGED, user, by=user)
    return user


class SiteHasPeople(Exception):
    """There is an administrator already: the welcome page has done its work."""


@transaction.atomic
def create_first_administrator(*, email: str, name: str, password: str, language: str) -> User:
    """The very first account of an empty site; whoever comes second is refused."""
    with connection.cursor() as cursor:  # two browsers at once: one of them waits here
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_ADMINISTRATOR_LOCK])
    if User.objects.exists():
        raise SiteHasPeople
    user = User.objects.create_superuser(email, password, name=name, language=language)
    journal.record(PeopleVerb.FIRST_ADMINISTRATOR, user, by=user)
    return user


@transaction.atomic
def erase_account(user: User) -> None:
    """What told who this is is overwritten, and the person is signed out everywhere. The row stays, so that what the
    person did for the program keeps its place, without a name. It cannot be undone."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    for model in (EmailAddress, Authenticator, UserSession):
        model._default_manager.filter(user=user).delete()
    blank = User(email=f"erased-{user.pk}@erased.invalid", date_joined=timezone.now(), is_active=False)
    blank.set_unusable_password()
    for field in ("email", "name", "password", "last_login", "language", "time_zone", "date_joined", "is_active"):
        setattr(user, field, getattr(blank, field))
    user.save()
    journal.record(PeopleVerb.ACCOUNT_ERASED, user, by=None)
