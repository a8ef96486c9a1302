"""Where the picture of the timeline sends a bar that was dragged, or moved with the arrow keys."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit.returning import go_back, way_back
from core.kit.templatetags.ui import day as as_day
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.checklists import moving
from programs.checklists.forms_parts import MoveForm
from programs.phases.access import get_phase


@require_POST
def phase_move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """New dates, based on those that the picture showed. Sent twice, it moves once."""
    phase = get_phase(request.user, slug, pk)
    form, timeline = MoveForm(request.POST), reverse("programs:timeline", args=[slug])
    if not form.is_valid():
        warn(request, _("The phase was not moved. Please enter its dates here."))
        return redirect("programs:phase_edit", slug, pk)
    to = (form.cleaned_data["start_on"], form.cleaned_data["end_on"])
    seen = (form.cleaned_data["was_start"], form.cleaned_data["was_end"])
    try:
        count, said = moving.move_phase(phase, seen=seen, to=to, by=request.user)
    except moving.MovedSince:
        warn(request, _("Somebody else has moved this phase in the meantime. This is where it is now."))
        return go_back(request, timeline)
    except moving.CannotMove:
        warn(request, _("The phase was not moved: it is over, or would end before it starts."))
        return go_back(request, timeline)
    told = _("“%(phase)s” now runs from %(start)s to %(end)s.") % {
        "phase": phase.title, "start": as_day(to[0]), "end": as_day(to[1]),
    }  # fmt: skip
    if count:
        along = ngettext("%(count)s date was moved with it.", "%(count)s dates were moved with it.", count)
        told = f"{told} {along % {'count': count}}"
    undo = reverse("programs:phase_move_back", args=[slug, pk])
    toast(request, told, undo=f"{undo}?{urlencode({'moved': said, 'next': way_back(request) or timeline})}")
    return go_back(request, timeline)


@require_POST
def phase_move_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    phase = get_phase(request.user, slug, pk)
    try:
        moving.move_back(phase, request.GET.get("moved", ""), by=request.user)
        toast(request, _("“%(phase)s” is where it was.") % {"phase": phase.title})
    except moving.MovedSince:
        warn(request, _("The phase has been moved again since. Nothing was undone."))
    return go_back(request, reverse("programs:timeline", args=[slug]))
