"""Mails of somebody who deletes the own account: that it was asked for, that it stays, that it is done."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.kit.templatetags.ui import day
from core.notify.letters import PRODUCT, compose
from core.notify.services import queue_mail
from core.people.models import User
from influencer.privacy.account_page import token_of

REASON = "privacy.account"


def asked(user: User) -> None:
    """With the way back: who did not ask for it takes it back with the same link."""
    with translation.override(user.language), timezone.override(user.time_zone):
        when = {"day": day(user.erase_at, "long")}
        _send(
            user,
            _("Your account is deleted on %(day)s") % when,
            [
                _("You asked for this: you are signed out everywhere and no longer take part in anything.")
                + " "
                + _("On %(day)s the account and everything linked to it will be permanently deleted.") % when,
                _("Until then, one click restores everything. Not you? Click it and choose a new password."),
            ],
            _("Keep my account"),
            reverse("privacy:account_keep", args=[token_of(user)]),
        )


def kept(user: User) -> None:
    with translation.override(user.language):
        _send(
            user,
            _("Your account stays"),
            [_("Everything is as it was. You sign in as usual.")],
            _("Go to the sign-in page"),
            reverse("account_login"),
        )


def erased(user: User) -> None:
    """The last mail to this address."""
    with translation.override(user.language):
        _send(
            user,
            _("Your account is deleted"),
            [
                _("Your account and everything linked to it has been deleted, as you asked two weeks ago."),
                _("Backups still contain it until they expire; nobody works with them."),
            ],
            _("What may still be stored"),
            reverse("privacy:left"),
            is_last=True,
        )


def _send(user: User, subject: str, text: list[str], button: str, path: str, *, is_last: bool = False) -> None:
    why = _("You are receiving this email because your account was to be deleted. It is always sent.")
    letter = compose(subject, why, text, button=button, url=settings.SITE_URL + path, sender=PRODUCT)
    person = None if is_last else user
    queue_mail(user.email, letter.subject, letter.text, letter.html, reason=REASON, person=person)
