"""What was asked already, while a title is being typed; the answer that helped can be read without leaving the page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from community.forum import queries
from community.forum.models import TITLE, Post, Topic
from core.kit.markdown import render
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


FEW = 4


@dataclass(frozen=True)
class Asked:
    topic: Topic
    answer: str  # as HTML; nothing where none was marked


def asked_already(user: "User", program: Program, title: str) -> list[Asked]:
    """In what this person reads. Pictures stay on the topic's own page."""
    if not title.strip():
        return []
    topics = queries.similar(queries.topics_for(user, program), title[:TITLE], FEW)
    posts = Post.objects.present().filter(pk__in=[topic.answer_id for topic in topics if topic.answer_id])
    texts = {post.topic_id: post.text for post in posts}
    names, pages = queries.named_in(program, list(texts.values()))
    return [
        Asked(topic, render(texts[topic.pk], names=names, pages=pages) if topic.pk in texts else "") for topic in topics
    ]
