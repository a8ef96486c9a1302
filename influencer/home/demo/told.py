"""What the demo's people were told in the last days, as if each had looked in between; no mail waits for anybody."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from community.forum import news, queries
from community.forum.models import Post, Reading, Topic
from core.comments.models import Comment
from core.news import services
from core.news.models import Notification
from core.people import mentions
from influencer.home.demo.people import instant
from programs.membership.models import Program

DAYS, READ_UNTIL = 12, 2  # how far back, and up to how many days ago everything was read


def load(program: Program, today: date) -> None:
    moments = _as_of_then(program)
    since = timezone.now() - timedelta(days=DAYS)
    posts = Post.objects.present().filter(program=program, at__gt=since, topic__deleted_at=None)
    for post in posts.select_related("topic__board", "topic__program", "by").order_by("at"):
        _tell(post, post.topic)
    mine = Notification.objects.filter(program_id=program.pk)
    for row in mine:
        row.at = moments.get((row.kind, row.item), row.at)
        row.mail, row.due_at = "", None
        if _is_seen(row) or row.at < instant(today - timedelta(days=READ_UNTIL), 0):
            row.read_at = row.at + timedelta(hours=1)
        row.save()


def _is_seen(row: Notification) -> bool:
    """Who wrote afterwards has read what stood above."""
    if not row.kind.startswith("forum.") or not row.about.isdecimal():
        return False
    post = Post.objects.get(pk=row.item)
    return Reading.objects.filter(person=row.person_id, topic=int(row.about), read_to__gte=post.number).exists()


def _tell(post: Post, topic: Topic) -> None:
    """As when it was said: nobody had read it yet."""
    people = {person.pk: person for person in queries.readers_of(topic.board, topic.program)}
    earlier = topic.posts.filter(number__lt=post.number).values_list("by", flat=True)
    wanted: dict[str, set[int | None]] = {
        news.MENTION: {*mentions.mentioned(post.text)},
        news.ANSWER: {topic.by_id} if post.number > 1 else set(),
        news.FOLLOWED: set(earlier),
    }
    told = {post.by_id}
    for kind, them in wanted.items():
        found = [person for pk, person in people.items() if pk in them - told]
        services.tell(kind, found, about=topic.pk, item=post.pk, program_id=topic.program_id, at=post.at)
        told |= them


def _as_of_then(program: Program) -> dict[tuple[str, str], datetime]:
    """When things happened of which the demo's making has just told."""
    helped = Post.objects.filter(program=program).exclude(answers=None)
    moments: dict[tuple[str, str], datetime] = {(news.SOLVED, str(post.pk)): post.at for post in helped}
    comments = Comment.objects.filter(program_id=program.pk)
    return moments | {("comments.mention", str(comment.pk)): comment.at for comment in comments}
