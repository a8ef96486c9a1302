"""What is done here, as the journal keeps it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConnectorsVerb(TextChoices):
    CONNECTED = "connectors.connected", _("connected an account of the company")
    STARTED = "connectors.started", _("resumed a connection")
    STOPPED = "connectors.stopped", _("stopped a connection whose account does not respond")
    ENDED = "connectors.ended", _("ended a connection")
    KEYS_WRITTEN = "connectors.keys_written", _("wrote or deleted a key of this site at a network")
