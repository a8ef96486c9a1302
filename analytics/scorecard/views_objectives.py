from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from analytics.metrics.tabs import tabs_of
from analytics.scorecard import access, pages, services_objectives
from analytics.scorecard.forms_objectives import CheckInForm, ObjectiveForm, ResultForm
from analytics.scorecard.models_objectives import KeyResult, Objective
from analytics.scorecard.pages_objectives import QuarterPage
from analytics.scorecard.quarters import next_quarter, quarter_asked, quarter_of, quarter_said
from core.kit.form_pages import FormPage, form_page
from core.kit.forms import Form
from core.kit.returning import go_to
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can
from programs.membership.models import Program


@require_safe
def objectives(request: PersonRequest, slug: str) -> HttpResponse:
    """The objectives of a quarter, and how far each key result is."""
    program = access.get_strategy(request.user, slug)
    now = quarter_of(timezone.localdate())
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "scorecard"),
        "ways": pages.ways_of(program, "objectives"),
        "page": QuarterPage(program, quarter_asked(request.GET.get("quarter", ""), now)),
        "may_edit": can(request.user, Ability.MANAGE_PROGRAM, program),
    }
    return render(request, "analytics/scorecard/objectives.html", context)


@once
def objective_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_strategy(request.user, slug, Ability.MANAGE_PROGRAM)
    today = timezone.localdate()
    quarter = quarter_asked(request.GET.get("quarter", ""), quarter_of(today))
    form = ObjectiveForm(request.POST or None, quarter=quarter, today=today)
    if request.method == "POST" and form.is_valid():
        objective = services_objectives.add_objective(program, by=request.user, **form.cleaned_data)
        return _to(program, objective)
    return _form(request, program, form, _("Add an objective"))


def objective_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    objective = access.get_objective(request.user, slug, pk)
    data = request.POST if request.method == "POST" else None
    form = ObjectiveForm(data, quarter=objective.quarter, today=timezone.localdate(), objective=objective)
    if request.method == "POST" and form.is_valid():
        services_objectives.edit_objective(objective, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return _to(objective.program, objective)
    gone = reverse("analytics:objective_remove", args=[slug, pk])
    return _form(request, objective.program, form, _("Edit the objective"), objective, remove_url=gone)


@require_POST
def objective_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    objective = services_objectives.remove_objective(access.get_objective(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:objective_restore", args=[slug, pk])
    toast(request, _("“%(text)s” is removed, with its key results.") % {"text": objective}, undo=undo)
    return _to(objective.program, objective)


@require_POST
def objective_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    objective = access.get_objective(request.user, slug, pk, is_deleted=True)
    services_objectives.restore_objective(objective, by=request.user)
    toast(request, _("“%(text)s” is restored.") % {"text": objective})
    return _to(objective.program, objective)


@require_POST
def objectives_copy(request: PersonRequest, slug: str) -> HttpResponse:
    """What a quarter had, in the next one; what is there already by the same words stays single."""
    program = access.get_strategy(request.user, slug, Ability.MANAGE_PROGRAM)
    quarter = quarter_asked(request.POST.get("quarter", ""), quarter_of(timezone.localdate()))
    told = QuarterPage(program, quarter).told_by_hand
    made = services_objectives.copy_to_next(program, quarter, by=request.user, told=told)
    to = next_quarter(quarter)
    words = ngettext(
        "%(count)s objective is taken into %(quarter)s.", "%(count)s objectives are taken into %(quarter)s.", len(made)
    )
    toast(request, words % {"count": len(made), "quarter": quarter_said(to)})
    return go_to(reverse("analytics:objectives", args=[slug], query={"quarter": to.isoformat()}))


@once
def key_result_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    objective = access.get_objective(request.user, slug, pk)
    form = ResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services_objectives.add_result(objective, by=request.user, **form.cleaned_data)
        return _to(objective.program, objective)
    return _form(request, objective.program, form, _("Add a key result"), objective)


def key_result_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    result = access.get_result(request.user, slug, pk)
    form = ResultForm(request.POST if request.method == "POST" else None, result=result)
    objective = result.objective
    if request.method == "POST" and form.is_valid():
        services_objectives.edit_result(result, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return _to(objective.program, objective)
    gone = reverse("analytics:key_result_remove", args=[slug, pk])
    return _form(request, objective.program, form, _("Edit the key result"), objective, remove_url=gone)


@require_POST
def key_result_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    result = services_objectives.remove_result(access.get_result(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:key_result_restore", args=[slug, pk])
    toast(request, _("“%(text)s” is removed.") % {"text": result}, undo=undo)
    return _back(result)


@require_POST
def key_result_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    result = access.get_result(request.user, slug, pk, is_deleted=True)
    services_objectives.restore_result(result, by=request.user)
    toast(request, _("“%(text)s” is restored.") % {"text": result})
    return _back(result)


@once
def check_in_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """How a key result stands. What was written before stays as it is."""
    result = access.get_result(request.user, slug, pk)
    form = CheckInForm(request.POST or None, result=result)
    if request.method == "POST" and form.is_valid():
        written = services_objectives.check_in(result, by=request.user, **form.cleaned_data)
        undo = reverse("analytics:check_in_withdraw", args=[slug, written.pk])
        toast(request, _("Saved."), undo=undo)
        return _back(result)
    objective = result.objective
    return _form(request, objective.program, form, _("Check in: %(text)s") % {"text": result}, objective)


@require_POST
def check_in_withdraw(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    written = access.get_check_in(request.user, slug, pk)
    services_objectives.withdraw_check_in(written, by=request.user)
    undo = reverse("analytics:check_in_restore", args=[slug, pk])
    toast(request, _("The check-in is withdrawn."), undo=undo)
    return _back(written.result)


@require_POST
def check_in_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    written = access.get_check_in(request.user, slug, pk)
    services_objectives.restore_check_in(written, by=request.user)
    toast(request, _("The check-in is back."))
    return _back(written.result)


def _back(result: KeyResult) -> HttpResponse:
    return _to(result.objective.program, result.objective)


def _to(program: Program, objective: Objective) -> HttpResponse:
    query = {"quarter": objective.quarter.isoformat()}
    return go_to(reverse("analytics:objectives", args=[program.slug], query=query))


def _form(
    request: PersonRequest, program: Program, form: Form, title: str, objective: Objective | None = None, **more: Any
) -> HttpResponse:
    up = [(_("Objectives"), reverse("analytics:objectives", args=[program.slug]))]
    page = FormPage(title=title, eyebrow=str(objective or ""), up=up)
    return form_page(request, form, page, template="analytics/scorecard/objective.html", program=program, **more)
