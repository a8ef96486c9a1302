"""Who was there: the own tap, the code in the room, the number the host counted, and one's own record."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community.events import access, after_page, attending, queries, services, wall
from community.events.forms_after import AttendedForm, CodeForm, HeadsForm, NamedForm
from community.events.models import Event
from core.kit.limits import is_within
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can, get_program
from programs.membership.tabs import tabs_of

MOST_TRIES, IN_SECONDS = 20, 600
TOO_MANY = gettext_lazy("Too many attempts. Please wait ten minutes, or ask the people planning the event.")


@require_POST
def event_attended(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """I was there, or not after all; undo brings back what stood."""
    event = access.get_event_to_answer(request.user, slug, pk)
    form = AttendedForm(request.POST if request.POST.keys() - {"csrfmiddlewaretoken"} else request.GET)
    if not form.is_valid():
        warn(request, _("This could not be read. Nothing has changed."))
        return redirect("community:event_detail", slug, pk)
    wanted = form.cleaned_data
    if wanted["kept"]:
        if attending.bring_back(event, wanted["kept"], person=request.user):
            toast(request, _("It is back in your record."))
        else:
            warn(request, _("That was too long ago to be undone."))
    elif not wanted["was_there"]:
        kept = attending.take_back(event, person=request.user)
        undo = reverse("community:event_attended", args=[slug, pk]) + f"?kept={kept}" if kept else ""
        toast(request, _("It is no longer in your record."), undo=undo)
    elif wanted["arrived"] and not may_try(request):
        warn(request, str(TOO_MANY))
        return redirect("community:event_here", slug, pk)
    elif wanted["arrived"] and not wall.code_of_arrival(wanted["arrived"], event, request.user.pk, timezone.now()):
        warn(request, _("This code has changed in the meantime. Scan the new one, or type it here."))
        return redirect("community:event_here", slug, pk)
    else:
        _attend(request, event, with_code=bool(wanted["arrived"]))
    return redirect("community:event_detail", slug, pk)


@require_POST
def event_named(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    event = access.get_event_to_answer(request.user, slug, pk)
    form = NamedForm(request.POST)
    is_named = form.is_valid() and form.cleaned_data["is_named"]
    attending.name(event, person=request.user, is_named=is_named)
    toast(
        request,
        _("The people planning it see your name.")
        if is_named
        else _("The people planning it see only roughly how many were there."),
    )
    return redirect("community:event_detail", slug, pk)


def event_here(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Where the scanned code leads: one button. Without a code, the field to type it; looking notes nothing."""
    event = access.get_event_to_answer(request.user, slug, pk)
    now, scanned = timezone.now(), request.GET.get("code", "")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_try(request):
            form.add_error("code", TOO_MANY)
        elif not wall.is_good(form.cleaned_data["code"], event.pk, now):
            form.add_error("code", _("This is not the current code on the wall. It changes every 30 seconds."))
        else:
            _attend(request, event, with_code=True)
            return redirect("community:event_detail", slug, pk)
    context = after_page.here(event, form=form)
    if scanned and request.method != "POST":
        context["arrived"] = wall.arrived(event, request.user.pk, scanned[:20], now)
    return render(request, "community/events/event_here.html", context)


def may_try(request: PersonRequest) -> bool:
    """Codes are guessed neither by typing nor by addresses as a scanner opens them."""
    return is_within(f"events.here:{request.user.pk}", MOST_TRIES, IN_SECONDS)


def _attend(request: PersonRequest, event: Event, *, with_code: bool) -> None:
    try:
        attending.attend(event, person=request.user, with_code=with_code)
    except attending.NotNowError:
        warn(request, _("You can say this from shortly before the start until a week after the end."))
    except attending.NeedsCodeError:
        warn(request, _("For this event, it only works with the code in the room."))
    else:
        undo = reverse("community:event_attended", args=[event.milestone.program.slug, event.pk])
        toast(request, _("Added to your own record: you were there."), undo=undo)


@require_safe
def events_attended(request: PersonRequest, slug: str) -> HttpResponse:
    """One's own record."""
    program = get_program(request.user, slug)
    context = {
        "program": program,
        "tabs": tabs_of("events", request.user, program, "community:events"),
        "rows": queries.attended_by(program, request.user),
        "has_note": can(request.user, Ability.TAKE_PART, program),
    }
    return render(request, "community/events/events_attended.html", context)


@require_safe
def event_wall(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """For the projector: the code of this half minute."""
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    return render(request, "community/events/event_wall.html", after_page.on_the_wall(event))


def event_after(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """For who plans it: who was there, and a number counted in the room."""
    event = access.get_event(request.user, slug, pk, Ability.EDIT_EVENTS)
    form = HeadsForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        services.count_heads(event, heads=form.cleaned_data["heads"], by=request.user)
        toast(request, _("The number is saved."))
        return redirect("community:event_after", slug, pk)
    return render(
        request,
        "community/events/event_after.html",
        after_page.of(event, form=form),
        status=422 if form.errors else 200,
    )
