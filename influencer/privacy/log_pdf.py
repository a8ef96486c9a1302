"""The log as a tagged PDF, for who works on paper."""

from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.kit import languages
from core.kit.downloads import as_file
from core.kit.exports import Table, safe
from core.kit.typeset import typeset
from core.people.models import User
from programs.membership.models import Program

HERE = Path(__file__).parent


@cache
def _template() -> bytes:
    return (HERE / "log.typ").read_bytes()


def download(table: Table, program: Program, reader: User) -> HttpResponse:
    response = HttpResponse(make(table, program, reader), content_type="application/pdf")
    return as_file(response, f"{program.slug}-log.pdf")


def make(table: Table, program: Program, reader: User) -> bytes:
    now = timezone.localtime()
    contents = {
        "language": languages.current(),
        "title": _("Who changed or viewed what"),
        "program": program.name,
        "made": _("%(reader)s, %(at)s") % {"reader": reader, "at": safe(now)},
        "never": _("Who takes part, and what they do for themselves, never appears here."),
        "header": [str(cell) for cell in table.header],
        "rows": [[safe(cell).removeprefix("'") for cell in row] for row in table.rows],
    }
    return typeset(_template(), HERE, log=contents)
