"""What the handbook shows of the plan: the phases and the coming dates."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.rooms import Chapter, ChapterTable
from core.kit.templatetags.ui import NOTHING
from core.kit.templatetags.ui import day as as_day
from programs.consents.models import today_in
from programs.membership.models import Program
from programs.phases import queries

MOST_DATES = 12


def phases(program: Program) -> ChapterTable:
    rows = [
        (
            str(phase.title),
            as_day(phase.start_on),
            as_day(phase.end_on),
            as_day(phase.started_on) if phase.started_on else NOTHING,
            as_day(phase.finished_on) if phase.started_on and phase.finished_on else NOTHING,
            str(phase.get_state_display()),
        )
        for phase in queries.phases_of(program)
    ]
    heads = (_("Phase"), _("Start"), _("End"), _("Actual start"), _("Actual end"), _("State"))
    return ChapterTable(heads, rows)


def dates(program: Program) -> ChapterTable:
    coming = queries.next_dates(program, today_in(program), MOST_DATES)
    rows = [(as_day(date.on, "weekday"), str(date.title), date.place) for date in coming]
    return ChapterTable((_("Day"), _("Date"), _("Place")), rows)


CHAPTERS = (
    Chapter("phases", gettext_lazy("Phases"), "programs:timeline", phases),
    Chapter("dates", gettext_lazy("Upcoming dates"), "programs:timeline", dates),
)
