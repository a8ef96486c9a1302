"""The mail to a person whose way of signing in changed, whoever changed it. It always goes out."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.templatetags.ui import clock, day
from core.notify import letters
from core.notify.services import queue_mail
from core.people.models import User
from core.people.signals import Change, way_in_changed

REASON = "people.way_in"


@dataclass(frozen=True)
class MailWords:
    """Subject; what happened when the person did it; and when somebody else did, with %(by)s."""

    subject: str | Promise
    own: str | Promise
    others: str | Promise = ""


WORDS: dict[Change, MailWords] = {
    Change.PASSWORD: MailWords(
        gettext_lazy("Your password was changed"),
        gettext_lazy("A new password was chosen for your account. Other devices were signed out."),
    ),
    Change.ADDRESS_ASKED: MailWords(
        gettext_lazy("A new email address was requested"),
        gettext_lazy(
            "Somebody asked to change the address of your account to %(new_address)s. The change takes effect once "
            "the link sent there is opened; until then everything stays as it is."
        ),
    ),
    Change.ADDRESS: MailWords(
        gettext_lazy("Your email address was changed"),
        gettext_lazy(
            "From now on, you sign in with %(new_address)s and get your emails there. The old address was "
            "%(old_address)s."
        ),
    ),
    Change.APP_ADDED: MailWords(
        gettext_lazy("An authenticator app was set up"),
        gettext_lazy(
            "An authenticator app now protects your account: signing in asks for its code. If it is your first second "
            "factor, other devices were signed out."
        ),
    ),
    Change.APP_REMOVED: MailWords(
        gettext_lazy("The authenticator app was turned off"),
        gettext_lazy("The authenticator app no longer protects your account."),
    ),
    Change.PASSKEY_ADDED: MailWords(
        gettext_lazy("A passkey was added"),
        gettext_lazy(
            "A new passkey can sign in to your account. If it is your first second factor, other devices were signed "
            "out."
        ),
    ),
    Change.PASSKEY_REMOVED: MailWords(
        gettext_lazy("A passkey was removed"),
        gettext_lazy("A passkey can no longer sign in to your account."),
    ),
    Change.CODES_MADE: MailWords(
        gettext_lazy("New recovery codes were created"),
        gettext_lazy("Your account has new recovery codes. The old ones no longer work."),
    ),
    Change.FACTORS_REMOVED: MailWords(
        gettext_lazy("Your second factor was removed"),
        gettext_lazy(
            "Your passkeys, your authenticator app and your recovery codes are no longer valid, and you have been "
            "signed out everywhere. Sign in with your password, then set up a new second factor."
        ),
        gettext_lazy(
            "%(by)s, an administrator of this site, removed your lost second factors: passkeys, authenticator app and "
            "recovery codes are no longer valid, and you have been signed out everywhere. Sign in with your password, "
            "then set up a new second factor."
        ),
    ),
    Change.SIGNED_OUT: MailWords(
        gettext_lazy("You were signed out everywhere"),
        gettext_lazy("You were signed out everywhere. You can sign in again as usual."),
        gettext_lazy(
            "%(by)s, an administrator of this site, signed you out everywhere. You can sign in again as usual."
        ),
    ),
    Change.CLOSED: MailWords(
        gettext_lazy("Your account was deactivated"),
        gettext_lazy("Your account was deactivated. Nobody can sign in with it."),
        gettext_lazy(
            "%(by)s, an administrator of this site, deactivated your account. Nobody can sign in with it; "
            "nothing was deleted."
        ),
    ),
    Change.REOPENED: MailWords(
        gettext_lazy("Your account is active again"),
        gettext_lazy("Your account is active again. You sign in as before."),
        gettext_lazy("%(by)s, an administrator of this site, reactivated your account. You sign in as before."),
    ),
    Change.ADMINISTRATOR: MailWords(
        gettext_lazy("You are now an administrator"),
        gettext_lazy("You are now an administrator of this site."),
        gettext_lazy(
            "%(by)s made you an administrator of this site: you can help people with their accounts. You cannot see "
            "anybody's figures."
        ),
    ),
    Change.NO_ADMINISTRATOR: MailWords(
        gettext_lazy("You are no longer an administrator"),
        gettext_lazy("You are no longer an administrator of this site. Your account stays as it is."),
        gettext_lazy("%(by)s removed you as an administrator of this site. Your account stays as it is."),
    ),
}


def listen() -> None:
    """Called once, when the site starts."""
    way_in_changed.connect(_on_change, dispatch_uid="notify")


def _on_change(user: User, change: Change, by: User | None, **words: Any) -> None:
    addresses = {user.email, words["old_address"]} if words.get("old_address") else {user.email}
    for address in sorted(addresses):
        tell(user, change, by=by, address=address, **words)


def tell(user: User, change: Change, *, by: User | None, address: str, **words: Any) -> None:
    """One mail: what happened, when, and what to do when it was not wanted."""
    text = WORDS[change]
    is_other = by is not None and by.pk != user.pk
    with translation.override(user.language), timezone.override(user.time_zone):
        now = timezone.localtime()
        what = str(text.others if is_other and text.others else text.own) % {"by": str(by), **_blank(words)}
        when = _("This happened on %(day)s at %(clock)s.") % {"day": day(now, "long"), "clock": clock(now)}
        letter = letters.compose(
            str(text.subject),
            _("You are receiving this email because the way you sign in has changed. It is always sent."),
            [f"{what} {when}", _not_you(is_other=is_other, change=change)],
            button=_("Choose a new password") if _helps(change, is_other) else _("Go to the sign-in page"),
            url=settings.SITE_URL + reverse("account_reset_password" if _helps(change, is_other) else "account_login"),
            sender=letters.PRODUCT,
        )
    queue_mail(address, letter.subject, letter.text, letter.html, reason=REASON, person=user)


def _blank(words: dict[str, Any]) -> dict[str, Any]:
    return {"old_address": "", "new_address": ""} | words


def _helps(change: Change, is_other: bool) -> bool:
    """A new password locks out whoever was here instead of the person."""
    return not is_other and change not in (Change.CLOSED, Change.FACTORS_REMOVED, Change.REOPENED)


def _not_you(*, is_other: bool, change: Change) -> str:
    if is_other:
        return _("Not what you expected? Please ask your site's administrators.")
    if change == Change.ADDRESS:
        return _(
            "Not you? Please tell your site's administrators right away: they can deactivate the account until this "
            "is cleared up."
        )
    return _(
        "Not you? Choose a new password right away: this signs out every other device and stops an address "
        "change that is still pending."
    )
