"""What the handbook shows: the guidelines in force."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.markdown import plain_text
from core.kit.rooms import Chapter, ChapterTable
from core.kit.templatetags.ui import day as as_day
from programs.guidelines import documents, queries
from programs.membership.models import Program


def guidelines(program: Program) -> ChapterTable:
    header, version = (_("Question"), _("Answer")), queries.latest(program)
    if version is None:
        return ChapterTable(header, [])
    rows = [(answer.title, plain_text(answer.text)) for answer in documents.parts_of(version.content)]
    words = {"number": version.number, "day": as_day(version.published_at, "long")}
    return ChapterTable(header, rows, _("Version %(number)s, since %(day)s") % words)


CHAPTERS = (Chapter("guidelines", gettext_lazy("Guidelines"), "programs:guidelines", guidelines),)
