"""Guests from outside: the list of who plans the event, and the guest's own page behind the link of a mail. Nobody
guesses the links; who tries is stopped. Nothing of it is kept between, and no search engine lists it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.events import (
    access,
    alumni,
    answering,
    calendar,
    guest_access,
    guest_page,
    guest_services,
    lists,
    queries,
)
from community.events.forms_guests import MOST_GUESTS, GuestChoiceForm, GuestsForm
from community.events.guest_tokens import token_of
from community.events.models import Choice
from community.events.models_guests import Guest
from core.kit import calendars, limits
from core.kit.toasts import toast, warn
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability
from programs.membership.queries import guests_of

GUESTS_GUESSED_PER_MINUTE = 60


# --- who plans the event ----------------------------------------------------------------------------------------------


@once
def event_guests(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who is invited from outside, and the form that adds more; they are written to by a button of its own."""
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    context = guest_page.of_host(event)
    at_hand = guests_of(event.milestone.program)
    is_sent = request.method == "POST"
    known = guest_page.known_to(event) if is_sent else {guest.email.lower() for guest in context["guests"]}
    form = GuestsForm(request.POST or None, known=known, at_hand=at_hand)
    if request.method == "POST" and form.is_valid():
        if len(context["guests"]) + len(form.cleaned_data["guests"]) > MOST_GUESTS:
            form.add_error("guests", _("An event has 200 guests at most."))
        else:
            added = len(guest_services.add_guests(event, by=request.user, **form.cleaned_data))
            says = ngettext(
                "One guest was added. Nobody has been written to yet.",
                "%(count)s guests were added. Nobody has been written to yet.",
                added,
            )
            there = _("Already on the guest list or in the program: %(emails)s") % {"emails": ", ".join(form.there)}
            if added:
                toast(request, says % {"count": added}, more=there if form.there else "")
            else:
                warn(request, there)
            return redirect("community:event_guests", slug, pk)
    status = 422 if form.errors else 200
    event_url = reverse("community:event_detail", args=[slug, pk])
    rows, of = queries.guests_of(event), lists.guests(context["failed"], event_url)
    total = len(context["guests"])
    return show_list(request, of, rows, "community/events/event_guests.html", context | {"form": form}, status, total)


@require_POST
def event_guests_invite(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    try:
        sent = guest_services.invite_guests(event, by=request.user)
    except guest_services.NotAnnouncedError:
        warn(request, _("Please announce the event first; then guests can be invited."))
    except answering.EventOverError:
        warn(request, _("Nobody can be invited any more: the event is over or was cancelled."))
    else:
        says = ngettext("One invitation is on its way.", "%(count)s invitations are on their way.", sent)
        toast(request, says % {"count": sent} if sent else _("Everybody on the list has been invited already."))
    return redirect("community:event_guests", slug, pk)


@require_POST
def event_guest_remove(request: PersonRequest, slug: str, pk: int, guest: int) -> HttpResponse:
    row = guest_access.get_guest(request.user, slug, pk, guest)
    try:
        guest_services.remove_guest(row, by=request.user)
    except guest_services.GuestGoneError:
        warn(request, _("This guest is no longer on the list."))
    else:
        undo = reverse("community:event_guest_restore", args=[slug, pk, guest])
        toast(request, _("%(guest)s is no longer on the guest list.") % {"guest": row}, undo=undo)
    return redirect("community:event_guests", slug, pk)


@require_POST
def event_guest_restore(request: PersonRequest, slug: str, pk: int, guest: int) -> HttpResponse:
    row = guest_access.get_guest(request.user, slug, pk, guest)
    if guest_services.restore_guest(row, by=request.user):
        toast(request, _("%(guest)s is on the guest list again.") % {"guest": row})
    return redirect("community:event_guests", slug, pk)


@require_POST
def event_alumni(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who stays in touch says yes, and is a guest from then on, with the guest's own page."""
    event = access.get_event_for_alumni(request.user, slug, pk)
    try:
        row = alumni.come(event, person=request.user)
    except answering.EventOverError:
        warn(request, _("You can no longer answer: the event is over or was cancelled."))
    except answering.EventFullError:
        warn(request, _("The last place has just been taken, and there is no waiting list."))
    else:
        row.refresh_from_db()
        toast(request, str(SAID[row.choice]))
        return _back(row)
    return redirect("programs:alumni", slug)


# --- the guest --------------------------------------------------------------------------------------------------------


def _guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the guest, in the guest's language unless another one was chosen. All links that lead nowhere get
    one and the same page, and only these are counted."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        guest = guest_access.find_guest(token)
        if guest is None:
            if not limits.is_within(f"guests:{limits.address_of(request)}", GUESTS_GUESSED_PER_MINUTE, 60):
                return render(request, "429.html", status=429)
            raise Http404
        chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        with translation.override(translation.get_language() if chosen else guest.language):
            response = view(request, guest)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"  # the link stays here; "no-referrer" would refuse the form
        return response

    return login_not_required(never_cache(guarded))


@require_safe
@_guarded
def guest(request: HttpRequest, guest: Guest) -> HttpResponse:
    context = guest_page.of_guest(guest)
    if guest_access.is_own(request.user, guest):
        context["home_url"] = reverse("home:program", args=[context["program"].slug])
    return render(request, "community/events/guest.html", context)


@require_POST
@_guarded
def guest_answer(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Yes or no, changeable until it is over. Where all places are taken, a yes waits for one."""
    form = GuestChoiceForm(request.POST)
    if not form.is_valid():
        warn(request, _("Please choose yes or no."))
        return _back(guest)
    try:
        stands = guest_services.answer_as_guest(guest, choice=form.cleaned_data["choice"])
    except answering.EventOverError:
        warn(request, _("You can no longer answer: the event is over or was cancelled."))
    except answering.EventFullError:
        warn(request, _("The last place has just been taken, and there is no waiting list."))
    except guest_services.GuestGoneError as error:
        raise Http404 from error
    else:
        toast(request, str(SAID[stands]))
    return _back(guest)


@require_safe
@_guarded
def guest_file(request: HttpRequest, guest: Guest) -> HttpResponse:
    """For the guest's calendar."""
    return calendars.download([calendar.for_guest(guest.event, guest)], name=str(guest.event.milestone.title))


@require_http_methods(["GET", "HEAD", "POST"])
@_guarded
def guest_forget(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Asks once; then everything about the guest is deleted and the link leads nowhere."""
    context: dict[str, Any] = {"program": guest.event.milestone.program, "token": token_of(guest.key), "is_done": False}
    if request.method == "POST":
        try:
            guest_services.forget_guest(guest)
        except guest_services.GuestGoneError as error:
            raise Http404 from error
        context["is_done"] = True
    return render(request, "community/events/guest_forget.html", context)


def _back(guest: Guest) -> HttpResponse:
    return redirect("community:guest", token_of(guest.key))


SAID: dict[str, Any] = {
    Choice.YES: gettext_lazy("You are coming. Your place is reserved."),
    Choice.NO: gettext_lazy("You said no and are on no list any more."),
    Choice.WAITING: gettext_lazy("All places are taken. You are on the waiting list."),
}
