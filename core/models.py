from core.attachments.models import Attachment
from core.comments.models import Comment
from core.journal.models import Entry
from core.lists.models import SavedView
from core.news.models import Hours, Notification, PushMessage, Wish
from core.notify.models import OutgoingMail
from core.once.models import Sending
from core.people.models import User
from core.push.models import PushDevice, PushKey
from core.schedule.models import JobRun, ScheduledJob, Setback
from core.writing.models import Draft

__all__ = [
    "Attachment",
    "Comment",
    "Draft",
    "Entry",
    "Hours",
    "JobRun",
    "Notification",
    "OutgoingMail",
    "PushDevice",
    "PushKey",
    "PushMessage",
    "SavedView",
    "ScheduledJob",
    "Sending",
    "Setback",
    "User",
    "Wish",
]
