from django.db import connection, transaction

from influencer.journal import services as journal
from influencer.people.models import User

FIRST_ADMINISTRATOR_LOCK = 7_300_001


@transaction.atomic
def change_profile(user: User, *, by: User) -> User:
    """Keep a person's name, language and time zone; only the person changes them."""
    user.save(update_fields=["name", "language", "time_zone"])
    journal.record("people.profile_changed", user, by=by)
    return user


@transaction.atomic
def change_language(user: User, language: str, *, by: User) -> User:
    """The language of pages and mails."""
    user.language = language
    user.save(update_fields=["language"])
    journal.record("people.language_changed", user, by=by, language=language)
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
    journal.record("people.first_administrator", user, by=user)
    return user
