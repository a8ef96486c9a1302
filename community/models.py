from community.forum.models import Board, Notice, Post, PostVersion, Reaction, Reading, Report, Topic, Visitor
from community.newsletters.models import Delivery, Issue, Suppression

__all__ = [
    "Board",
    "Delivery",
    "Issue",
    "Notice",
    "Post",
    "PostVersion",
    "Reaction",
    "Reading",
    "Report",
    "Suppression",
    "Topic",
    "Visitor",
]
