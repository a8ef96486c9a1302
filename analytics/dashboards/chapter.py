"""The figures that everybody in the program may see, as a part of the handbook and beside a review."""

from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from analytics.dashboards.home import home_findings
from core.kit.rooms import ChapterTable
from programs.membership.models import Program


def figures(program: Program) -> ChapterTable:
    """What is published, in the same words as on the start page: one figure has one value everywhere."""
    rows = [(chart.what, unescape(strip_tags(chart.sentence))) for chart in home_findings(program)]
    return ChapterTable(
        (_("Figure"), _("What it says")), rows, _("Groups of at least %(k)s people.") % {"k": program.shown_from}
    )
