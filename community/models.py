from community.forum.models import Board, Post, PostVersion, Reaction, Reading, Report, Topic, Visitor
from community.forum.models_arranged import FormerPlace, Rearrangement
from community.forum.models_linked import LinkCard, PostLink
from community.newsletters.models import Delivery, Issue, Suppression

__all__ = [
    "Board",
    "Delivery",
    "FormerPlace",
    "Issue",
    "LinkCard",
    "Post",
    "PostLink",
    "PostVersion",
    "Reaction",
    "Reading",
    "Rearrangement",
    "Report",
    "Suppression",
    "Topic",
    "Visitor",
]
