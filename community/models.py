from community.forum.models import Board, Post, Reading, Topic, Visitor
from community.newsletters.models import Delivery, Issue, Suppression

__all__ = ["Board", "Delivery", "Issue", "Post", "Reading", "Suppression", "Topic", "Visitor"]
