"""In their first days people begin a few topics and write some posts a day, with a few links and pictures each, and
mention a few people. It keeps whoever comes only to advertise from flooding a forum, and it gives every newcomer's
question the room to get an answer.

Who hosts is no newcomer, nor is who comes back to a program. What was written is kept, and the sentence says until
when.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from community.forum.models import TAKEN_BACK_WITHIN, Post, Topic
from core.kit.markdown import attachments_of, links_in
from core.kit.templatetags.ui import clock, day
from core.people import mentions
from programs.membership.access import Ability, can
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.kit.forms import Form
    from core.people.models import User

TOPICS_A_DAY, POSTS_A_DAY, MENTIONS_A_DAY, LINKS, FILES = 3, 10, 10, 2, 4
DAY = timedelta(days=1)


class UsedUp(Exception):
    """As much as a newcomer does in a day; `str` says it to them."""


def _used_up(sentence: str, until: datetime, again: datetime, **values: int) -> UsedUp:
    again = min(again, until)
    return UsedUp(sentence % ({"day": day(until), "again": day(again), "clock": clock(again)} | values))


def new_until(user: "User", program: Program) -> datetime | None:
    """When somebody's first days end; nothing for who is no newcomer."""
    days = settings.FORUM_NEWCOMER_DAYS
    if not days or can(user, Ability.HOST_FORUM, program):
        return None
    joined = Membership.objects.filter(program=program, user=user).order_by("since").values_list("since", flat=True)
    first = joined.first()
    end = first + days * DAY if first else None
    return end if end and end > timezone.now() else None


def check_topics(user: "User", program: Program) -> None:
    """Called while this person's topics come one after the other. Raises UsedUp."""
    until = new_until(user, program)
    if until is None:
        return
    recent = Topic.objects.filter(program=program, by=user, created_at__gt=timezone.now() - DAY)
    recent = recent.exclude(deleted_by=user, deleted_at__lt=F("created_at") + TAKEN_BACK_WITHIN)
    moments = list(recent.order_by("-created_at").values_list("created_at", flat=True)[:TOPICS_A_DAY])
    if len(moments) == TOPICS_A_DAY:
        sentence = _(
            "Until %(day)s, while you are new here, you can start up to %(count)s topics a day, so that each gets an "
            "answer. You can start the next one on %(again)s from %(clock)s; your text is still here. You can still "
            "reply to others, and the hosts are happy to help."
        )
        raise _used_up(sentence, until, moments[-1] + DAY, count=TOPICS_A_DAY)


def check_post(user: "User", program: Program, text: str) -> None:
    """For a text as it is kept. What was deleted counts too; what was taken back at once counts for the mentions alone,
    as do those that an edit took out: they were told. Called while what this person posts comes one after the other.
    Raises UsedUp."""
    until = new_until(user, program)
    if until is None:
        return
    recent = Post.objects.filter(program=program, by=user, at__gt=timezone.now() - DAY).order_by("at")
    said = list(recent.prefetch_related("versions").only("at", "text", "deleted_by", "deleted_at"))
    stay = [post.at for post in said if not _is_taken_back(post, user)]
    if len(stay) >= POSTS_A_DAY:
        sentence = _(
            "Until %(day)s, while you are new here, you can write up to %(count)s posts a day. You can write the next "
            "one on %(again)s from %(clock)s; your text is still here. The hosts are happy to help."
        )
        raise _used_up(sentence, until, stay[-POSTS_A_DAY] + DAY, count=POSTS_A_DAY)
    called = [(post.at, len(_called_in(post))) for post in said]
    left = max(MENTIONS_A_DAY - sum(count for _at, count in called), 0)
    if len(mentions.mentioned(text)) > left:
        again = next((at for at, count in called if count), timezone.now()) + DAY
        raise _used_up(_mentions(left), until, again, count=MENTIONS_A_DAY, left=left)


def _mentions(left: int) -> str:
    if left:
        return _(
            "Until %(day)s, while you are new here, you can mention up to %(count)s people a day, so that nobody "
            "is called too often. You can mention %(left)s more now, and others on %(again)s from %(clock)s. "
            "Please take out the @ of the other names; your text is still here."
        )
    return _(
        "Until %(day)s, while you are new here, you can mention up to %(count)s people a day, so that nobody is "
        "called too often. You can mention others on %(again)s from %(clock)s. Please take out the @ of the names; "
        "your text is still here."
    )


def _is_taken_back(post: Post, user: "User") -> bool:
    return (
        post.deleted_by_id == user.pk and post.deleted_at is not None and post.deleted_at - post.at < TAKEN_BACK_WITHIN
    )


def _called_in(post: Post) -> set[int]:
    return mentions.mentioned(" ".join([post.text, *(version.text for version in post.versions.all())]))


def accepts(form: "Form", user: "User", program: Program) -> bool:
    """Whether a valid form's text is within what a newcomer posts; else the form says what is too much."""
    until = new_until(user, program) if form.is_valid() else None
    if until is not None:
        for sentence in _too_much(form.cleaned_data["text"], until):
            form.add_error("text", sentence)
    return form.is_valid()


def _too_much(text: str, until: datetime) -> list[str]:
    sentences = []
    values: dict[str, Any] = {"day": day(until), "links": LINKS, "files": FILES}
    if links_in(text) > LINKS:
        sentences.append(
            _(
                "Until %(day)s, while you are new here, a post can contain up to %(links)s links, so that nobody "
                "mistakes it for advertising. Please remove some; your text is still here."
            )
            % values
        )
    if len(attachments_of(text)) > FILES:
        sentences.append(
            _(
                "Until %(day)s, while you are new here, a post can contain up to %(files)s pictures and files, to "
                "keep pages light. Please remove some; your text is still here."
            )
            % values
        )
    return sentences
