"""How it was, and what follows: twenty seconds for who was there, and the note of who planned it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.events import access, after_page, feedback, services
from community.events.forms_after import FeedbackForm, FollowUpForm
from core.kit.form_pages import FormPage, form_page
from core.kit.refusals import given_back
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability


def event_feedback(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event_to_judge(request.user, slug, pk)
    own = feedback.own(event, request.user)
    form = FeedbackForm(request.POST or None, initial=after_page.said_in(own))
    if request.method == "POST" and form.is_valid():
        try:
            feedback.give(event, person=request.user, **form.cleaned_data)
        except feedback.FeedbackClosedError:
            said = _("This is open for one week from the end of the event.")
            return given_back(request, said, redirect("community:event_detail", slug, pk), form)
        toast(request, _("Thank you. You can change it until the results close."))
        return redirect("community:event_detail", slug, pk)
    context = after_page.feedback_of(event, own=own, form=form)
    return render(request, "community/events/event_feedback.html", context, status=422 if form.errors else 200)


@require_POST
def event_feedback_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event_to_judge(request.user, slug, pk)
    is_back = request.GET.get("back") == "yes"
    try:
        feedback.take_back(event, person=request.user, is_taken_back=not is_back)
    except feedback.FeedbackClosedError:
        warn(request, _("This is open for one week from the end of the event."))
        return redirect("community:event_feedback", slug, pk)
    if is_back:
        toast(request, _("Your feedback counts again."))
    else:
        undo = reverse("community:event_feedback_end", args=[slug, pk]) + "?back=yes"
        toast(request, _("Your feedback no longer counts."), undo=undo)
    return redirect("community:event_feedback", slug, pk)


def event_follow_up(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    form = FollowUpForm(request.POST or None, event=event, suggests="suggest" in request.GET)
    if request.method == "POST" and form.is_valid():
        services.write_follow_up(event, by=request.user, **form.cleaned_data)
        toast(request, _("It is on the event's page."))
        return redirect("community:event_after", slug, pk)
    up = [(_("Events"), reverse("community:events", args=[slug]))]
    up += [(str(event.milestone.title), reverse("community:event_after", args=[slug, pk]))]
    page = FormPage(title=_("Recording and materials"), up=up)
    return form_page(request, form, page, program=event.milestone.program)


@require_POST
def event_told(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    if services.send_follow_up(event, by=request.user):
        toast(request, _("Everybody who was there or said yes is notified."))
    else:
        warn(request, _("This has already been sent; it is sent only once."))
    return redirect("community:event_after", slug, pk)
