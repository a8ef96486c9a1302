from core.journal.models import Entry
from core.notify.models import OutgoingMail
from core.people.models import User

__all__ = ["Entry", "OutgoingMail", "User"]
