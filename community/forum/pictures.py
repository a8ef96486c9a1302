"""Which posts hold a picture or file. A quote holds what it quotes, so one picture can stand in several posts."""

from collections import defaultdict
from typing import TYPE_CHECKING

from community.forum.models import Post, PostVersion, Topic
from core.attachments import services as attachments
from core.attachments.models import Attachment
from core.kit.markdown import attachments_of
from programs.membership.access import Ability, can

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.people.models import User

MARK = "attachment:"


def held_in(posts: "QuerySet[Post]", mark: str = MARK) -> dict[str, list[Post]]:
    """By id, the posts that hold it now or held it before they were changed."""
    held: dict[str, list[Post]] = defaultdict(list)
    for post in posts.filter(text__contains=mark):
        for pk in attachments_of(post.text):
            held[pk].append(post)
    for version in PostVersion.objects.filter(post__in=posts, text__contains=mark).select_related("post"):
        for pk in attachments_of(version.text):
            held[pk].append(version.post)
    return held


def move(posts: list[Post], source: int, target: int) -> None:
    """Pictures go along with posts. One that a post holds which stays, goes only if its author's post is what goes."""
    moved = [post.pk for post in posts]
    going = held_in(Post.objects.filter(pk__in=moved))
    staying = held_in(Post.objects.filter(topic=source).exclude(pk__in=moved)) if going else {}
    rows = Attachment.objects.filter(pk__in=list(going), kind="topic", target_id=source)
    ids = [str(row.pk) for row in rows if _goes(row, going[str(row.pk)], staying.get(str(row.pk), []))]
    attachments.move(ids, of=("topic", source), to=("topic", target))


def _goes(picture: Attachment, going: list[Post], staying: list[Post]) -> bool:
    authors = {post.by_id for post in staying}
    return not staying or (picture.by_id not in authors and picture.by_id in {post.by_id for post in going})


def opens(user: "User", topic: Topic, picture: Attachment) -> bool:
    """Whoever reads a post that is there and holds it. While that is gone, or not posted yet: its author and hosts."""
    if picture.by_id == user.pk or can(user, Ability.HOST_FORUM, topic.program):
        return True
    pk = str(picture.pk)
    held = held_in(Post.objects.filter(topic=topic), MARK + pk).get(pk, [])
    return any(post.deleted_at is None or post.by_id == user.pk for post in held)
