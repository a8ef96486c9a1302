"""A company's own slides under a report's: looked at as every upload is, and what is in the way said in words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from core.attachments.inspection import TYPES, Inspected
from core.kit.workplace import piece_of_work
from core.sheets import sandbox
from core.sheets.messages import text_of

READER = "analytics.reports.master_reading:read"
ENDINGS = ("pptx", "potx")
WORDS = {
    "damaged": _("The file is damaged. Please open it in PowerPoint, save it again and choose that copy."),
    "no_presentation": _("PowerPoint's own parts are missing in this file. Please save it again in PowerPoint."),
    "unsafe_names": _("The file is packed in a way PowerPoint does not use. Please save it again in PowerPoint."),
    "xml_entities": _("The file is packed in a way PowerPoint does not use. Please save it again in PowerPoint."),
    "unpacked_size": _(
        "When unpacked, the file is larger than %(limit)s MB. Please take out large pictures and films."
    ),
    "too_large": _(
        "Without its slides the file is still larger than 20 MB. Please make the pictures of its layouts smaller."
    ),
    "too_complex": _("The content of this file is too large to be checked. Please delete layouts that nobody uses."),
    "too_many_layouts": _("The file has more than %(limit)s layouts. Please delete those that nobody uses."),
    "leads_outside": _(
        "The layout “%(layout)s” leads outside: a link, or a picture that lies elsewhere. Please remove it in the "
        "slide master, or paste the picture into it."
    ),
    "embedded": _(
        "The layout “%(layout)s” holds another object, such as a chart, a table of Excel, a film, a sound or a hidden "
        "object of an add-in. Please remove it in the slide master."
    ),
    "no_title": _("No layout of this file has a field for a title. Please add one in the slide master."),
    "no_room": _(
        "No layout with a title leaves half of the slide for a chart. Please add a layout “Title only” in the slide "
        "master."
    ),
}
SAID = {
    "no_cover": _("No layout is a title slide: “%(cover)s” is used for the first slide."),
    "no_title_only": _("No layout has a title only: “%(page)s” is used, and its other fields are left out."),
}


def ground_of(file: Inspected) -> tuple[Inspected, dict[str, Any]]:
    """The file as it is kept, and what it offers. Raises ValidationError."""
    with piece_of_work() as folder:
        source, ground = folder / "source", folder / "ground.pptx"
        with source.open("wb") as copy:
            for chunk in file.content.chunks():
                copy.write(chunk)
        try:
            told = sandbox.run(READER, folder, path=str(source), kept=str(ground))
        except sandbox.Unreadable as refused:
            raise ValidationError(text_of(refused.code, refused.params, WORDS), code=refused.code) from None
        kept = ContentFile(ground.read_bytes())
    return Inspected(file.name, TYPES["pptx"], kept, kept.size), told


def said_of(told: dict[str, Any]) -> list[str]:
    """What stands in for a layout that is missing."""
    names = {"cover": told["cover"]["name"], "page": told["page"]["name"]}
    return [str(SAID[code]) % names for code in told["said"] if code in SAID]
