from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from community.events import access, series
from community.events.forms import SeriesChoiceForm
from community.events.invited import invited_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest


@require_POST
def event_series_answer(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One answer to all coming dates of a series; undo brings back what had been said to each."""
    event = access.get_event_to_answer(request.user, slug, pk)
    is_undone = "was" in request.GET
    form = SeriesChoiceForm(request.GET if is_undone else request.POST)
    if not form.is_valid() or not (is_undone or form.cleaned_data["choice"]):
        warn(request, _("Please choose yes, maybe or no."))
        return redirect("community:event_detail", slug, pk)
    invited = invited_to(series.ahead(event), request.user, event.milestone.program)
    if is_undone:
        before = {key: said for key, said in series.unpacked(form.cleaned_data["was"]).items() if key in invited}
        series.answer_each(event, choices=before, person=request.user)
        toast(request, _("Your answers are as they were."))
        return redirect("community:event_detail", slug, pk)
    before = series.answer_all(event, choice=form.cleaned_data["choice"], person=request.user, invited=invited)
    if before:
        says = ngettext("Answered for one date.", "Answered for %(count)s dates.", len(before))
        undo = reverse("community:event_series_answer", args=[slug, pk]) + f"?was={series.packed(before)}"
        toast(request, says % {"count": len(before)}, undo=undo)
    else:
        warn(request, _("You can no longer answer: the event is over or was cancelled."))
    return redirect("community:event_detail", slug, pk)
