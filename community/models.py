from community.newsletters.models import Delivery, Issue, Suppression

__all__ = ["Delivery", "Issue", "Suppression"]
