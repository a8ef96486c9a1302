"""What the handbook shows of the charter: the goals with their figures, who does what, who stands behind it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.rooms import Chapter, ChapterTable
from core.kit.templatetags.ui import day as as_day
from programs.charter import queries
from programs.membership.access import Ability
from programs.membership.models import Program


def goals(program: Program) -> ChapterTable:
    rows = [
        (str(goal.rank), goal.text, ", ".join(str(figure.label) for figure in figures))
        for goal, figures in queries.goals_page(program)
    ]
    return ChapterTable((_("Rank"), _("Goal"), _("Shown by")), rows)


def backing(program: Program) -> ChapterTable:
    rows = [(row.given_by, row.text, as_day(row.given_on)) for row in queries.commitments_of(program)]
    return ChapterTable((_("Who"), _("Promised"), _("On")), rows)


def duties(program: Program) -> ChapterTable:
    """Who has which part now."""
    matrix = queries.matrix_of(program)
    rows = []
    for duty, holders in matrix.rows:
        said = [f"{holder.who} ({holder.get_part_display()})" for holder in holders if holder is not None]
        rows.append((str(duty.title), ", ".join(said)))
    return ChapterTable((_("Duty"), _("Who")), rows)


CHAPTERS = (
    Chapter("goals", gettext_lazy("Goals of the program"), "programs:charter", goals),
    Chapter("backing", gettext_lazy("Backing from management"), "programs:charter", backing),
    Chapter("duties", gettext_lazy("Who does what"), "programs:charter_duties", duties, Ability.WORK_ON_CHECKLISTS),
)
