"""What a host sees and sets: the own day, the rules, exceptions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.office_hours import access, host_day, services_hosts, topics
from community.office_hours.forms import RulesForm, SpecialDayForm, WindowForm, rules_in
from core.kit.cldr import clock as clock_of
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, can


@require_safe
def hours_day(request: PersonRequest, slug: str) -> HttpResponse:
    """Today's hours with what was asked in advance, what comes then, and the own rules."""
    program = access.get_offering(request.user, slug)
    hours = access.get_own_hours(request.user, slug)
    context: dict[str, Any] = {"program": program, "hours": hours, "board": host_day.board(hours) if hours else None}
    context["is_for_all"] = can(request.user, Ability.OFFER_HOURS, program)
    return render(request, "community/office_hours/hours_day.html", context)


@require_safe
def hours_topics(request: PersonRequest, slug: str) -> HttpResponse:
    """What people ask for, counted over all hosts."""
    program = access.get_hosting_all(request.user, slug)
    context = {"program": program, "chart": topics.asked_for(program)}
    return render(request, "community/office_hours/hours_topics.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hours_settings(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_offering(request.user, slug)
    hours = access.get_own_hours(request.user, slug)
    initial = rules_in(hours) if hours else None
    form = RulesForm(request.POST or None, initial=initial, country=program.country, zone=program.time_zone)
    if request.method == "POST" and form.is_valid():
        services_hosts.set_rules(program, by=request.user, rules=form.cleaned_data)
        toast(request, _("Saved. Appointments keep their time; if the place or link changed, people are notified."))
        return redirect("community:hours_day", slug)
    lead = _("When others can book you. Absences always block bookings.")
    return form_page(request, form, FormPage(title=_("My rules"), up=way_up(slug), lead=lead))


@require_http_methods(["GET", "HEAD", "POST"])
@once
def hours_window_new(request: PersonRequest, slug: str) -> HttpResponse:
    hours = access.get_own_hours(request.user, slug)
    if hours is None:
        return rules_first(request, slug)
    form = WindowForm(request.POST or None, minutes=hours.minutes)
    if request.method == "POST" and form.is_valid():
        try:
            services_hosts.add_window(hours, by=request.user, **form.cleaned_data)
        except services_hosts.HoursOverlap as error:
            form.add_error("begins", _already(error))
        else:
            toast(request, _("These slots can be booked now."))
            return redirect("community:hours_day", slug)
    return form_page(request, form, FormPage(title=_("Weekly hours"), up=way_up(slug)))


@require_POST
def hours_window_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    window = access.get_window(request.user, slug, pk)
    services_hosts.remove_window(window, by=request.user)
    undo = reverse("community:hours_window_restore", args=[slug, pk])
    toast(request, _("These slots are no longer offered. Existing bookings stay."), undo=undo)
    return redirect("community:hours_day", slug)


@require_POST
def hours_window_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    window = access.get_window(request.user, slug, pk, also_removed=True)
    try:
        services_hosts.restore_window(window, by=request.user)
    except services_hosts.HoursOverlap as error:
        warn(request, _already(error))
    else:
        toast(request, _("These slots can be booked now."))
    return redirect("community:hours_day", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def hours_special_new(request: PersonRequest, slug: str) -> HttpResponse:
    hours = access.get_own_hours(request.user, slug)
    if hours is None:
        return rules_first(request, slug)
    form = SpecialDayForm(request.POST or None, minutes=hours.minutes)
    if request.method == "POST" and form.is_valid():
        try:
            services_hosts.add_special_day(hours, by=request.user, **form.cleaned_data)
        except services_hosts.HoursOverlap as error:
            form.add_error("begins", _already(error))
        else:
            toast(request, _("On that day these hours replace the usual ones."))
            return redirect("community:hours_day", slug)
    lead = _("They replace that weekday's hours, even on a public holiday.")
    return form_page(request, form, FormPage(title=_("Other hours on a day"), up=way_up(slug), lead=lead))


@require_POST
def hours_special_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    special = access.get_special_day(request.user, slug, pk)
    services_hosts.remove_special_day(special, by=request.user)
    undo = reverse("community:hours_special_restore", args=[slug, pk])
    toast(request, _("That day is back to the usual hours."), undo=undo)
    return redirect("community:hours_day", slug)


@require_POST
def hours_special_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    special = access.get_special_day(request.user, slug, pk, also_removed=True)
    try:
        services_hosts.restore_special_day(special, by=request.user)
    except services_hosts.HoursOverlap as error:
        warn(request, _already(error))
    else:
        toast(request, _("On that day these hours replace the usual ones."))
    return redirect("community:hours_day", slug)


def _already(error: services_hosts.HoursOverlap) -> str:
    names = {"begins": clock_of(error.other.begins), "ends": clock_of(error.other.ends)}
    return _("You already have hours from %(begins)s to %(ends)s. Remove those first or choose other times.") % names


def way_up(slug: str) -> list[tuple[str, str]]:
    return [
        (_("Office hours"), reverse("community:office_hours", args=[slug])),
        (_("My office hours"), reverse("community:hours_day", args=[slug])),
    ]


def rules_first(request: PersonRequest, slug: str) -> HttpResponse:
    warn(request, _("Please first say how long your slots are and where they take place."))
    return redirect("community:hours_settings", slug)
