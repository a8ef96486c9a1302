"""What is done here, as the journal keeps it. Who asked for help is in no journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SupportVerb(TextChoices):
    ADDED = "support.added", _("added somebody who helps")
    CHANGED = "support.changed", _("changed when somebody helps")
    DELETED = "support.deleted", _("removed somebody who helps from the list")
    RESTORED = "support.restored", _("restored somebody who helps to the list")
