from influencer.calendar.models import CalendarAddress
from influencer.operate.models import Rescue, SiteText

__all__ = ["CalendarAddress", "Rescue", "SiteText"]
