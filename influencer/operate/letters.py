"""Mails about accounts: the way in once more, and the removal of lost second factors."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.kit.templatetags.ui import clock, day
from core.notify.letters import PRODUCT, Letter, compose
from core.notify.services import queue_mail
from core.people.models import User
from core.people.welcome import token_of
from influencer.operate import queries, tokens
from influencer.operate.models import WAITING_TIME, Rescue

BEGIN, RESCUE = "operate.begin", "operate.rescue"


def begin(person: User, *, by: User) -> None:
    """For somebody who never came in: the link to choose the first password."""
    with translation.override(person.language):
        letter = compose(
            _("Your link to Botschaft"),
            _("%(by)s, an administrator of this site, is sending you a new link to your account.") % {"by": by},
            [_("Please choose a password with this link. It works once and is valid for 30 days.")],
            button=_("Choose a password"),
            url=settings.SITE_URL + reverse("people:welcome", args=[token_of(person)]),
            sender=PRODUCT,
        )
    _send(person, letter, BEGIN)


def rescue_words(person: User, by: User) -> list[str]:
    """What the person reads, in the language that is active now; the page shows it before it is sent."""
    due = timezone.localtime() + WAITING_TIME
    when = {"by": by, "day": day(due, "long"), "clock": clock(due)}
    return [
        _(
            "%(by)s, an administrator of this site, was told that you lost your second factor and asked to have it "
            "removed. This takes effect when a second administrator confirms it, or otherwise on %(day)s at "
            "%(clock)s. You then sign in with your password and set up a new second factor."
        )
        % when,
        _("Not you? One click stops it, and everything stays as it is."),
    ]


def rescue_asked(rescue: Rescue) -> None:
    """To the person, with the way to stop it; to the other administrators, with the way to confirm."""
    by = rescue.asked_by
    if by is None:
        return
    person = rescue.person
    with translation.override(person.language), timezone.override(person.time_zone):
        letter = compose(
            _("Your second factor is due to be removed"),
            _(
                "You are receiving this email because somebody asked for a way back into your account. It is "
                "always sent."
            ),
            rescue_words(person, by),
            button=_("Stop it"),
            url=settings.SITE_URL + reverse("operate:rescue_stop_by_link", args=[tokens.stop_token(rescue)]),
            sender=PRODUCT,
        )
    _send(person, letter, RESCUE)
    for other in queries.administrators().exclude(pk__in=[by.pk, rescue.person_id]):
        with translation.override(other.language):
            letter = compose(
                _("Please confirm: a lost second factor"),
                _("You are receiving this email because you are an administrator of this site."),
                [
                    _(
                        "%(by)s asks to remove %(person)s's lost second factor. Please check for yourself that the "
                        "request really comes from this person, then confirm."
                    )
                    % {"by": by, "person": rescue.person}
                ],
                button=_("View the account"),
                url=settings.SITE_URL + reverse("operate:account", args=[rescue.person_id]),
                sender=PRODUCT,
            )
        _send(other, letter, RESCUE)


def rescue_stopped(rescue: Rescue, *, by: User | None) -> None:
    """To who asked for it, and to the person: both know that everything stays as it is."""
    by_person = by is None or by.pk == rescue.person_id
    for reader in filter(None, (rescue.asked_by, rescue.person)):
        with translation.override(reader.language):
            what = {"person": rescue.person, "by": by}
            letter = compose(
                _("The second factor stays"),
                _("You are receiving this email because the second factor of an account was to be removed."),
                [
                    _("%(person)s has stopped it: the second factor stays as it is.") % what
                    if by_person
                    else _("%(by)s has stopped it: %(person)s's second factor stays as it is.") % what
                ],
                button=_("Go to the sign-in page"),
                url=settings.SITE_URL + reverse("account_login"),
                sender=PRODUCT,
            )
        _send(reader, letter, RESCUE)


def _send(person: User, letter: Letter, reason: str) -> None:
    queue_mail(person.email, letter.subject, letter.text, letter.html, reason=reason, person=person)
