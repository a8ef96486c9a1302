"""What changes about single posts: other words, with what was there before; gone, with a way back; a word of thanks."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.forum.links import link
from community.forum.models import Post, PostVersion, Reaction, Topic
from community.forum.queries import names_to_write, people_to_name
from community.forum.sums import index, sum_up
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.news import services as news
from core.people import mentions
from core.writing.editing import edit_key
from core.writing.services import forget_draft

if TYPE_CHECKING:
    from core.people.models import User


class Overtaken(Exception):
    """Somebody (or oneself in another window) saved another version meanwhile."""


@transaction.atomic
def edit_post(post: Post, *, text: str, version: int, by: "User") -> Post:
    """Other words for one's own post; readers can see what it said before, and what was begun of it is no draft any
    more. Raises Overtaken."""
    forget_draft(by, edit_key("post", post.pk))
    return _reword(post, text=text, version=version)


def _reword(post: Post, *, text: str, version: int) -> Post:
    people = people_to_name(post.topic.program, post.topic.board)
    text = mentions.kept(text, mentions.names_of(people) | names_to_write(post.topic.program, post.text))
    now = timezone.now()
    row = Post.objects.select_for_update(of=("self",)).present().filter(pk=post.pk, version=version).first()
    if row is None:
        raise Overtaken
    if row.text == text:
        return post
    PostVersion.objects.create(post=row, version=row.version, text=row.text, until=now)
    Post.objects.filter(pk=post.pk).update(text=text, version=F("version") + 1, edited_at=now)
    post.refresh_from_db(fields=["text", "version", "edited_at"])
    index(post, post.topic)
    link(post)
    return post


@transaction.atomic
def take_back_edit(post: Post, *, version: int, by: "User") -> Post:
    """The words of before, as the newest version; nothing of the history is lost. Raises Overtaken when that version is
    no longer the newest one, also because this was done already."""
    before = post.versions.filter(version__lt=version).order_by("version").last()
    return _reword(post, text=before.text, version=version) if before else post


@transaction.atomic
def delete_post(post: Post, *, by: "User", because: str = "") -> Topic:
    """Gone at once, back with `restore_post` within 30 days. A topic that is nothing but this post goes with it."""
    topic = Topic.objects.select_for_update(of=("self",)).get(pk=post.topic_id)
    gone = {"deleted_at": timezone.now(), "deleted_by": by, "deleted_because": because}
    if not Post.objects.present().filter(pk=post.pk).update(**gone):
        return topic  # it went meanwhile: who did it first stays who did it
    if post.number == 1 and not topic.replies:
        Topic.objects.present().filter(pk=topic.pk).update(**gone)
    Topic.objects.filter(pk=topic.pk, answer=post).update(answer=None)
    sum_up([topic.pk])
    news.gone("forum.", items=[post.pk])
    if post.by_id != by.pk:
        journal.record(ForumVerb.POST_REMOVED, topic, by=by, program_id=post.program_id)
    return topic


@transaction.atomic
def restore_post(post: Post, *, by: "User") -> Topic:
    """And its topic, if that went with it: a topic that went for itself stays gone."""
    Topic.objects.select_for_update(of=("self",)).get(pk=post.topic_id)
    back = {"deleted_at": None, "deleted_by": None, "deleted_because": ""}
    went = Post.objects.put_away().filter(pk=post.pk)
    Topic.objects.put_away().filter(pk=post.topic_id, deleted_at__in=went.values("deleted_at")).update(**back)
    is_back = went.update(**back)
    sum_up([post.topic_id])
    news.gone("forum.", items=[post.pk], is_gone=False)
    if is_back and post.by_id != by.pk:
        journal.record(ForumVerb.POST_RESTORED, post.topic, by=by, program_id=post.program_id)
    return post.topic


@transaction.atomic
def react(post: Post, *, kind: str, by: "User", on: bool = True) -> None:
    """Say it, or take it back; the same press twice says it once."""
    if on:
        Reaction.objects.bulk_create([Reaction(post=post, person=by, kind=kind)], ignore_conflicts=True)
    else:
        Reaction.objects.filter(post=post, person=by, kind=kind).delete()
