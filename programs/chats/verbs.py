"""What is done here, as the journal keeps it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChatsVerb(TextChoices):
    ADDED = "chats.added", _("added a channel of a chat program")
    ON = "chats.on", _("switched a channel on")
    OFF = "chats.off", _("switched a channel off")
    STOPPED = "chats.stopped", _("stopped writing to a channel that is gone")
