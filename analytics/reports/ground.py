"""What a report's slides are made on: the standard look in the program's accent, or the company's own layouts."""

import io
import logging
import re
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from analytics.reports.models import Report
from analytics.reports.queries import master_of
from core.kit import colour

log = logging.getLogger(__name__)

ACCENT, COMPANY = "#0e7c86", "#7e8a86"
STANDARD_WIDE, STANDARD_HIGH = 11.9, 5.15  # inches of a slide that texts are made for
MARGIN = 0.15


@dataclass(frozen=True)
class Ground:
    """An empty file, its two layouts, and where there is room on a page, in inches."""

    file: Any
    cover: Any
    page: Any
    left: float
    top: float
    wide: float
    foot: float
    offers: dict[str, Any] | None = None  # of the company's own (`master_reading`)

    @property
    def scale(self) -> float:
        """How much smaller than usual texts are; never larger."""
        return max(0.5, min(1.0, self.wide / STANDARD_WIDE, (self.foot - self.top) / STANDARD_HIGH))


def ground_for(report: Report) -> Ground:
    """The company's, where there is one and its file is there."""
    master = master_of(report.program)
    if master is not None:
        try:
            with master.file.file.open("rb") as kept:
                return _own(Presentation(io.BytesIO(kept.read())), master.offers)
        except FileNotFoundError:
            log.error("the slides of a company are lost, reports have the standard look: %s", master.pk)
    return _standard(report)


def _own(file: Any, offers: dict[str, Any]) -> Ground:
    layouts = file.slide_layouts
    left, top, wide, high = offers["page"]["room"]
    cover, page = (layouts[offers[name]["place"]] for name in ("cover", "page"))
    return Ground(file, cover, page, left, top + MARGIN, wide, top + high, offers)


def _standard(report: Report) -> Ground:
    """No slide yet, sixteen to nine, with the program's accent as the first colour of its theme."""
    file = Presentation()
    file.slide_width, file.slide_height = Inches(13.333), Inches(7.5)
    theme = file.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    accent = colour.for_light(report.program.accent or ACCENT)
    for place, value in (("accent1", accent), ("accent2", COMPANY)):
        text = re.sub(rf'(<a:{place}><a:srgbClr val=")\w+', rf"\g<1>{value.lstrip('#').upper()}", text)
    theme._blob = text.encode()  # the library reads themes and writes none
    return Ground(file, file.slide_layouts[0], file.slide_layouts[5], left=0.7, top=1.75, wide=11.9, foot=6.9)
