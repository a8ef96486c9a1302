"""What was sent too soon: for two minutes its author takes it back, as long as nobody has answered. The words are in
the editor again, and whoever was not told of it yet is not told."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.forum import posts
from community.forum.models import TAKEN_BACK_WITHIN, Post, Topic
from community.forum.queries import names_to_write
from community.forum.services import post_draft, topic_draft
from core.attachments import services as attachments
from core.kit.markdown import attachments_of
from core.people import mentions
from core.writing.access import find_draft
from core.writing.services import keep_draft

if TYPE_CHECKING:
    from core.people.models import User


class CannotBeTakenBack(Exception):
    """Why, in a sentence for its author."""


@transaction.atomic
def take_back(post: Post, *, by: "User") -> None:
    """Raises CannotBeTakenBack. What is being written already stays behind the words that come back."""
    held_topics = Topic.objects.select_for_update(of=("self",), no_key=True)
    topic = held_topics.select_related("program", "board__generation").get(pk=post.topic_id)
    held = Post.objects.present().filter(pk=post.pk, topic=topic).first()
    if held is None or held.at < timezone.now() - TAKEN_BACK_WITHIN:
        raise CannotBeTakenBack(_("You can only withdraw a post within two minutes. You can still edit or delete it."))
    if topic.is_closed:
        raise CannotBeTakenBack(_("This topic has been closed in the meantime, so the post stays."))
    behind = topic.posts.present().filter(number__gt=held.number)
    if behind.exclude(by=by).exists():
        raise CannotBeTakenBack(_("Somebody has answered in the meantime, so the post stays. You can still change it."))
    if held.number == 1 and behind.exists():
        raise CannotBeTakenBack(_("You have written more in this topic since. You can still change or delete it."))
    text = mentions.written(held.text, names_to_write(topic.program, held.text))
    is_topic = held.number == 1
    key = topic_draft(topic.program) if is_topic else post_draft(topic)
    draft = find_draft(by, key)
    written = "\n\n".join(filter(None, (draft.beside.get("title", ""), draft.text.strip()))) if draft else ""
    beside = _beside(held, topic) if is_topic else {}
    posts.delete_post(post, by=by)
    if is_topic:
        where = {"of": ("topic", topic.pk), "to": ("forum", topic.program_id)}
        attachments.move(attachments_of(held.text), by=by, **where)
    keep_draft(by, key, f"{text}\n\n{written}" if written else text, beside=beside)


def _beside(post: Post, topic: Topic) -> dict[str, Any]:
    """The other fields of the form, as its draft keeps them."""
    fields: dict[str, Any] = {"title": topic.title, "board": str(topic.board_id)}
    if poll := getattr(post, "poll", None):
        fields |= {"poll-question": poll.question, "poll-choices": "\n".join(each.words for each in poll.choices.all())}
        if poll.takes_several:
            fields["poll-takes_several"] = "on"
        if poll.closes_at:
            fields["poll-last_day"] = (timezone.localtime(poll.closes_at) - timedelta(days=1)).date().isoformat()
    return fields
