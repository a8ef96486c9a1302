"""The note of participation: what somebody can show of their part in the program, from their own record, for them."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.kit import rooms
from core.kit.papers import Paper, PaperSection
from core.kit.templatetags.ui import day
from programs.generations.models import Participant
from programs.membership.models import Program
from programs.membership.sender import logo_on_paper

if TYPE_CHECKING:
    from core.people.models import User


def of(user: "User", program: Program, participations: list[Participant]) -> Paper:
    """Generation, from when to when, and what the person recorded. No breaks, no figures, no other people; and it says
    itself that nobody has checked it."""
    did = [each for room in rooms.every() for find in room.records for each in find(user, program)]
    names = {"name": str(user), "program": program.name, "company": program.company_name}
    today = timezone.localdate()
    parts = [
        PaperSection(
            _("Taking part"),
            _("%(name)s took part in the corporate influencer program “%(program)s” of %(company)s.") % names,
            header=[_("Generation"), _("From"), _("Until")],
            rows=[
                [str(p.generation), day(p.joined_on, "long"), day(p.left_on or today, "long")] for p in participations
            ],
        ),
        PaperSection(
            _("Events attended"),
            header=[_("Day"), _("Event"), _("Kind")],
            rows=[
                [day(each.on, "long"), each.title, capfirst(str(each.kind))]
                for each in sorted(did, key=lambda each: each.on)
            ],
        ),
        PaperSection(
            _("About this note"),
            _(
                "%(name)s created it from their own record. Participants record themselves which events they attended; "
                "nobody has checked it."
            )
            % names,
        ),
    ]
    return Paper(
        title=_("Participation in %(program)s") % names,
        author=str(user),
        made=_("Created on %(day)s") % {"day": day(today, "long")},
        sections=[part for part in parts if part.text or part.rows],
        logo=logo_on_paper(program),
    )
