"""Mails of the forum: where something was said and by whom, never what; the words stay on the page."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.forum import keys, queries
from community.forum.models import Post, Topic
from community.forum.places import place_url
from core.notify import letters
from core.notify.models import OutgoingMail
from core.notify.services import draft_mail
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

POST, DIGEST = "forum.post", "forum.digest"
MORNING, EVENING, SATURDAY = 8, 18, 5


def of_post(post: Post, topic: Topic, person: "User", *, is_named: bool) -> OutgoingMail:
    """About one post, to somebody who follows its topic or is named in it."""
    with translation.override(person.language):
        words = {"name": str(post.by), "title": topic.title}
        if is_named:
            subject = _("%(name)s named you: %(title)s") % words
            reason = _("You get this mail because %(name)s named you in the topic “%(title)s”.") % words
        else:
            subject = _("%(name)s answered: %(title)s") % words
            reason = _("You get this mail because you follow the topic “%(title)s”.") % words
        off = _off_url(topic.program_id, person.pk, topic.pk)
        letter = letters.compose(
            subject,
            reason,
            [_("The next mail about this topic comes after you have looked at it.")],
            button=_("Read the post"),
            url=settings.SITE_URL + place_url(topic.program, topic.pk, post.number),
            sender=topic.program.name,
        )
        text, html = _with_way_out(letter, _("No more mails about this topic"), off)
    mail = draft_mail(
        person.email, letter.subject, text, html, POST, post.pk, person, topic.program_id, _headers(off)
    )  # fmt: skip
    mail.due_at = next_working_time(mail.due_at, person.time_zone)
    return mail


def of_day(program: Program, person: "User", topics: list[tuple[Topic, int]]) -> OutgoingMail:
    """One mail for everything of a day: the topics, and how much is new in each."""
    with translation.override(person.language):
        count = sum(number for _topic, number in topics)
        words = {"count": count, "program": program.name}
        subject = ngettext(
            "%(count)s new post in the forum of %(program)s", "%(count)s new posts in the forum of %(program)s", count
        )
        lines = []
        for topic, number in topics:
            new = ngettext("%(count)s new post", "%(count)s new posts", number) % {"count": number}
            url = settings.SITE_URL + reverse("community:topic_detail", args=[program.slug, topic.pk])
            lines.append(f"{topic.title} ({new})\n{url}")
        off = _off_url(program.pk, person.pk, 0)
        letter = letters.compose(
            subject % words,
            _("You get this mail once a day because you follow topics or were named."),
            lines,
            button=_("Open the forum"),
            url=settings.SITE_URL + reverse("community:forum", args=[program.slug]),
            sender=program.name,
        )
        text, html = _with_way_out(letter, _("No more mails from the forum"), off)
    return draft_mail(
        person.email, letter.subject, text, html, DIGEST, None, person, program.pk, _headers(off)
    )  # fmt: skip


def is_withheld(mail: OutgoingMail) -> bool:
    """Who has left the program meanwhile, or whose post is gone, needs no mail about it any more."""
    program = Program.objects.filter(pk=mail.program_id or 0).first()
    if program is None or mail.person_id not in {person.pk for person in queries.people_of(program)}:
        return True
    here = Post.objects.present().filter(topic__deleted_at=None)
    return mail.reason == POST and not here.filter(pk=mail.reference or 0).exists()


def next_working_time(moment: datetime, zone: str) -> datetime:
    """Nothing in the evening and at the weekend: then on the next working day in the morning, where the person is."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.weekday() < SATURDAY and MORNING <= local.hour < EVENING:
        return moment
    day = local.date() + timedelta(days=local.hour >= EVENING)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return max(moment, timezone.make_aware(datetime.combine(day, time(MORNING)), ZoneInfo(zone)))


def _off_url(program_id: int, person_id: int, topic_id: int) -> str:
    return settings.SITE_URL + reverse("community:mails_off", args=[keys.token_of(program_id, person_id, topic_id)])


def _headers(off: str) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _with_way_out(letter: letters.Letter, label: str, url: str) -> tuple[str, str]:
    """The way to switch it off stands below everything else, as small as possible and always there."""
    return f"{letter.text}\n{label}:\n{url}\n", letter.html.replace("</body>", _foot(label, url), 1)


def _foot(label: str, url: str) -> str:
    return str(format_html('<p align="center"><a href="{}">{}</a></p></body>', url, label))
