"""What a topic tells of its posts."""

from collections.abc import Iterable

from community.forum.models import Topic


def sum_up(topic_ids: Iterable[int]) -> None:
    """Anew, after some came or went. The caller holds the topics."""
    for topic in Topic.objects.filter(pk__in=list(topic_ids)):
        last = topic.posts.present().order_by("at", "number").last()
        topic.replies = topic.posts.present().filter(number__gt=1).count()
        topic.last_post, topic.last_at = last, last.at if last else topic.created_at
        topic.save(update_fields=["replies", "last_post", "last_at"])
