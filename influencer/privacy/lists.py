"""The log as a list: by day, narrowed to a person of the team, a kind and a period."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.journal.models import EntryKind
from core.kit.templatetags.ui import day
from core.lists.declared import Column, Empty, Filter, ListOf
from influencer.privacy import log as logs
from influencer.privacy.log import Line
from programs.membership.models import Program


def log(program: Program) -> ListOf:
    periods = tuple((str(days), ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in logs.PERIODS)
    team = logs.team_of(program)
    people = tuple((str(person.pk), str(person)) for person in team.people)
    return ListOf(
        label=_("Log"),
        columns=(
            Column(name="at", label=_("When")),
            Column(name="what", label=_("What")),
        ),
        filters=(
            Filter(
                name="who",
                label=_("Who in the team"),
                choices=(("", _("everybody")), *people),
                narrow=lambda entries, value: team.did(entries, int(value)),
            ),
            Filter(
                name="kind",
                label=_("What"),
                choices=(("", _("everything")), *EntryKind.choices),
                narrow=lambda entries, value: entries.filter(kind=value),
            ),
            Filter(
                name="days",
                label=_("Period"),
                choices=periods,
                default=str(logs.USUAL_PERIOD),
                narrow=lambda entries, value: logs.since(entries, int(value)),
            ),
        ),
        count=lambda n: ngettext("%(count)s entry", "%(count)s entries", n) % {"count": n},
        row="privacy/_log_row.html",
        anchor="entry",
        pk=lambda line: line.entry.pk,
        as_shown=lambda entries: logs.lines_of(program, entries, team),
        group=_day,
        empty=Empty(
            icon="list",
            title=_("Nothing matches these filters"),
            text=_(
                "Choose a longer period or everybody. Changes to the program and every report that is opened "
                "appear here."
            ),
        ),
    )


def _day(line: Line) -> str:
    return day(line.day, "full")
