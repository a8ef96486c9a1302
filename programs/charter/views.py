from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.charter import access, pages, queries, services
from programs.charter.forms import CharterForm
from programs.charter.line_kinds import ListKind
from programs.membership.access import Ability, get_program
from programs.membership.models import Program
from programs.membership.tabs import tabs_of


@require_safe
def charter(request: PersonRequest, slug: str) -> HttpResponse:
    """What the program is for, who stands behind it, what participants get."""
    program = get_program(request.user, slug)
    context = {
        "written": queries.charter_of(program),
        "goals": queries.goals_page(program),
        "privileges": queries.privileges_of(program),
        "commitments": list(queries.commitments_of(program)),
        "tabs": tabs_of("program", request.user, program, "programs:charter"),
    }
    return _page(request, program, "charter", context)


def charter_edit(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = CharterForm(request.POST if request.method == "POST" else None, program=program)
    if request.method == "POST" and form.is_valid():
        services.write_charter(program, by=request.user, **form.changes())
        toast(request, _("The charter is saved."))
        return redirect("programs:charter", slug)
    page = FormPage(
        title=_("Goals and reasons"),
        lead=_("At most three goals. Their order decides when time or budget run short."),
        up=[(_("Charter"), reverse("programs:charter", args=[slug]))],
    )
    return form_page(request, form, page, program=program)


@require_safe
def charter_duties(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is responsible, accountable, consulted and informed, now and before."""
    program = get_program(request.user, slug, Ability.WORK_ON_CHECKLISTS)
    context = {"matrix": queries.matrix_of(program), "former": queries.former_holders(program)}
    return _page(request, program, "charter_duties", context)


@require_safe
def charter_stakeholders(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    rows = list(queries.stakeholders_of(program))
    return _page(request, program, "charter_stakeholders", {"rows": rows, "map": queries.stakeholder_map(rows)})


@require_safe
def charter_risks(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WORK_ON_CHECKLISTS)
    return _page(request, program, "charter_risks", {"risks": queries.risks_of(program)})


@require_safe
def charter_budget(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.SEE_REPORTS)
    lines = list(queries.budget_of(program))
    context = {"lines": lines, "totals": queries.totals(lines), "currency": queries.currency_of(program)}
    return _page(request, program, "charter_budget", context)


@require_safe
def objections(request: PersonRequest, slug: str) -> HttpResponse:
    """Answers to what people say against it, to use in talks."""
    program = get_program(request.user, slug)
    words = request.GET.get("q", "")[:100]
    return _page(request, program, "objections", {"found": queries.objections(words), "words": words})


@once
def charter_row_new(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    program, of = access.get_kind(request.user, slug, kind)
    form = of.form(request.POST if request.method == "POST" else None, program=program)
    if request.method == "POST" and form.is_valid():
        services.add_row(program, of, by=request.user, **form.cleaned_data)
        return go_to(reverse(of.page, args=[slug]))
    return form_page(request, form, FormPage(title=str(of.new), up=_up(slug, of)), program=program)


def charter_row_edit(request: PersonRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    of, row = access.get_row(request.user, slug, kind, pk, deleted=False)
    form = of.form(request.POST if request.method == "POST" else None, program=row.program, row=row)
    if request.method == "POST" and form.is_valid():
        services.change_row(row, of, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return go_to(reverse(of.page, args=[slug]))
    return form_page(request, form, FormPage(title=str(row), up=_up(slug, of)), program=row.program)


@require_POST
def charter_row_delete(request: PersonRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    of, row = access.get_row(request.user, slug, kind, pk)
    services.delete_row(row, of, by=request.user)
    undo = reverse("programs:charter_row_restore", args=[slug, kind, pk])
    toast(request, _("“%(title)s” is deleted.") % {"title": row}, undo=undo)
    return go_to(reverse(of.page, args=[slug]))


@require_POST
def charter_row_restore(request: PersonRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    of, row = access.get_row(request.user, slug, kind, pk)
    services.restore_row(row, of, by=request.user)
    return go_to(reverse(of.page, args=[slug]))


def _page(request: PersonRequest, program: Program, name: str, context: dict[str, Any]) -> HttpResponse:
    around = {
        "program": program,
        "may_write": access.can_write_charter(request.user, program),
        "parts": pages.parts_of(request.user, program, name),
    }
    return render(request, f"programs/charter/{name}.html", around | context)


def _up(slug: str, kind: ListKind) -> list[tuple[str, str]]:
    return [(str(kind.page_label), reverse(kind.page, args=[slug]))]
