"""Mails about news: where something happened and by whom, never what was said; the words stay on the page.

Each mail is about one program, a digest too: who is in two gets two. An answer goes to that program's contact person
(`core.notify.answers`), and the mail says so: it lands neither on the page nor with who wrote there.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit import product
from core.news.bundles import Bundle
from core.news.models import Way
from core.news.tokens import EVERYTHING, token_of
from core.notify import answers, letters, senders
from core.notify.models import OutgoingMail
from core.notify.services import draft_mail

if TYPE_CHECKING:
    from core.people.models import User


def reason_of(way: str) -> str:
    return f"news.{way}"


REASONS = tuple(reason_of(way) for way in (Way.NOW, Way.DAILY, Way.WEEKLY))


def of(person: "User", program_id: int | None, way: str, bundles: Sequence[Bundle]) -> list[OutgoingMail]:
    """One mail about everything there is to tell, as its reader (`as_reader`); none when there is nothing. What belongs
    into a calendar has a mail of its own: a mailbox shows the date of one part only. So has a page."""
    dated = [each for each in bundles if way == Way.NOW and (each.news.calendar or each.news.page)]
    rest = [each for each in bundles if each not in dated]
    return [_mail(person, program_id, way, told) for told in (*([each] for each in dated), rest) if told]


def _mail(person: "User", program_id: int | None, way: str, bundles: Sequence[Bundle]) -> OutgoingMail:
    first, row = bundles[0], bundles[0].rows[-1]
    is_one = way == Way.NOW and len(bundles) == 1
    scope = first.news.kind if is_one else f"{EVERYTHING}{way}"
    letter = _about_one(first, person) if is_one else _about_several(bundles, way)
    off = settings.SITE_URL + reverse("news:off", args=[token_of(person.pk, scope)])
    label = _("No more emails of this kind") if is_one else _no_more(way)
    reads = _who_answers(program_id, person, first.program)
    text, html = _with_foot(letter, reads, label, off)
    calendar = first.news.calendar if is_one else None
    reference = row.pk if is_one and (calendar or len(first.rows) == 1) else None
    headers = {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    file = calendar(person, row) if calendar else ""
    return draft_mail(
        person.email, letter.subject, text, html, reason_of(way), reference, person, program_id, headers, file
    )


def _about_one(told: Bundle, person: "User") -> letters.Letter:
    next_one = [] if told.news.each else [_("The next email about it comes after you have looked.")]
    return letters.compose(
        told.sentence,
        str(told.news.reason),
        [*([told.news.says()] if told.news.says else []), *next_one],
        button=str(told.news.button) or _("Take a look"),
        url=settings.SITE_URL + told.url,
        choices=[(str(label), f"{settings.SITE_URL}{told.url}{query}") for label, query in told.news.answers],
        page=told.news.page(person, told.rows[-1]) if told.news.page else None,
        sender=senders.sender_of(told.program_id, told.program),
    )


def _about_several(bundles: Sequence[Bundle], way: str) -> letters.Letter:
    count = sum(len(each.rows) for each in bundles)
    program = bundles[0].program or product.NAME
    subject = ngettext("%(program)s: %(count)s update", "%(program)s: %(count)s updates", count)
    reasons = {
        Way.NOW: _("You are receiving this email because you want to hear about these things right away."),
        Way.DAILY: _("You are receiving this email because you chose at most one a day."),
        Way.WEEKLY: _("You are receiving this email because you chose at most one a week."),
    }
    return letters.compose(
        subject % {"program": program, "count": count},
        reasons[Way(way)],
        [f"{each.sentence}\n{settings.SITE_URL}{each.url}" for each in bundles],
        button=_("Open my notifications"),
        url=settings.SITE_URL + reverse("news:inbox"),
        sender=senders.sender_of(bundles[0].program_id, program),
    )


def _no_more(way: str) -> str:
    return {
        Way.NOW: _("No more immediate emails"),
        Way.DAILY: _("No more daily emails"),
        Way.WEEKLY: _("No more weekly emails"),
    }[Way(way)]


def _who_answers(program_id: int | None, person: "User", program: str) -> str:
    """Nothing when no contact person reads it."""
    if not answers.contact_of(program_id, person.pk):
        return ""
    if not program:
        return _("If you reply to this email, your answer goes to a contact person of the program, not to the page.")
    words = _("If you reply to this email, your answer goes to a contact person of %(program)s, not to the page.")
    return words % {"program": program}


def _with_foot(letter: letters.Letter, reads: str, label: str, off: str) -> tuple[str, str]:
    """The way to switch it off stands below everything else, as small as possible and always there."""
    choose, settings_url = _("Choose how you hear from us"), settings.SITE_URL + reverse("news:settings")
    text = "".join((letter.text, f"\n{reads}\n" if reads else "", f"\n{label}:\n{off}\n\n{choose}:\n{settings_url}\n"))
    foot = format_html(
        '{}<p align="center"><a href="{}">{}</a> &nbsp; <a href="{}">{}</a></p></body>',
        format_html('<p align="center">{}</p>', reads) if reads else "",
        off,
        label,
        settings_url,
        choose,
    )
    return text, letter.html.replace("</body>", str(foot), 1)
