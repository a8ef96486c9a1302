"""Journeys of letters: making them, reading where they lead, turning them on and off."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.journeys import access, pages, queries, services
from community.journeys.forms import JourneyChangeForm, JourneyForm
from community.journeys.shipped import WELCOME
from community.newsletters.queries import readers
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program
from programs.membership.models import Program
from programs.membership.tabs import tabs_of


def _up(program: Program) -> list[tuple[str, str]]:
    return [(_("Journeys"), reverse("community:journeys", args=[program.slug]))]


@require_safe
def journeys(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WRITE_NEWSLETTERS)
    there = list(queries.journeys_of(program))
    context = {
        "program": program,
        "journeys": there,
        "has_welcome": any(journey.key == WELCOME for journey in there),
        "tabs": tabs_of("newsletters", request.user, program, "community:journeys"),
    }
    return render(request, "community/journeys/journeys.html", context)


@once
def journey_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WRITE_NEWSLETTERS)
    form = JourneyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.make_journey(program, by=request.user, **form.cleaned_data)
        return redirect("community:journey", slug, made.pk)
    return form_page(request, form, FormPage(title=_("New journey"), up=_up(program)))


@require_POST
@once
def journey_welcome_new(request: PersonRequest, slug: str) -> HttpResponse:
    """The journey that is ready to use, turned off until somebody has read it."""
    program = get_program(request.user, slug, Ability.WRITE_NEWSLETTERS)
    try:
        made = services.make_welcome(program, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
        return redirect("community:journeys", slug)
    toast(request, _("Here is the welcome journey. Read it, change what you like, then turn it on."))
    return redirect("community:journey", slug, made.pk)


@require_safe
def journey(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Where it leads. No letter has a number; how many read the newsletter is said as everywhere."""
    shown = access.get_journey(request.user, slug, pk)
    stations = pages.way_of(shown)
    context = {"program": shown.program, "journey": shown, "stations": stations, "readers": readers(shown.program)[""]}
    context["faulty"] = sum(bool(station.problem) for station in stations) if shown.is_on else 0
    return render(request, "community/journeys/journey.html", context)


def journey_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    stored = access.get_journey(request.user, slug, pk)
    form = JourneyChangeForm(request.POST or None, journey=stored)
    if request.method == "POST" and form.is_valid():
        services.change_journey(stored, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return redirect("community:journey", slug, pk)
    up = [*_up(stored.program), (str(stored.title), reverse("community:journey", args=[slug, pk]))]
    return form_page(request, form, FormPage(title=_("Edit the journey"), up=up))


@require_POST
def journey_on(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    stored = access.get_journey(request.user, slug, pk)
    try:
        services.turn_on(stored, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        undo = reverse("community:journey_off", args=[slug, pk])
        first = _("Turned on. Everybody whose day comes from today on sets off.")
        again = _("Turned on again. Letters whose day was in the last week still come; older ones are left out.")
        toast(request, again if stored.on_since else first, undo=undo)
    return redirect("community:journey", slug, pk)


@require_POST
def journey_off(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.turn_off(access.get_journey(request.user, slug, pk), by=request.user)
    toast(request, _("Turned off. No letter goes out."), undo=reverse("community:journey_on", args=[slug, pk]))
    return redirect("community:journey", slug, pk)


@require_POST
def journey_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    stored = access.get_journey(request.user, slug, pk)
    services.delete_journey(stored, by=request.user)
    undo = reverse("community:journey_restore", args=[slug, pk])
    toast(request, _("Deleted: %(title)s. No letter goes out.") % {"title": stored.title}, undo=undo)
    return redirect("community:journeys", slug)


@require_POST
def journey_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    try:
        services.restore_journey(access.get_journey(request.user, slug, pk, is_deleted=True), by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
        return redirect("community:journeys", slug)
    return redirect("community:journey", slug, pk)
