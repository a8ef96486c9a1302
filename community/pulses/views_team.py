"""What who leads the program does with pulses: plan, close, publish, say what becomes of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.pulses import access, queries, services
from community.pulses.forms import ConsequenceForm, PulseForm, ThemeForm
from core.kit.form_pages import FormPage, form_page
from core.kit.sent_numbers import whole
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.consents.models import today_in
from programs.membership.access import Ability, get_program


@once
def pulse_new(request: PersonRequest, slug: str) -> HttpResponse:
    """`?like=` begins with the questions of an earlier one."""
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    number = whole(request.GET.get("like", ""))
    like = queries.pulses_of(program).filter(pk=number).first() if number else None
    data = request.POST if request.method == "POST" else None
    form = PulseForm(data, program=program, today=today_in(program), like=like)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {key: value for key, value in form.cleaned_data.items() if key not in ("items", "own")}
        try:
            services.plan(program, asks=form.asks, by=request.user, **given)
        except services.AsksAlready:
            form.add_error("opens_on", _("Another pulse asks the same people in these days. Please choose others."))
        else:
            toast(request, _("Planned. It opens and ends by itself."))
            return redirect("community:pulses", slug)
    page = FormPage(
        title=_("Plan a pulse"),
        lead=_("A few questions that people answer on their phone in 20 seconds, without their names."),
        shield=_("Nobody can see who answered or what, not even with the whole database. Answers are only added up."),
        submit=_("Plan the pulse"),
        up=_up(slug),
    )
    return form_page(request, form, page, program=program)


@require_POST
def pulse_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    pulse = access.get_deleted_pulse(request.user, slug, pk)
    try:
        services.delete(pulse, by=request.user)
    except services.IsOpenAlready:
        warn(request, _("It is open already. You can close it instead."))
        return redirect("community:pulses", slug)
    toast(request, _("The pulse is deleted."), undo=reverse("community:pulse_restore", args=[slug, pk]))
    return redirect("community:pulses", slug)


@require_POST
def pulse_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    try:
        services.restore(access.get_deleted_pulse(request.user, slug, pk), by=request.user)
        toast(request, _("The pulse is restored."))
    except services.AsksAlready:
        warn(request, _("Another pulse asks the same people in these days. This one stays deleted."))
    return redirect("community:pulses", slug)


def pulse_close(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first: it cannot be opened again."""
    pulse = access.get_pulse(request.user, slug, pk)
    if pulse.closed_at or not queries.takes_answers(pulse):
        return redirect("community:pulse_result", slug, pk)
    if request.method == "POST":
        services.close(pulse, by=request.user)
        toast(request, _("The pulse is closed."))
        return redirect("community:pulse_result", slug, pk)
    context = {"program": pulse.program, "pulse": pulse, "least": services.least(pulse.program)}
    return render(request, "community/pulses/pulse_close.html", context)


@require_POST
def pulse_publish(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    pulse = access.get_pulse(request.user, slug, pk)
    if pulse.result:
        services.publish(pulse, by=request.user)
        toast(request, _("Everybody in the program can read the result now."))
    return redirect("community:pulse_result", slug, pk)


def pulse_consequence(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    pulse = access.get_pulse(request.user, slug, pk)
    if not pulse.result:
        return redirect("community:pulse_result", slug, pk)
    form = ConsequenceForm(request.POST if request.method == "POST" else None, pulse=pulse)
    if request.method == "POST" and form.is_valid():
        services.say_consequence(pulse, text=form.cleaned_data["consequence"], by=request.user)
        toast(request, _("Saved."))
        return redirect("community:pulse_result", slug, pk)
    up = [*_up(slug), (_("Result"), reverse("community:pulse_result", args=[slug, pk]))]
    return form_page(request, form, FormPage(title=_("What becomes of it"), up=up), program=pulse.program)


@require_POST
def pulse_theme(request: PersonRequest, slug: str, pk: int, comment: int) -> HttpResponse:
    row = access.get_comment(request.user, slug, pk, comment)
    form = ThemeForm(request.POST)
    if form.is_valid():
        services.sort(row, theme=form.cleaned_data["theme"])
        toast(request, _("Saved."))
    else:
        warn(request, _("A theme has 60 characters at most. Nothing was changed."))
    return redirect("community:pulse_result", slug, pk)


def _up(slug: str) -> list[tuple[str, str]]:
    return [(_("Pulses"), reverse("community:pulses", args=[slug]))]
