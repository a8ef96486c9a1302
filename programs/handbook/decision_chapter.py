"""The last decisions, as a part of a page that is always current."""

from django.utils.translation import gettext as _

from core.kit.rooms import ChapterTable
from core.kit.templatetags.ui import day as as_day
from programs.handbook.models import Decision
from programs.membership.models import Program

MOST_DECISIONS = 10


def decisions(program: Program) -> ChapterTable:
    rows = [
        (str(row.number), as_day(row.decided_on), str(row.text))
        for row in Decision.objects.present().filter(program=program)[:MOST_DECISIONS]
    ]
    return ChapterTable((_("No."), _("Decided on"), _("Decision")), rows)
