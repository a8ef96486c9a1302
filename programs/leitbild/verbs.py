from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LeitbildVerb(TextChoices):
    OPENED = "leitbild.opened", _("opened a workshop on the guiding statement")
    MOVED_ON = "leitbild.moved_on", _("took the next step in a workshop on the guiding statement")
    WENT_BACK = "leitbild.went_back", _("went back a step in a workshop on the guiding statement")
    CHANGED = "leitbild.changed", _("changed the question or the date of a workshop on the guiding statement")
    HEADED = "leitbild.heading_added", _("added a heading to a workshop on the guiding statement")
    UNHEADED = "leitbild.heading_removed", _("removed a heading from a workshop on the guiding statement")
    SORTED = "leitbild.sorted", _("sorted sentences of a workshop on the guiding statement")
    HIDDEN = "leitbild.sentence_removed", _("hid a sentence of a workshop on the guiding statement")
    SHOWN = "leitbild.sentence_restored", _("showed a hidden sentence of a workshop on the guiding statement")
    WRITTEN = "leitbild.written", _("changed the draft of the guiding statement")
    PUBLISHED = "leitbild.published", _("published the guiding statement")
    DISCARDED = "leitbild.discarded", _("discarded a workshop on the guiding statement")
    RESTORED = "leitbild.restored", _("restored a workshop on the guiding statement")
