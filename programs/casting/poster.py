"""The call on paper: a poster with a code to scan that leads to the public page."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.kit import languages
from core.kit.codes import squares
from core.kit.templatetags.ui import day
from core.kit.typeset import typeset
from programs.casting.models import Call
from programs.casting.texts import lines
from programs.membership.sender import logo_on_paper

HERE = Path(__file__).parent


@cache
def _template() -> bytes:
    return (HERE / "poster.typ").read_bytes()


def address_of(call: Call) -> str:
    return settings.SITE_URL + reverse("programs:call_public", args=[call.key])


def as_pdf(call: Call) -> bytes:
    """In the reader's language. Without a public link there is nothing to scan: ask for one first."""
    url = address_of(call)
    sheet = {
        "language": languages.current(),
        "program": call.program.name,
        "logo": logo_on_paper(call.program),
        "eyebrow": f"{call.program.name} · {call.program.company_name}",
        "title": str(call.title),
        "why": str(call.why),
        "parts": [
            {"title": title, "lines": found}
            for title, found in ((_("You get"), lines(call.benefit)), (_("You bring"), lines(call.criteria)))
            if found
        ],
        "squares": [[int(is_dark) for is_dark in row] for row in squares(url)],
        "alt": _("Code that leads to the page of the call"),
        "scan": _("Interested? Until %(day)s") % {"day": day(call.closes_on, "long")},
        "url": url,
        "voluntary": _("Voluntary, and without a disadvantage for those who do not take part."),
    }
    return typeset(_template(), HERE, timestamp=int(timezone.now().timestamp()), sheet=sheet)
