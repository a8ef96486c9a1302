"""A drop-in hour for its hosts: begin it, call the next, hand over, close."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.office_hours import access, queue_page, queueing
from community.office_hours.forms_queue import NextForm, OpenHourForm
from core.kit.form_pages import FormPage, form_page
from core.kit.forms import Form
from core.kit.templatetags.ui import clock
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.models import Program


@require_http_methods(["GET", "HEAD", "POST"])
def queue_host(request: PersonRequest, slug: str) -> HttpResponse:
    """The queue, or the form that begins an hour."""
    program = access.get_hosting_all(request.user, slug)
    hour = queue_page.open_hour_of(program)
    if hour is not None and request.method != "POST":
        return render(request, "community/office_hours/queue_host.html", _board(request, program, hour))
    own = access.get_own_hours(request.user, slug)
    initial = {"place": own.place, "link": own.link} if own else {}
    form = OpenHourForm(request.POST or None, initial=initial, zone=own.zone if own else program.time_zone)
    if request.method == "POST" and form.is_valid():
        try:
            queueing.begin(program, by=request.user, **form.cleaned_data)
        except queueing.IsOpen:
            warn(request, _("There is already a drop-in hour. You can join it."))
        return redirect("community:queue_host", slug)
    page = FormPage(
        title=_("Run a drop-in hour"), up=[(_("My office hours"), reverse("community:hours_day", args=[slug]))],
        lead=_("People take a number and you call them one by one. Others can join as hosts."),
        shield=_("After the session the queue is deleted. Only the number of conversations is kept."),
        submit=_("Start now"),
    )  # fmt: skip
    return form_page(request, form, page)


def _board(request: PersonRequest, program: Program, hour: Any) -> dict[str, Any]:
    return {"program": program, "hour": hour, "board": queue_page.board_of(request.user, hour)}


@require_safe
def queue_board(request: PersonRequest, slug: str) -> HttpResponse:
    """What changes on the host's page, when it has changed."""
    hour = access.get_open_hour_to_host(request.user, slug)
    context = _board(request, hour.program, hour)
    if request.GET.get("seen") == context["board"].version:
        return HttpResponse(status=204)
    return render(request, "community/office_hours/_queue_board.html", context)


@require_POST
def queue_serve(request: PersonRequest, slug: str) -> HttpResponse:
    hour = access.get_open_hour_to_host(request.user, slug)
    try:
        queueing.serve(hour, by=request.user)
    except queueing.IsOver:
        warn(request, _("The drop-in hour has just been closed."))
    return redirect("community:queue_host", slug)


@require_POST
def queue_next(request: PersonRequest, slug: str) -> HttpResponse:
    host = access.get_serving(request.user, slug)
    form = NextForm(request.POST)
    if form.is_valid():
        try:
            if queueing.call_next(host, after=form.cleaned_data["after"]) is None:
                toast(request, _("Nobody is waiting at the moment."))
        except queueing.StillHeld:
            warn(request, _("They still have a moment to arrive. Then you can call the next person."))
        except queueing.IsOver:
            warn(request, _("The drop-in hour is closed. Nobody is waiting any more."))
    return redirect("community:queue_host", slug)


@require_POST
def queue_arrived(request: PersonRequest, slug: str) -> HttpResponse:
    """The host says that they are there."""
    queueing.arrive_at(access.get_serving(request.user, slug))
    return redirect("community:queue_host", slug)


@require_POST
def queue_done(request: PersonRequest, slug: str) -> HttpResponse:
    """The conversation is over, and nobody is called yet."""
    try:
        queueing.finish(access.get_serving(request.user, slug))
    except queueing.IsOver:
        warn(request, _("The drop-in hour has just been closed."))
    return redirect("community:queue_host", slug)


@require_POST
def queue_hand_over(request: PersonRequest, slug: str) -> HttpResponse:
    host = access.get_serving(request.user, slug)
    try:
        queueing.hand_over(host.hour, by=request.user)
    except queueing.LastHost:
        warn(request, _("Nobody else is here yet. Ask somebody to join, or close the session."))
    except queueing.IsOver:
        warn(request, _("The drop-in hour has just been closed."))
    else:
        undo = reverse("community:queue_serve", args=[slug])
        toast(request, _("The others carry on. Nobody has lost their place."), undo=undo)
    return redirect("community:queue_host", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def queue_close(request: PersonRequest, slug: str) -> HttpResponse:
    hour = access.get_serving(request.user, slug).hour
    form = Form(request.POST or None)
    if request.method == "POST":
        count = queueing.close(hour, by=request.user)
        told = ngettext("%(count)s person is notified.", "%(count)s people are notified.", count) % {"count": count}
        toast(request, f"{_('The hour is closed.')} {told}" if count else _("The session is closed."))
        return redirect("community:hours_day", slug)
    page = FormPage(
        title=_("Close the drop-in hour"), up=[(_("Drop-in hour"), reverse("community:queue_host", args=[slug]))],
        lead=_("Planned until %(time)s. Anyone still waiting gets a friendly message and is offered the next "
            "free slots.")
        % {"time": clock(hour.until)},
        submit=_("Close the session"),
    )  # fmt: skip
    return form_page(request, form, page)
