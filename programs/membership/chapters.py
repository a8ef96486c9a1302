"""What the handbook shows of the program itself: what it is for, and whom one asks."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.rooms import Chapter, ChapterTable
from programs.membership import queries
from programs.membership.access import Ability
from programs.membership.models import Program


def goals(program: Program) -> ChapterTable:
    rows = [(str(goal.rank), goal.text) for goal in program.goals.all()]
    return ChapterTable((_("Rank"), _("Goal")), rows)


def contacts(program: Program) -> ChapterTable:
    rows = [(str(row.user), str(row.get_role_display())) for row in queries.contacts_of(program)]
    return ChapterTable((_("Name"), _("Role")), rows)


CHAPTERS = (
    Chapter(
        "goals", gettext_lazy("Goals of the program"), "programs:program_settings", goals, Ability.SEE_CONFIGURATION
    ),
    Chapter("contacts", gettext_lazy("Contacts"), "programs:contacts", contacts),
)
