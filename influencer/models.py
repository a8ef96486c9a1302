from influencer.operate.models import Rescue, SiteText

__all__ = ["Rescue", "SiteText"]
