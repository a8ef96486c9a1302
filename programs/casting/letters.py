"""Mails of a call: the link that confirms an address, and the answers."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.kit.languages import in_language
from core.kit.templatetags.ui import day
from core.notify import letters
from core.notify.models import OutgoingMail
from core.notify.services import draft_mail, queue_mail
from programs.casting.models import Call, Interest, SeatFate
from programs.casting.tokens import FORM, token_of
from programs.membership.sender import sender_of

CONFIRM = "casting.confirm"  # why a mail exists, in the outbox
ANSWER = "casting.answer"
PLACEHOLDERS = ("name", "program", "generation", "contact")


def send_link(interest: Interest) -> None:
    """The link to one's own interest. It proves the address, and it leads there until the call closes."""
    call = interest.call
    with translation.override(interest.language):
        words = {"program": call.program.name, "company": call.program.company_name, "day": day(call.closes_on, "long")}
        letter = letters.compose(
            _("%(program)s: your link to the call") % words,
            _("Somebody entered this address on the page of the open call of %(program)s.") % words,
            [
                _("Use the link to show interest, change your answers or withdraw them, until %(day)s.") % words,
                _("If it was not you, do nothing: the address is deleted after a week."),
            ],
            button=_("Show interest"),
            url=settings.SITE_URL + reverse("programs:interest", args=[token_of(interest.key)]) + FORM,
            sender=sender_of(call.program),
        )
    queue_mail(
        interest.email,
        letter.subject,
        letter.text,
        letter.html,
        reason=CONFIRM,
        reference=interest.pk,
        program_id=call.program_id,
    )


def answer(interest: Interest, call: Call) -> OutgoingMail:
    """Waiting list, or not this time: the call's own words, in the person's language. Not stored yet."""
    with translation.override(interest.language):
        is_waiting = interest.fate == SeatFate.WAITING
        text = in_language((call.waiting_text if is_waiting else call.decline_text).texts)
        words = {
            "name": interest.name,
            "program": call.program.name,
            "generation": call.generation.name,
            "contact": contact_of(call),
        }
        subject = _("%(program)s: your interest in %(generation)s") % words
        reason = _("You are receiving this email because you showed interest in the call of %(program)s.") % words
        letter = letters.compose(
            subject,
            reason,
            [filled(part.strip(), words) for part in text.split("\n\n") if part.strip()],
            sender=sender_of(call.program),
        )
    return draft_mail(
        interest.email,
        letter.subject,
        letter.text,
        letter.html,
        reason=ANSWER,
        reference=interest.pk,
        person=interest.user,
        program_id=call.program_id,
    )


def filled(part: str, words: dict[str, str]) -> str:
    """People change these texts: whatever stands in braces and is no placeholder stays as it is."""
    for name in PLACEHOLDERS:
        part = part.replace(f"{{{name}}}", words[name])
    return part.replace(" ,", ",")


def contact_of(call: Call) -> str:
    contact = call.generation.who_to_ask
    if contact is None:
        return call.program.company_name
    return f"{contact.user.name}, {contact.user.email}" if contact.user.name else contact.user.email


def is_withheld(mail: OutgoingMail) -> bool:
    """Whose address is forgotten gets no mail that still waits; who took the interest back gets no answer, but the link
    they asked for afterwards."""
    rows = Interest.objects.filter(pk=mail.reference or 0)
    return not (rows if mail.reason == CONFIRM else rows.filter(withdrawn_at=None)).exists()
