"""Phases are added, split in two, and removed."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.checklists import access, parts
from programs.checklists.forms_parts import NewPhaseForm, RemoveForm, SplitForm
from programs.membership.access import Ability, get_program
from programs.phases import services as phases
from programs.phases.access import get_phase
from programs.phases.models import Phase


@once
def phase_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = NewPhaseForm(request.POST if request.method == "POST" else None, program=program)
    if request.method == "POST" and form.is_valid():
        made = phases.add_phase(program, by=request.user, **form.cleaned_data)
        toast(request, _("“%(phase)s” is planned.") % {"phase": made.title})
        return redirect("programs:phase_detail", slug, made.pk)
    page = FormPage(
        title=_("Add a phase"),
        lead=_("Phases may overlap. Its checklist starts empty; templates fill it."),
        submit=_("Add"),
        up=[(_("Program"), reverse("programs:timeline", args=[slug]))],
    )
    return form_page(request, form, page, program=program)


@once
def phase_split(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    phase = get_phase(request.user, slug, pk)
    if not parts.may_split(phase):
        warn(request, _("Only a planned or active phase of at least two days can be split."))
        return redirect("programs:phase_detail", slug, pk)
    form = SplitForm(request.POST if request.method == "POST" else None, phase=phase)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            second = parts.split_phase(
                phase, on=said["on"], title=said["title"], items=said.get("items", ()), by=request.user
            )
        except (parts.CannotSplit, phases.PhaseWasRemoved):
            warn(request, _("The phase was changed in the meantime. Please look at it again."))
            return redirect("programs:timeline", slug)
        undo = reverse("programs:phase_join", args=[slug, second.pk])
        toast(request, _("The phase is split. “%(phase)s” is its second part.") % {"phase": second.title}, undo=undo)
        return redirect("programs:phase_detail", slug, second.pk)
    page = FormPage(
        title=_("Split the phase"),
        lead=_("The phase is split into two consecutive parts. Everything done so far stays in the first part."),
        submit=_("Split"),
        up=_up(phase),
    )
    return form_page(request, form, page, program=phase.program)


@require_POST
def phase_join(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    first = parts.join_phase(get_phase(request.user, slug, pk), by=request.user)
    return redirect("programs:phase_detail", slug, first.pk)


def phase_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first, and what takes over its items and dates."""
    phase = get_phase(request.user, slug, pk)
    if parts.is_last(phase):
        warn(request, _("This is the only phase. Add another one first, which takes over its items and dates."))
        return redirect("programs:phase_detail", slug, pk)
    form = RemoveForm(request.POST if request.method == "POST" else None, phase=phase)
    if request.method == "POST" and form.is_valid():
        try:
            row = parts.remove_phase(phase, into=form.cleaned_data["into"], by=request.user)
        except (parts.NowhereToGo, phases.PhaseWasRemoved):
            warn(request, _("One of the two phases was removed in the meantime. Nothing was changed."))
            return redirect("programs:timeline", slug)
        undo = reverse("programs:phase_restore", args=[slug, row.pk])
        told = _("“%(phase)s” is removed; its items and dates are in “%(into)s”.")
        toast(request, told % {"phase": phase.title, "into": row.into}, undo=undo)
        return redirect("programs:timeline", slug)
    page = FormPage(
        title=_("Remove the phase?"),
        lead=_("To keep it on the timeline without doing it, skip it instead."),
        submit=_("Remove the phase"),
        up=_up(phase),
    )
    return form_page(request, form, page, program=phase.program)


@require_POST
def phase_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    phase = parts.restore_phase(access.get_removed_phase(request.user, slug, pk), by=request.user)
    if phase is None:  # restored before, and removed once more
        return redirect("programs:timeline", slug)
    toast(request, _("“%(phase)s” is restored.") % {"phase": phase.title})
    return redirect("programs:phase_detail", slug, phase.pk)


def _up(phase: Phase) -> list[tuple[str, str]]:
    return [(phase.title, reverse("programs:phase_detail", args=[phase.program.slug, phase.pk]))]
