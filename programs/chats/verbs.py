"""What is done here, as the journal keeps it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChatsVerb(TextChoices):
    ADDED = "chats.added", _("added a chat channel")
    ON = "chats.on", _("turned a channel on")
    OFF = "chats.off", _("turned a channel off")
    STOPPED = "chats.stopped", _("stopped posting to a channel that no longer exists")
