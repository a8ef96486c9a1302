from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from core.journal import services as journal
from core.kit import rooms
from core.people.models import ERASED, User
from core.people.secrets import SecretIsSealed, seal_anew
from core.people.signals import Change, way_in_changed
from core.people.verbs import PeopleVerb

FIRST_ADMINISTRATOR_LOCK = 7_300_001
SECRET_OF = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


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
def create_account(*, email: str, name: str, language: str, by: User | None) -> User:
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
    user.save(update_fields=["name", "language"])
    set_password(user, password, by=user)
    return user


@transaction.atomic
def set_password(user: User, password: str, *, by: User) -> None:
    """A new password. Other sign-ins end with it, and so does an address that still waited for its link: whoever
    asked for that one may have known the old password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.filter(user=user, verified=False).delete()
    journal.record(PeopleVerb.PASSWORD_CHANGED, user, by=by)
    tell(user, Change.PASSWORD, by=by)


@transaction.atomic
def end_sign_ins(user: User, *, by: User) -> None:
    """Sign the person out everywhere, at once. A link to begin that lies in a mail stops working too."""
    _end_sign_ins(user)
    journal.record(PeopleVerb.SIGN_INS_ENDED, user, by=by)
    tell(user, Change.SIGNED_OUT, by=by)


@transaction.atomic
def end_way_to_begin(user: User) -> None:
    """Somebody who never began shall not begin any more: the link in the mail has ended."""
    _end_sign_ins(user)


def _end_sign_ins(user: User, *, kept: str | None = None) -> None:
    """Also those that no list knows: a session carries the number of its time."""
    User.objects.filter(pk=user.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)
    user.refresh_from_db(fields=["sign_ins_ended"])
    for session in UserSession.objects.filter(user=user):
        if session.session_key != kept:
            session.end()


@transaction.atomic
def end_other_sign_ins(user: User, *, kept: str | None) -> None:
    """Right after the first second factor was set up: who is signed in elsewhere never showed it, and may be somebody
    who knows the password. The session of this key stays; the caller gives it the new mark."""
    _end_sign_ins(user, kept=kept)


@transaction.atomic
def end_sign_in(session: UserSession, *, by: User) -> None:
    """Sign out one of the own devices."""
    session.end()
    journal.record(PeopleVerb.SIGN_IN_ENDED, by, by=by)


@transaction.atomic
def close_account(user: User, *, by: User) -> bool:
    """Nobody signs in here any more; nothing is deleted, and it can be taken back. False when it was closed before."""
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        return False
    user.is_active = False
    _end_sign_ins(user)
    journal.record(PeopleVerb.ACCOUNT_CLOSED, user, by=by)
    tell(user, Change.CLOSED, by=by)
    return True


@transaction.atomic
def reopen_account(user: User, *, by: User) -> bool:
    """The person can sign in again, with what she signed in with before. False when it was not closed."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return False
    user.is_active = True
    journal.record(PeopleVerb.ACCOUNT_REOPENED, user, by=by)
    tell(user, Change.REOPENED, by=by)
    return True


@transaction.atomic
def remove_factors(user: User, *, by: User | None) -> None:
    """Second factors that were lost, passkeys and recovery codes too: the password alone lets in until new ones are
    set up. What is signed in now, perhaps on the lost device, ends."""
    Authenticator.objects.filter(user=user).delete()
    _end_sign_ins(user)
    journal.record(PeopleVerb.FACTORS_REMOVED, user, by=by)
    tell(user, Change.FACTORS_REMOVED, by=by)


@transaction.atomic
def make_administrator(user: User, *, by: User) -> None:
    """One more person who looks after the site."""
    if User.objects.filter(pk=user.pk, is_superuser=False, is_active=True).update(is_superuser=True):
        journal.record(PeopleVerb.ADMINISTRATOR_MADE, user, by=by)
        tell(user, Change.ADMINISTRATOR, by=by)


class LastAdministrator(Exception):
    """A site is never left without an administrator."""


@transaction.atomic
def unmake_administrator(user: User, *, by: User) -> None:
    """The person keeps the account and every role; LastAdministrator when nobody else would look after the site."""
    refuse_last_administrator(user)
    if User.objects.filter(pk=user.pk, is_superuser=True).update(is_superuser=False):
        journal.record(PeopleVerb.ADMINISTRATOR_UNMADE, user, by=by)
        tell(user, Change.NO_ADMINISTRATOR, by=by)


def refuse_last_administrator(user: User) -> None:
    """Within a transaction: LastAdministrator when this is the last one who can sign in and stays."""
    hold_with_administrators(user)
    there = User.objects.filter(is_superuser=True, is_active=True, erase_at=None)
    if list(there.values_list("pk", flat=True)) == [user.pk]:
        raise LastAdministrator


def hold_with_administrators(user: User) -> User:
    """The person as now, and every administrator, in one order: two who go at once never wait for each other. What
    others write meanwhile may still name them."""
    rows = User.objects.select_for_update(no_key=True).filter(Q(pk=user.pk) | Q(is_superuser=True)).order_by("pk")
    return next(each for each in rows if each.pk == user.pk)


def reseal_factors() -> tuple[int, int]:
    """Encrypt the secrets of all second factors with the first key. How many that were, and how many no key opens.

    Each row is locked while it is written: somebody may be using a recovery code right now.
    """
    done = lost = 0
    for pk in Authenticator.objects.filter(type__in=SECRET_OF).values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            place = SECRET_OF[Authenticator.Type(row.type)]
            try:
                row.data[place] = seal_anew(row.data[place])
            except SecretIsSealed:
                lost += 1
                continue
            row.save(update_fields=["data"])
            done += 1
    return done, lost


def tell(user: User, change: Change, *, by: User | None) -> None:
    """Within the transaction of the change: the person gets a mail about it."""
    way_in_changed.send(User, user=user, change=change, by=by)


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
    for room in rooms.every():
        for forget in room.on_erasure:
            forget(user)
    _end_sign_ins(user)
    for model in (EmailAddress, Authenticator, UserSession):
        model._default_manager.filter(user=user).delete()
    blank = User(email=f"erased-{user.pk}{ERASED}", date_joined=timezone.now(), is_active=False)
    blank.set_unusable_password()
    kept = ("id", "sign_ins_ended")
    for field in (field.name for field in User._meta.concrete_fields if field.name not in kept):
        setattr(user, field, getattr(blank, field))
    user.save()
    journal.record(PeopleVerb.ACCOUNT_ERASED, user, by=None)
