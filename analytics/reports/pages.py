"""What was said to a decision, and what this reader can say now."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from analytics.dashboards.words import month_and_year
from analytics.reports import scheduling
from analytics.reports.deciding import Kind, may_take_back
from analytics.reports.forms import AnswerForm, AnswerToQuestionForm
from analytics.reports.models import DecisionWord, Report
from analytics.reports.queries import open_decisions, report_card, reports_for, words_on
from analytics.reports.reading import ShownReport
from programs.membership.access import Ability, can

if TYPE_CHECKING:
    from django.forms import BaseForm

    from core.people.models import User
    from programs.membership.models import Program


@dataclass(frozen=True)
class Said:
    word: DecisionWord
    title: str  # "You agreed", "Ada Lovelace asked back"
    may_withdraw: bool


@dataclass
class DecisionPanel:
    """For `analytics/reports/_decision.html`. `refused`: the form that came back, `overtaken`: somebody was faster."""

    report: Report
    user: "User"
    back: str = ""  # where one goes on from here, unless it is the report
    refused: "BaseForm | None" = None
    overtaken: bool = False

    @cached_property
    def words(self) -> list[DecisionWord]:
        return words_on(self.report)

    @property
    def text(self) -> str:
        return self.report.decision

    @cached_property
    def said(self) -> list[Said]:
        return [Said(word, _title(word, self.user), may_take_back(word, self.words, self.user)) for word in self.words]

    @property
    def is_agreed(self) -> bool:
        return any(word.kind == Kind.AGREED for word in self.words)

    @property
    def waits_for_team(self) -> bool:
        """Something was asked, and nobody has answered it."""
        return bool(self.words) and self.words[-1].kind == Kind.ASKED and not self.is_replaced

    @property
    def is_replaced(self) -> bool:
        """A later edition counts: what was answered stays, and nothing is asked any more."""
        return self.report.replaced_by is not None

    @property
    def has_agreed(self) -> bool:
        return any(word.kind == Kind.AGREED and word.by_id == self.user.pk for word in self.words)

    @cached_property
    def may_decide(self) -> bool:
        return not self.is_replaced and can(self.user, Ability.DECIDE, self.report.program) and not self.has_agreed

    @cached_property
    def may_reply(self) -> bool:
        return can(self.user, Ability.MAKE_REPORTS, self.report.program) and self.waits_for_team

    @property
    def title(self) -> str:
        """What is to be done and by when, or what came of it."""
        agreed = next((word for word in self.words if word.kind == Kind.AGREED), None)
        if agreed:
            return _title(agreed, self.user)
        if self.is_replaced:
            return replaced(self.report)
        if self.waits_for_team:
            return _title(self.words[-1], self.user)
        return ShownReport(self.report).deadline

    @property
    def hint(self) -> str:
        """What the title leaves open."""
        if self.is_agreed:
            return ""
        if self.waits_for_team:
            return _("The program team answers here. %(until)s") % {"until": ShownReport(self.report).deadline}
        return ""

    @property
    def form(self) -> "BaseForm":
        return self._form(AnswerForm)

    @property
    def reply_form(self) -> "BaseForm":
        return self._form(AnswerToQuestionForm)

    def _form(self, kind: "type[AnswerForm] | type[AnswerToQuestionForm]") -> "BaseForm":
        """What was typed stays; `seen` is the newest word that this page shows."""
        seen = self.words[-1].pk if self.words else None
        name = f"words-{self.report.pk}-%s"
        if isinstance(self.refused, kind):
            if self.overtaken:
                typed: dict[str, Any] = {"text": self.refused.data.get("text", ""), "seen": seen}
                return kind(initial=typed, auto_id=name)
            return self.refused
        return kind(initial={"seen": seen}, auto_id=name)

    @property
    def decide_url(self) -> str:
        return reverse("analytics:report_decide", args=[self.report.program.slug, self.report.pk])

    @property
    def reply_url(self) -> str:
        return reverse("analytics:report_reply", args=[self.report.program.slug, self.report.pk])


def replaced(report: Report) -> str:
    """Where a later edition of its month counts."""
    return _("Replaced by edition %(edition)s") % {"edition": report.replaced_by} if report.replaced_by else ""


def panel_of(report: Report | None, user: "User", **more: Any) -> DecisionPanel | None:
    """Nothing where a report asks for nothing."""
    return DecisionPanel(report, user, **more) if report and report.decision else None


def readings_of(program: "Program", user: "User") -> list[tuple[ShownReport, DecisionPanel | None]]:
    """Every report with what became of its decision. Two queries."""
    words = DecisionWord.objects.present().select_related("by")
    rows: Any = reports_for(program).with_newest().prefetch_related(Prefetch("decision_words", words, to_attr="said"))
    found = []
    for report in rows:
        report.program = program
        if panel := panel_of(report, user):
            panel.words = report.said
        found.append((ShownReport(report), panel))
    return found


@dataclass(frozen=True)
class Sending:
    """Who gets reports, and when, in words."""

    when: str
    people: "list[User]"
    next: date | None


def sending(program: "Program") -> Sending:
    schedule = scheduling.schedule_of(program)
    if schedule is None:
        return Sending(_("Executives get each month's report by email, an hour after it is frozen."), [], None)
    monthly = schedule.rhythm == scheduling.Rhythm.MONTHLY
    when = (
        _("By email on day %(day)s of each month, the report of the month before.")
        if monthly
        else _("By email on day %(day)s after each quarter, the report of its last month.")
    )
    coming = scheduling.next_due(schedule, timezone.localdate())
    return Sending(when % {"day": schedule.day}, scheduling.recipients_of(schedule), coming)


def executive_home(user: "User", program: "Program") -> dict[str, Any]:
    """The newest report, its decision or else the newest one that is open, and what else waits to be decided."""
    card = report_card(program)
    waiting = open_decisions(program) if card else []
    asked = card.report if card and card.report.decision else next(iter(waiting), None)
    return {
        "card": card,
        "decision": panel_of(asked, user, back=reverse("home:program", args=[program.slug])),
        "waiting": [
            (month_and_year(each.month), ShownReport(each).deadline, each) for each in waiting if each != asked
        ],
    }


def _title(word: DecisionWord, user: "User") -> str:
    if word.by_id == user.pk:
        return {
            Kind.AGREED: _("You agreed"),
            Kind.ASKED: _("You asked back"),
            Kind.REPLIED: _("You answered the question"),
        }[Kind(word.kind)]
    name = word.by.name if word.by else _("Somebody who has left")
    return {
        Kind.AGREED: _("%(name)s agreed"),
        Kind.ASKED: _("%(name)s asked back"),
        Kind.REPLIED: _("%(name)s answered the question"),
    }[Kind(word.kind)] % {"name": name}
