from django.db import transaction

from influencer.journal import services as journal
from influencer.people.models import User


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
