"""The statement on paper."""

from django.utils.translation import gettext as _

from core.kit.papers import Paper, PaperSection
from core.kit.templatetags.ui import day
from programs.leitbild.models import LeitbildVersion
from programs.membership.sender import logo_on_paper


def of(version: LeitbildVersion) -> Paper:
    program = version.program
    made = _("Version %(number)s, since %(day)s") % {
        "number": version.number,
        "day": day(version.published_at, "long"),
    }
    return Paper(
        title=_("Guiding statement"),
        author=program.company_name,
        made=f"{program.name}, {made}",
        sections=[PaperSection(_("We agree"), str(version.text))],
        logo=logo_on_paper(program),
        points=15,
    )
