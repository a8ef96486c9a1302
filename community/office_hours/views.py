"""Booking, moving, cancelling, waiting."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.office_hours import (
    access,
    calendar,
    helping,
    notes,
    offering,
    pages,
    queries,
    queue_page,
    services,
    services_hosts,
    tokens,
)
from community.office_hours.forms import BookingForm, WishForm
from community.office_hours.models import Booking
from core.kit import calendars, two_clocks
from core.kit.form_pages import FormPage, form_page
from core.kit.sent_numbers import whole
from core.kit.templatetags.ui import clock
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.membership.tabs import tabs_of


@require_http_methods(["GET", "HEAD", "POST"])
def office_hours(request: PersonRequest, slug: str) -> HttpResponse:
    """Tap one is the time, tap two books it. With `move` it moves what is booked."""
    program = access.get_bookable(request.user, slug)
    number = request.GET.get("move", "")
    moving = access.get_own_booking(request.user, slug, whole(number) or 0) if number.isdecimal() else None
    if request.method == "POST":
        return _book(request, program, moving)
    return _page(request, program, request.GET, moving)


def _book(request: PersonRequest, program: Program, moving: Booking | None) -> HttpResponse:
    form = BookingForm(request.POST if "slot" in request.POST else request.GET)
    page = pages.booking_page(request.user, program, request.GET, moving=moving)
    if not form.is_valid():
        return _page(request, program, request.GET, moving, form=form, status=422)
    number, start = form.cleaned_data["slot"]
    host = next((host for host in page["hosts"] if host.pk == number), None)
    wish = {name: form.cleaned_data[name] for name in ("topic", "question")}
    try:
        if host is None:
            raise services.SlotGone("closed")
        if moving is not None:
            former = f"{moving.slot.host_id}@{moving.starts_at:%Y-%m-%dT%H:%MZ}"
            booking = services.move(moving, to=host, start=start, by=request.user)
            undo = f"{reverse('community:office_hours', args=[program.slug])}?move={booking.pk}&slot={former}"
            toast(request, _("Moved. You both get the new time for your calendars."), undo=undo)
        else:
            booking = services.book(host, start=start, by=request.user, **wish)
    except services.SlotGone as error:
        page = pages.booking_page(request.user, program, request.GET, moving=moving)
        return _page(request, program, request.GET, moving, form=form, status=409, gone=start, why=error.why,
                     chosen=pages.next_free(page, start))  # fmt: skip
    except services.Overlapping:
        minutes = host.minutes if host else 0
        both = [each for each in queries.taken_up(request.user, start=start, end=start + timedelta(minutes=minutes))
                if moving is None or each.pk != moving.pk]  # fmt: skip
        return _page(request, program, request.GET, moving, form=form, status=409, gone=start, why="overlapping",
                     in_the_way=next(iter(both), None), chosen=pages.next_free(page, start))  # fmt: skip
    except services.TooLate:
        warn(request, _("This appointment has already started. It can no longer be moved."))
        return redirect("community:booking_detail", program.slug, moving.pk if moving else 0)
    return redirect("community:booking_detail", program.slug, booking.pk)


def _page(
    request: PersonRequest, program: Program, asked: Any, moving: Booking | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = pages.booking_page(request.user, program, asked, moving=moving) | more
    context["tabs"] = tabs_of("events", request.user, program, "community:office_hours")
    context["open_now"] = queue_page.open_now(request.user, program, None)
    context["helps"] = can(request.user, Ability.TAKE_PART, program)
    context["wanted"] = helping.wanted_by(request.user, program) if context["helps"] else None
    if offering.may_offer(request.user, program):
        mine = reverse("community:hours_day", args=[program.slug])
        context["actions"] = [{"label": _("My office hours"), "url": mine, "icon": "calendar-time"}]
    return render(request, "community/office_hours/office_hours.html", context, status=status)


@require_safe
def booking_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    booking = access.get_booking(request.user, slug, pk)
    context: dict[str, Any] = {"program": booking.program, "booking": booking, "host": booking.slot.host}
    is_mine = booking.person_id == request.user.pk
    has_wish = (booking.topic or booking.question) and (is_mine or not notes.has_left(booking.person, booking.program))
    context |= {"is_mine": is_mine, "has_wish": has_wish}
    context["there"] = two_clocks.beside(booking.starts_at, booking.slot.host.zone)
    if is_mine and not (booking.is_booked and booking.is_ahead):
        context["next"] = pages.next_with(booking, request.user)
    return render(request, "community/office_hours/booking_detail.html", context)


@require_POST
def booking_cancel(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """By one of the two; no reason is asked."""
    booking = access.get_booking(request.user, slug, pk)
    try:
        services.cancel(booking, by=request.user)
    except services.TooLate:
        warn(request, _("This appointment is over."))
    else:
        undo = f"{reverse('community:booking_again', args=[slug, pk])}?back={tokens.undo_of(booking, request.user)}"
        toast(request, _("Cancelled. The other person is notified, without a reason."), undo=undo)
    return redirect("community:booking_detail", slug, pk)


@require_POST
def booking_again(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Undo by who cancelled or, as the host, moved it: the other one's decision stays."""
    booking = access.get_booking(request.user, slug, pk)
    if not tokens.may_undo(booking, request.user, request.GET.get("back", "")):
        warn(request, _("This can no longer be undone. Please choose a time again."))
        return redirect("community:booking_detail", slug, pk)
    try:
        services_hosts.call_back(booking, by=request.user)
    except (services.SlotGone, services.Overlapping):
        warn(request, _("This slot has been taken in the meantime, or something else is on at that time."))
    except services.TooLate:
        warn(request, _("This appointment is over."))
    else:
        toast(request, _("It is back on, at %(time)s.") % {"time": clock(booking.starts_at)})
    return redirect("community:booking_detail", slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def booking_question(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    booking = access.get_own_booking(request.user, slug, pk)
    form = WishForm(request.POST or None, initial={"topic": booking.topic, "question": booking.question})
    if request.method == "POST" and form.is_valid():
        services.write_question(booking, by=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("community:booking_detail", slug, pk)
    up = [
        (_("Office hours"), reverse("community:office_hours", args=[slug])),
        (str(booking.slot.host), reverse("community:booking_detail", args=[slug, pk])),
    ]
    shield = _("Only you and %(name)s can read this, until 90 days after the appointment.") % {
        "name": booking.slot.host
    }
    return form_page(request, form, FormPage(title=_("What it is about"), up=up, shield=shield))


@require_safe
def booking_calendar(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    booking = access.get_booking(request.user, slug, pk)
    return calendars.download([calendar.appointment_of(booking, request.user)], name="office-hours")


@require_POST
def hours_wait(request: PersonRequest, slug: str) -> HttpResponse:
    """To hear once when something becomes free; pressed again it ends."""
    program = access.get_bookable(request.user, slug)
    page = pages.booking_page(request.user, program, request.GET)
    if page["waits"]:
        services.stop_waiting(program, by=request.user)
        toast(request, _("You will no longer be notified."))
    else:
        services.wait(program, host=page["host"], by=request.user)
        undo = reverse("community:hours_wait", args=[slug])
        toast(request, _("You will be notified once when a slot becomes free."), undo=undo)
    return redirect("community:office_hours", slug)
