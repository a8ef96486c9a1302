from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnnotationsVerb(TextChoices):
    ADDED = "annotations.added", _("added a note to the time line of figures")
    EDITED = "annotations.edited", _("changed a note on the time line of figures")
    REMOVED = "annotations.removed", _("removed a note from the time line of figures")
    RESTORED = "annotations.restored", _("restored a note on the time line of figures")
