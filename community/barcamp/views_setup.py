"""Rooms and times of the days, for who plans the event."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateformat import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.barcamp import access, board_page, services
from community.barcamp.forms import CampRoomForm, CampSlotForm
from community.barcamp.models import CampRoom, CampSlot
from community.barcamp.views import above
from community.events.models import Event
from core.kit.form_pages import FormPage, form_page
from core.kit.forms import Form
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.phases.models import Milestone

BREAK, LENGTH, LATEST = timedelta(minutes=5), timedelta(minutes=45), "23:59"


@require_safe
def barcamp_setup(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    return _page(request, access.get_board_to_host(request.user, slug, pk))


def _page(request: PersonRequest, event: Event, *, room: Form | None = None, slot: Form | None = None) -> HttpResponse:
    shown = board_page.live(event, request.user, known=0)["plan"]
    slots = [row.slot for row in shown.rows]
    context: dict[str, Any] = {
        "program": event.milestone.program,
        "event": event,
        "rooms": shown.rooms,
        "slots": slots,
        "room_form": room or CampRoomForm(prefix="room"),
        "slot_form": slot or CampSlotForm(prefix="slot", event=event, initial=following(event, slots)),
    }
    has_errors = bool((room and room.errors) or (slot and slot.errors))
    return render(request, "community/barcamp/barcamp_setup.html", context, status=422 if has_errors else 200)


def following(event: Event, slots: list[CampSlot]) -> dict[str, Any]:
    """The next time, as long as the last one: planning a day is pressing one button several times. Where a day is full,
    the next one begins as the first one did."""
    day, milestone = date(2000, 1, 1), event.milestone
    if not slots:
        return {"starts": f"{milestone.at:%H:%M}"} if milestone.at else {}
    last = datetime.combine(day, slots[-1].ends)
    lengths = [slot for slot in slots if not slot.title] or slots
    length = datetime.combine(day, lengths[-1].ends) - datetime.combine(day, lengths[-1].starts)
    starts = last + BREAK
    ends = starts + (length or LENGTH)
    if slots[-1].on < milestone.last_day and (ends.date() > day or _is_over(milestone, starts)):
        begins = datetime.combine(day, slots[0].starts)
        return {"day": slots[-1].day + 1} | _hours(begins, begins + (length or LENGTH))
    if ends.date() > day:
        return {"day": slots[-1].day}
    return {"day": slots[-1].day} | _hours(starts, ends)


def _is_over(milestone: Milestone, starts: datetime) -> bool:
    return milestone.until_at is not None and starts.time() >= milestone.until_at


def _hours(starts: datetime, ends: datetime) -> dict[str, str]:
    return {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}


@require_POST
@once
def barcamp_room_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_board_to_host(request.user, slug, pk)
    form = CampRoomForm(request.POST, prefix="room")
    if form.is_valid():
        try:
            services.add_room(event, by=request.user, **form.cleaned_data)
        except services.NameTakenError:
            form.add_error("name", called_twice())
        except services.TooManyError:
            form.add_error(None, _("A barcamp has at most %(most)s rooms.") % {"most": services.MOST_ROOMS})
        else:
            return redirect("community:barcamp_setup", slug, pk)
    return _page(request, event, room=form)


def called_twice() -> str:
    return _("Another room of this barcamp has this name.")


def barcamp_room_edit(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    room = access.get_room(request.user, slug, pk, number)
    form = CampRoomForm(request.POST or None, row=room)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_room(room, by=request.user, **form.cleaned_data)
        except services.NameTakenError:
            form.add_error("name", called_twice())
        else:
            toast(request, _("Saved."))
            return redirect("community:barcamp_setup", slug, pk)
    page = FormPage(title=_("Change the room"), up=[*above(room.event, slug), setup(slug, pk)])
    return form_page(request, form, page, program=room.event.milestone.program)


def setup(slug: str, pk: int) -> tuple[str, str]:
    return _("Rooms and times"), reverse("community:barcamp_setup", args=[slug, pk])


@require_POST
def barcamp_room_remove(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    room = access.get_room(request.user, slug, pk, number, also_removed=True)
    return _remove(request, slug, room, str(room.name))


@require_POST
@once
def barcamp_slot_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_board_to_host(request.user, slug, pk)
    form = CampSlotForm(request.POST, prefix="slot", event=event)
    if form.is_valid():
        try:
            services.add_slot(event, by=request.user, **form.cleaned_data)
        except services.OverlapError as error:
            form.add_error("starts", overlaps(error.other))
        except services.TooManyError:
            form.add_error(None, _("A barcamp has at most %(most)s times.") % {"most": services.MOST_SLOTS})
        else:
            return redirect("community:barcamp_setup", slug, pk)
    return _page(request, event, slot=form)


def overlaps(other: CampSlot) -> str:
    return _("This overlaps with %(starts)s to %(ends)s.") % times(other)


def times(slot: CampSlot) -> dict[str, str]:
    return {"starts": slot.when, "ends": time_format(slot.ends, "G:i")}


def barcamp_slot_edit(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    slot = access.get_slot(request.user, slug, pk, number)
    form = CampSlotForm(request.POST or None, row=slot, event=slot.event)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_slot(slot, by=request.user, **form.cleaned_data)
        except services.OverlapError as error:
            form.add_error("starts", overlaps(error.other))
        except services.HasSessionsError:
            form.add_error("title", _("Sessions are planned at this time. Please move them first."))
        else:
            toast(request, _("Saved."))
            return redirect("community:barcamp_setup", slug, pk)
    page = FormPage(title=_("Change the time"), up=[*above(slot.event, slug), setup(slug, pk)])
    return form_page(request, form, page, program=slot.event.milestone.program)


@require_POST
def barcamp_slot_remove(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    slot = access.get_slot(request.user, slug, pk, number, also_removed=True)
    return _remove(request, slug, slot, _("%(starts)s to %(ends)s") % times(slot))


def _remove(request: PersonRequest, slug: str, row: CampRoom | CampSlot, name: str) -> HttpResponse:
    """Undo brings it back with its sessions."""
    pk = row.event_id
    if request.GET.get("back") == "yes":
        try:
            services.restore(row, by=request.user)
        except services.NameTakenError:
            warn(request, called_twice())
        except services.OverlapError as error:
            warn(request, overlaps(error.other))
        except services.TooManyError:
            told = _("“%(name)s” cannot be restored: the barcamp already has the maximum number of rooms or times.")
            warn(request, told % {"name": name})
        else:
            toast(request, _("“%(name)s” is back in the plan.") % {"name": name})
    else:
        services.remove(row, by=request.user)
        undo = f"{request.path}?back=yes"
        toast(request, _("“%(name)s” is removed. Its sessions have no place now.") % {"name": name}, undo=undo)
    return redirect("community:barcamp_setup", slug, pk)
