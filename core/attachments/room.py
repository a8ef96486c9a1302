from core.attachments import jobs
from core.attachments.verbs import AttachmentsVerb
from core.kit.rooms import Room

ROOM = Room(name="core.attachments", verbs=AttachmentsVerb, retention=(jobs.retention,))
