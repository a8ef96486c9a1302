from typing import Any

from django.utils.translation import gettext_lazy as _

from analytics.reports.masters import ENDINGS, ground_of
from core.attachments.forms import AttachmentField
from core.attachments.inspection import Inspected
from core.kit.forms import Form


class MasterForm(Form):
    """A file of PowerPoint; what is wrong with it is said beside the field."""

    file = AttachmentField(
        label=_("PowerPoint file"),
        only=ENDINGS,
        help_text=_(
            "A template or presentation (.potx, .pptx) up to 20 MB. Its slides, notes and names of authors are left "
            "out; only its layouts are kept."
        ),
    )
    offers: dict[str, Any]

    def clean_file(self) -> Inspected:
        kept, self.offers = ground_of(self.cleaned_data["file"])
        return kept
