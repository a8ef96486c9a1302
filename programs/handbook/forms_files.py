from django.utils.translation import gettext_lazy as _

from core.attachments.forms import AttachmentField
from core.kit.forms import Form


class PageFileForm(Form):
    """A file below a page of the handbook; one at a time."""

    file = AttachmentField(
        label=_("Add a file"),
        help_text=_("PDF, Office, text or a picture, 20 MB at most. Everybody who can read the page can open it."),
    )
