from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.refusals import given_back
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.checklists import access, gate
from programs.membership.access import Ability
from programs.phases.models import Phase, PhaseState


def phase_finish(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Finish a phase: what is still open is moved on, done, or accepted with a reason."""
    phase = access.get_phase_with_progress(request.user, slug, pk, Ability.MANAGE_PROGRAM)
    if phase.state != PhaseState.ACTIVE:
        return _too_late(request, phase)
    form = _form(request, phase)
    if request.method == "POST" and form.is_valid():
        try:
            batch = gate.finish(phase, form, by=request.user)
        except gate.AlreadyFinished:
            return _too_late(request, phase)
        except gate.MoreIsOpen:
            form = _form(request, phase)
            form.add_error(None, _("More is open than a moment ago. Please look through the list again."))
        else:
            undo = reverse("programs:batch_undo", args=[slug, batch.pk])
            told = _("“%(phase)s” is finished.") % {"phase": phase.title}
            toast(request, told, undo=undo)
            return redirect("programs:phase_detail", slug, pk)
    items = form.items
    open_items = ngettext("%(count)s item is still open.", "%(count)s items are still open.", len(items))
    context = {
        "program": phase.program,
        "phase": phase,
        "form": form,
        "lead": open_items % {"count": len(items)} if items else _("Everything is done or does not apply."),
    }
    status = 422 if form.errors else 200
    return render(request, "programs/checklists/phase_finish.html", context, status=status)


def _form(request: PersonRequest, phase: Phase) -> gate.GateForm:
    posted = request.POST if request.method == "POST" else None
    return gate.GateForm(posted, items=gate.leftovers(phase), following=gate.phase_after(phase), phase=phase)


def _too_late(request: PersonRequest, phase: Phase) -> HttpResponse:
    """A colleague has finished it meanwhile: what was written here is handed back."""
    said = _("“%(phase)s” was finished in the meantime.") % {"phase": phase.title}
    back = redirect("programs:phase_detail", phase.program.slug, phase.pk)
    return given_back(request, said, back, _form(request, phase)) if request.method == "POST" else back
