from core.comments import jobs
from core.comments.verbs import CommentsVerb
from core.kit.rooms import Room

ROOM = Room(name="core.comments", verbs=CommentsVerb, retention=(jobs.retention,))
