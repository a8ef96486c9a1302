from core.comments import news
from core.comments.models import Comment
from core.comments.verbs import CommentsVerb
from core.kit.deleting import Purge
from core.kit.rooms import Room

ROOM = Room(name="core.comments", verbs=CommentsVerb, news=news.NEWS, retention=(Purge(Comment),))
