"""A drop-in hour for who comes: take a number, see the place, come when called. Reading writes nothing. A page
asks every ten seconds whether something changed, and nearly always hears that nothing did (204)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.office_hours import access, queue_page, queueing
from community.office_hours.forms_queue import MatterForm
from core.kit.form_pages import FormPage, form_page
from core.kit.refusals import given_back
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can


@require_safe
def queue(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_bookable(request.user, slug)
    line = queue_page.line_of(request.user, program)
    hour = line.ticket.hour if line else queue_page.open_hour_of(program)
    context: dict[str, Any] = {"program": program, "line": line, "hour": hour, "form": MatterForm()}
    if hour is None:
        context |= {"free": queue_page.next_free(request.user, program), "was_waiting": "over" in request.GET}
    else:
        board = queue_page.board_of(request.user, hour)
        context |= {"board": board, "is_serving": board.me is not None}
    context["may_host"] = can(request.user, Ability.OFFER_HOURS, program)
    return render(request, "community/office_hours/queue.html", context)


@require_safe
def queue_line(request: PersonRequest, slug: str) -> HttpResponse:
    """The part that changes, when it has changed; the whole page again once the place is gone."""
    program = access.get_bookable(request.user, slug)
    line = queue_page.line_of(request.user, program)
    if line is None:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = f"{reverse('community:queue', args=[slug])}?over=1"
        return answer
    if request.GET.get("seen") == line.version:
        return HttpResponse(status=204)
    return render(request, "community/office_hours/_line.html", {"program": program, "line": line, "is_part": True})


@require_POST
def queue_join(request: PersonRequest, slug: str) -> HttpResponse:
    hour = access.get_open_hour(request.user, slug)
    form = MatterForm(request.POST)
    if not form.is_valid():
        board = queue_page.board_of(request.user, hour)
        context = {"program": hour.program, "line": None, "hour": hour, "form": form, "board": board}
        return render(request, "community/office_hours/queue.html", context, status=422)
    try:
        queueing.join(hour, by=request.user, **form.cleaned_data)
    except queueing.IsHost:
        return redirect("community:queue_host", slug)
    except queueing.IsOver:
        said = _("The drop-in hour has just been closed.")
        return given_back(request, said, redirect("community:queue", slug), form)
    return redirect("community:queue", slug)


@require_POST
def queue_leave(request: PersonRequest, slug: str) -> HttpResponse:
    ticket = access.get_ticket(request.user, slug)
    try:
        has_left = queueing.leave(ticket)
    except queueing.IsOver:
        return redirect("community:queue", slug)
    if not has_left:
        warn(request, _("You are in the conversation. It ends when the host says so."))
        return redirect("community:queue", slug)
    undo = reverse("community:queue_join", args=[slug])
    toast(request, _("You left the queue. You can get your place back for ten minutes."), undo=undo)
    return redirect("community:queue", slug)


@require_POST
def queue_pass(request: PersonRequest, slug: str) -> HttpResponse:
    ticket = access.get_ticket(request.user, slug)
    try:
        if queueing.let_pass(ticket):
            toast(request, _("One person now goes ahead of you."))
        else:
            warn(request, _("There is nobody behind you, or it is already your turn."))
    except queueing.IsOver:
        warn(request, _("The drop-in hour has just been closed."))
    return redirect("community:queue", slug)


@require_POST
def queue_here(request: PersonRequest, slug: str) -> HttpResponse:
    queueing.arrive(access.get_ticket(request.user, slug))
    return redirect("community:queue", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def queue_topic(request: PersonRequest, slug: str) -> HttpResponse:
    ticket = access.get_ticket(request.user, slug)
    form = MatterForm(request.POST or None, initial={"topic": ticket.topic})
    if request.method == "POST" and form.is_valid():
        queueing.say(ticket, **form.cleaned_data)
        return redirect("community:queue", slug)
    page = FormPage(
        title=_("What it is about"), up=[(_("Drop-in hour"), reverse("community:queue", args=[slug]))],
        shield=_("Only the hosts of this session can read it, and it is deleted when the session ends."),
    )  # fmt: skip
    return form_page(request, form, page)
