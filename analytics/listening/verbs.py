from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ListeningVerb(TextChoices):
    SEARCH_ADDED = "listening.search_added", _("added a feed to listen to")
    SEARCH_REMOVED = "listening.search_removed", _("removed a feed to listen to")
    SEARCH_RESTORED = "listening.search_restored", _("restored a feed to listen to")
    NAME_ADDED = "listening.name_added", _("added a company to be counted in mentions")
    NAME_REMOVED = "listening.name_removed", _("removed a company that was counted in mentions")
    NAME_RESTORED = "listening.name_restored", _("restored a company that is counted in mentions")
    IMPORTED = "listening.imported", _("added mentions from a file")
    REMOVED = "listening.removed", _("removed a mention")
    RESTORED = "listening.restored", _("restored a mention")
    MARKED = "listening.marked", _("set tone and topic of a mention")
