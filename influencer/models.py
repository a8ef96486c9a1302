from influencer.journal.models import Entry
from influencer.notify.models import OutgoingMail
from influencer.people.models import User

__all__ = ["Entry", "OutgoingMail", "User"]
