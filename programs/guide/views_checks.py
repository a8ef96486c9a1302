"""The first 90 days: what is to be looked at, and what was found."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.consents.models import today_in
from programs.guide import access, checks
from programs.guide.forms import CheckDayForm, CheckForm
from programs.membership.access import Ability, can, get_program

RECENT = timedelta(days=30)  # so long after its start a program's checks count from there, else from today


@require_safe
def first_days(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WORK_ON_CHECKLISTS)
    today = today_in(program)
    context = {
        "program": program,
        "shown": checks.shown(checks.checks_of(program), today),
        "may_write": can(request.user, Ability.WRITE_REVIEWS, program),
        "may_plan": can(request.user, Ability.MANAGE_PROGRAM, program),
    }
    return render(request, "programs/guide/first_days.html", context)


@require_POST
def first_days_plan(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    today = today_in(program)
    checks.plan_checks(program, program.start_on if program.start_on >= today - RECENT else today, by=request.user)
    toast(request, _("The three checks are planned."))
    return redirect("programs:first_days", slug)


def early_check(request: PersonRequest, slug: str, day: int) -> HttpResponse:
    """The signs of the group, and what somebody found."""
    check = access.get_check(request.user, slug, day)
    form = CheckForm(request.POST if request.method == "POST" else None, check=check)
    if request.method == "POST" and form.is_valid():
        checks.hold(check, by=request.user, **form.changes())
        toast(request, _("The check is written down."))
        return redirect("programs:first_days", slug)
    shown = checks.shown([check], today_in(check.program))[0]
    page = FormPage(title=_("Day %(day)s") % {"day": day}, lead=str(shown.title), up=_up(slug))
    template = "programs/guide/early_check.html"
    return form_page(request, form, page, template=template, program=check.program, row=shown)


def early_check_move(request: PersonRequest, slug: str, day: int) -> HttpResponse:
    check = access.get_check(request.user, slug, day, Ability.MANAGE_PROGRAM)
    today = today_in(check.program)
    if not checks.may_move(check, today):
        warn(
            request, _("The day has come. The group's signals have been counted, and the date can no longer be moved.")
        )
        return redirect("programs:first_days", slug)
    form = CheckDayForm(
        request.POST if request.method == "POST" else None, initial={"due_on": check.due_on}, today=today
    )
    if request.method == "POST" and form.is_valid():
        checks.move(check, due_on=form.cleaned_data["due_on"], by=request.user)
        toast(request, _("Saved."))
        return redirect("programs:first_days", slug)
    return form_page(
        request, form, FormPage(title=_("Day %(day)s") % {"day": day}, up=_up(slug)), program=check.program
    )


@require_POST
def early_check_leave(request: PersonRequest, slug: str, day: int) -> HttpResponse:
    check = access.get_check(request.user, slug, day, Ability.MANAGE_PROGRAM)
    checks.leave_out(check, by=request.user)
    undo = reverse("programs:early_check_resume", args=[slug, day])
    toast(request, _("The check is skipped. Nobody is reminded of it."), undo=undo)
    return redirect("programs:first_days", slug)


@require_POST
def early_check_resume(request: PersonRequest, slug: str, day: int) -> HttpResponse:
    check = access.get_check(request.user, slug, day, Ability.MANAGE_PROGRAM)
    checks.resume(check, by=request.user)
    return redirect("programs:first_days", slug)


def _up(slug: str) -> list[tuple[str, str]]:
    return [(_("The first 90 days"), reverse("programs:first_days", args=[slug]))]
