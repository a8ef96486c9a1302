from core.attachments import services
from core.attachments.models import Attachment
from core.attachments.verbs import AttachmentsVerb
from core.kit.deleting import Purge
from core.kit.rooms import Room
from core.kit.workplace import tidy

ROOM = Room(name="core.attachments", verbs=AttachmentsVerb, retention=(Purge(Attachment, along=services.purge), tidy))
