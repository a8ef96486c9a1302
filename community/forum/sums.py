"""What a topic tells of its posts, and what the search knows of one."""

from collections.abc import Iterable

from community.forum.lines import in_a_line
from community.forum.models import LINE, Post, Topic
from core.kit import search_words as words
from core.kit.markdown import MENTION


def sum_up(topic_ids: Iterable[int]) -> None:
    """Anew, after some came or went. The caller holds the topics."""
    for topic in Topic.objects.filter(pk__in=list(topic_ids)):
        last = topic.posts.present().order_by("at", "number").last()
        writers = list(topic.posts.present().filter(number__gt=1).values_list("by", flat=True))
        topic.replies = len(writers)
        topic.replies_of_others = sum(writer is None or writer != topic.by_id for writer in writers)
        topic.last_post, topic.last_at = last, last.at if last else topic.created_at
        topic.save(update_fields=["replies", "replies_of_others", "last_post", "last_at"])


def index(post: Post, topic: Topic) -> None:
    """What the search and the lists know of a post. Names of people are not among it: they would outlive their account;
    in the line they are numbers, as in the text."""
    title = topic.title if post.number == 1 else ""
    post.line = in_a_line(post.text[: LINE * 5])[:LINE]
    text = MENTION.sub(" ", post.text)
    search, parts = words.vector(title, text), words.parts_vector(f"{title} {text}")
    Post.objects.filter(pk=post.pk).update(search=search, word_parts=parts, line=post.line)
