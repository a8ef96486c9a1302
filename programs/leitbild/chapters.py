"""What the handbook shows: the statement in force."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.markdown import plain_text
from core.kit.rooms import Chapter, ChapterTable
from core.kit.templatetags.ui import day as as_day
from programs.leitbild import queries
from programs.membership.models import Program


def statement(program: Program) -> ChapterTable:
    version = queries.latest(program)
    header = (_("Guiding statement"),)
    if version is None:
        return ChapterTable(header, [])
    rows = [(part,) for part in plain_text(version.text).split("\n\n") if part]
    since = _("Version %(number)s, since %(day)s") % {
        "number": version.number,
        "day": as_day(version.published_at, "long"),
    }
    return ChapterTable(header, rows, since)


CHAPTERS = (Chapter("leitbild", gettext_lazy("Guiding statement"), "programs:leitbild", statement),)
