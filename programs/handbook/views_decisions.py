"""The log of decisions: everybody in the program reads it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.handbook import access, lists, queries, services
from programs.handbook.forms import DecisionForm
from programs.membership.access import Ability, get_program
from programs.membership.tabs import tabs_of


def _above(slug: str) -> list[tuple[str, str]]:
    return [
        (_("Handbook"), reverse("programs:handbook", args=[slug])),
        (_("Decisions"), reverse("programs:decisions", args=[slug])),
    ]


@require_safe
def decisions(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug)
    writes = access.can_write(request.user, program)
    context = {
        "program": program,
        "writes": writes,
        "tabs": tabs_of("program", request.user, program, "programs:handbook"),
    }
    rows, of = queries.decisions_of(request.user, program), lists.decisions(request.user, program, writes=writes)
    return show_list(request, of, rows, "programs/handbook/decisions.html", context)


@once
def decision_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WRITE_HANDBOOK)
    initial = {"decided_on": timezone.localdate(), "page": request.GET.get("about", "")[:20]}
    form = DecisionForm(request.POST or None, program=program, initial=initial)
    if request.method == "POST" and form.is_valid():
        decision = services.record_decision(program, by=request.user, **form.cleaned_data)
        toast(request, _("Decision %(number)s is recorded.") % {"number": decision.number})
        return redirect("programs:decisions", slug)
    page = FormPage(
        title=_("Record a decision"),
        up=_above(slug),
        lead=_("What was decided, what was rejected and why, so that people who join later don't have to ask again."),
        shield=_("Everybody in the program can read it. Please do not name anybody."),
    )
    return form_page(request, form, page, program=program)


def decision_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    decision = access.get_decision(request.user, slug, pk)
    form = DecisionForm(request.POST or None, program=decision.program, decision=decision)
    if request.method == "POST" and form.is_valid():
        services.change_decision(decision, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("programs:decisions", slug)
    page = FormPage(title=_("Change decision %(number)s") % {"number": decision.number}, up=_above(slug))
    return form_page(request, form, page, program=decision.program)


@require_POST
def decision_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    decision = access.get_decision(request.user, slug, pk, deleted=True)
    services.delete_decision(decision, by=request.user)
    undo = reverse("programs:decision_restore", args=[slug, pk])
    toast(request, _("Decision %(number)s is deleted.") % {"number": decision.number}, undo=undo)
    return redirect("programs:decisions", slug)


@require_POST
def decision_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    decision = access.get_decision(request.user, slug, pk, deleted=True)
    services.restore_decision(decision, by=request.user)
    toast(request, _("Decision %(number)s is restored.") % {"number": decision.number})
    return redirect("programs:decisions", slug)
