from core.attachments.models import Attachment
from core.comments.models import Comment
from core.journal.models import Entry
from core.notify.models import OutgoingMail
from core.people.models import User
from core.schedule.models import ScheduledJob, Setback

__all__ = ["Attachment", "Comment", "Entry", "OutgoingMail", "ScheduledJob", "Setback", "User"]
