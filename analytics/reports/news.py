"""Who hears of a decision: executives that one is wanted, the program team that it was answered, and who asked back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from analytics.dashboards.words import month_and_year
from analytics.reports import access, letters, scheduling
from analytics.reports.models import DecisionWord, Report
from core.kit.compiled import Compiled, OneOf
from core.kit.rooms import News, Told
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

WANTED, ANSWERED, REPLIED, MONTHLY = "reports.wanted", "reports.answered", "reports.replied", "reports.monthly"


def tell_wanted(report: Report, *, by: "User") -> None:
    """Whoever may decide, once a report that asks for it is frozen."""
    people = [row.user for row in people_with(Ability.DECIDE, report.program) if row.user != by]
    news.tell(WANTED, people, about=report.pk, item=report.pk, program_id=report.program_id)


def report_gone(report: Report, *, is_gone: bool = True) -> None:
    for kind in (WANTED, ANSWERED, REPLIED, MONTHLY):
        news.gone(kind, about=report.pk, is_gone=is_gone)


def tell_month(report: Report) -> None:
    """Whom the schedule names, on its day; without one executives. Once about a month, whatever number of editions it
    has."""
    schedule = scheduling.schedule_of(report.program)
    if not scheduling.is_due(report, schedule, timezone.localdate()):
        return
    people = (
        [row.user for row in people_with(Ability.DECIDE, report.program)]
        if schedule is None
        else scheduling.recipients_of(schedule)
    )
    news.tell(
        MONTHLY, people, about=report.pk, item=f"{report.program_id}:{report.month}", program_id=report.program_id
    )


def tell_word(word: DecisionWord, *, by: "User") -> None:
    """The program team hears every answer; who asked back hears what the team says to it."""
    report = word.report
    if word.kind == DecisionWord.Kind.REPLIED:
        asked = DecisionWord.objects.present().filter(report=report, kind=DecisionWord.Kind.ASKED)
        people = [row.by for row in asked.select_related("by") if row.by and row.by != by]
    else:
        people = [row.user for row in people_with(Ability.MAKE_REPORTS, report.program) if row.user != by]
    news.tell(_kind_of(word), people, about=report.pk, item=word.pk, program_id=report.program_id)


def word_gone(word: DecisionWord, *, is_gone: bool = True) -> None:
    news.gone(_kind_of(word), items=[word.pk], is_gone=is_gone)


def _kind_of(word: DecisionWord) -> str:
    return REPLIED if word.kind == DecisionWord.Kind.REPLIED else ANSWERED


_REPORTS = Compiled(
    lambda: Report.objects.present().with_newest().filter(OneOf("id", "reports")).select_related("program")
)
_SAID = Compiled(lambda: DecisionWord.objects.present().filter(OneOf("report_id", "reports")))


def look_wanted(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """Done as soon as anybody has answered, and open again when the team has answered what was asked. Done too where a
    later edition replaces the report."""
    reports = _REPORTS.rows(reports=[int(row.item) for row in rows])
    found = {str(report.pk): report for report in reports if can(person, Ability.DECIDE, report.program)}
    last = {
        word.report_id: word for word in _SAID.rows(reports=[report.pk for report in found.values()])
    }  # in their order: the newest of each report is left
    told = {}
    for row in rows:
        if report := found.get(row.item):
            word = last.get(report.pk)
            is_answered = bool(report.replaced_by) or (word is not None and word.kind != DecisionWord.Kind.REPLIED)
            told[row.pk] = Told(_titled(report), _url(report), program=report.program.name, is_answered=is_answered)
    return told


def look_month(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    reports = Report.objects.present().filter(pk__in=[row.about for row in rows]).select_related("program")
    found = {str(report.pk): report for report in reports if can(person, Ability.SEE_REPORTS, report.program)}
    return {
        row.pk: Told(_titled(report), _url(report, ""), program=report.program.name)
        for row in rows
        if (report := found.get(row.about))
    }


def look_words(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    words = DecisionWord.objects.present().filter(pk__in=[row.item for row in rows], report__deleted_at=None)
    found = {str(word.pk): word for word in words.select_related("report__program", "by")}
    return {
        row.pk: _told(word)
        for row in rows
        if (word := found.get(row.item))
        and any(can(person, ability, word.report.program) for ability in access.ANSWERING)
    }


def _told(word: DecisionWord) -> Told:
    by, report = word.by, word.report
    face = {"id": by.pk, "name": by.name, "initials": by.initials} if by else None
    name = by.name if by else ""
    return Told(_titled(report), _url(report), name, face, program=report.program.name)


def _titled(report: Report) -> str:
    return month_and_year(report.month)


def _url(report: Report, place: str = "#decision") -> str:
    return reverse("analytics:report_detail", args=[report.program.slug, report.pk]) + place


def _who(ability: Ability) -> "Callable[[User], bool]":
    return lambda person: any(can(person, ability, program) for program in roles_by_program(person))


NEWS = (
    News(
        MONTHLY,
        _("A report I get"),
        _("Program"),
        61,
        ngettext_lazy("Report for %(title)s", "%(count)s reports", "count"),
        _("You are receiving this email because a report of the program is ready. Its figures are frozen."),
        look_month,
        mail="now",
        note=_("once for each report, with the whole page in the email"),
        button=_("Open the report"),
        icon="report-analytics",
        each=True,
        concerns=_who(Ability.SEE_REPORTS),
        page=letters.page_of,
    ),
    News(
        WANTED,
        _("A report asks for my decision"),
        _("For me"),
        16,
        ngettext_lazy(
            "Your decision is wanted: report for %(title)s", "Your decision is wanted in %(count)s reports", "count"
        ),
        _("You are receiving this email because a report asks for your decision."),
        look_wanted,
        mail="now",
        button=_("Read and decide"),
        icon="report-analytics",
        each=True,
        asks=True,
        concerns=_who(Ability.DECIDE),
    ),
    News(
        ANSWERED,
        _("An executive answers a decision"),
        _("For me"),
        17,
        ngettext_lazy(
            "%(name)s answered the decision in the report for %(title)s",
            "%(count)s answers to the decision in the report for %(title)s",
            "count",
        ),
        _("You are receiving this email because you create the reports of the program."),
        look_words,
        mail="now",
        button=_("Read the answer"),
        icon="report-analytics",
        each=True,
        concerns=_who(Ability.MAKE_REPORTS),
    ),
    News(
        REPLIED,
        _("The program team answers my question about a decision"),
        _("For me"),
        18,
        ngettext_lazy(
            "%(name)s answered your question about the report for %(title)s",
            "%(count)s answers to your question about the report for %(title)s",
            "count",
        ),
        _("You are receiving this email because you asked back about a decision."),
        look_words,
        mail="now",
        button=_("Read the answer"),
        icon="report-analytics",
        each=True,
        concerns=_who(Ability.DECIDE),
    ),
)
