"""Who may read and make reports."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from analytics.reports.models import DecisionWord, Report, ReportTemplate
from analytics.reports.models_master import ReportMaster
from analytics.reports.models_sharing import ReportLink
from analytics.reports.tokens import hash_of
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

ANSWERING = (Ability.DECIDE, Ability.MAKE_REPORTS)


def get_reporting(user: "User", slug: str, ability: Ability = Ability.SEE_REPORTS) -> Program:
    return membership.get_program(user, slug, ability)


def get_report(user: "User", slug: str, pk: int, ability: Ability = Ability.SEE_REPORTS) -> Report:
    return _report(user, slug, pk, ability, is_deleted=False)


def get_report_of(user: "User", pk: int) -> Report:
    """A report wherever it is: for what people say about it."""
    report = get_object_or_404(Report.objects.present().select_related("program"), pk=pk)
    membership.get_program(user, report.program.slug, Ability.SEE_REPORTS)
    return report


def get_deleted_report(user: "User", slug: str, pk: int) -> Report:
    """For undo, which is harmless twice: also one that is back already."""
    return _report(user, slug, pk, Ability.MAKE_REPORTS, is_deleted=True)


def _report(user: "User", slug: str, pk: int, ability: Ability, *, is_deleted: bool) -> Report:
    program = get_reporting(user, slug, ability)
    rows = Report.objects.all() if is_deleted else Report.objects.present()
    report = get_object_or_404(rows.with_newest().select_related("made_by"), program=program, pk=pk)
    report.program = program
    return report


def get_decision(user: "User", slug: str, pk: int, ability: Ability) -> Report:
    """A report that asks for a decision: to answer it (`DECIDE`), or to answer what was asked back (`MAKE_REPORTS`)."""
    report = get_report(user, slug, pk, ability)
    if not report.decision:
        raise Http404
    return report


def get_report_template(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> ReportTemplate:
    """One that the program saved; for undo also one that was deleted."""
    program = get_reporting(user, slug, Ability.MAKE_REPORTS)
    rows = ReportTemplate.objects.all() if is_deleted else ReportTemplate.objects.present()
    template = get_object_or_404(rows, program=program, pk=pk)
    template.program = program
    return template


def get_master(user: "User", slug: str, pk: int) -> ReportMaster:
    """The company's slides, also those that were removed: removing and restoring are harmless twice."""
    program = get_reporting(user, slug, Ability.MAKE_REPORTS)
    master = get_object_or_404(ReportMaster.objects.select_related("file"), program=program, pk=pk)
    master.program = program
    return master


def get_link(user: "User", slug: str, pk: int, *, is_ended: bool = False) -> ReportLink:
    """A link to a report; for undo also one that was ended."""
    program = get_reporting(user, slug, Ability.MAKE_REPORTS)
    rows = ReportLink.objects.all() if is_ended else ReportLink.objects.present()
    rows = rows.filter(report__program=program, report__deleted_at=None)
    return get_object_or_404(rows.select_related("report__program"), pk=pk)


def find_shared(token: str) -> ReportLink | None:
    """What a link leads to; nothing after its last day, or when it was ended, or the report deleted."""
    rows = ReportLink.objects.present().filter(ends_on__gte=timezone.localdate(), report__deleted_at=None)
    return rows.filter(token_hash=hash_of(token)).select_related("report__program").first()


def get_own_word(user: "User", slug: str, pk: int) -> DecisionWord:
    """One's own answer, also one that was withdrawn already (undo)."""
    program = get_reporting(user, slug)
    rows = DecisionWord.objects.filter(report__program=program, report__deleted_at=None).select_related("report")
    word = get_object_or_404(rows, pk=pk)
    if word.by_id != user.pk or not any(membership.can(user, each, program) for each in ANSWERING):
        raise PermissionDenied
    word.report.program = program
    return word
