from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit import calendars
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program
from programs.phases import access, calendar, services
from programs.phases.forms import MilestoneForm, ReasonForm


@require_POST
def phase_start(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    phase = services.start_phase(access.get_phase(program, pk), by=request.user)
    toast(request, _("“%(phase)s” has started.") % {"phase": phase.title})
    return redirect("programs:phase_detail", slug, pk)


@require_POST
def phase_finish(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    phase = services.finish_phase(access.get_phase(program, pk), by=request.user)
    toast(request, _("“%(phase)s” is finished. It can be reopened at any time.") % {"phase": phase.title})
    return redirect("programs:phase_detail", slug, pk)


def phase_reopen(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    phase = access.get_phase(program, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.reopen_phase(phase, reason=form.cleaned_data["reason"], by=request.user)
        toast(request, _("“%(phase)s” is open again.") % {"phase": phase.title})
        return redirect("programs:phase_detail", slug, pk)
    context = {"program": program, "phase": phase, "form": form}
    return render(request, "programs/phases/phase_reopen.html", context, status=422 if form.errors else 200)


def phase_skip(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    phase = access.get_phase(program, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.skip_phase(phase, reason=form.cleaned_data["reason"], by=request.user)
        toast(request, _("“%(phase)s” is skipped. It can be reopened at any time.") % {"phase": phase.title})
        return redirect("programs:phase_detail", slug, pk)
    context = {"program": program, "phase": phase, "form": form}
    return render(request, "programs/phases/phase_skip.html", context, status=422 if form.errors else 200)


def milestone_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = MilestoneForm(request.POST or None, program=program, initial={"phase": request.GET.get("phase")})
    if request.method == "POST" and form.is_valid():
        milestone = services.add_milestone(program, by=request.user, **form.cleaned_data)
        toast(request, _("“%(title)s” is on the timeline.") % {"title": milestone.title})
        return redirect("programs:timeline", slug)
    context = {"program": program, "form": form}
    return render(request, "programs/phases/milestone_new.html", context, status=422 if form.errors else 200)


def milestone_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    milestone = access.get_milestone(program, pk)
    form = MilestoneForm(request.POST or None, program=program, milestone=milestone)
    if request.method == "POST" and form.is_valid():
        services.edit_milestone(milestone, by=request.user, **form.cleaned_data)
        toast(request, _("“%(title)s” is saved.") % {"title": milestone.title})
        return redirect("programs:timeline", slug)
    context = {"program": program, "milestone": milestone, "form": form}
    return render(request, "programs/phases/milestone_edit.html", context, status=422 if form.errors else 200)


@require_safe
def dates_file(request: PersonRequest, slug: str) -> HttpResponse:
    """The program's dates for one's own calendar."""
    program = get_program(request.user, slug)
    dates = calendar.appointments(program, access.milestones_of(program))
    return calendars.download(dates, name=_("%(program)s dates") % {"program": program.name})


@require_POST
def milestone_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    milestone = services.delete_milestone(access.get_milestone(program, pk), by=request.user)
    undo = reverse("programs:milestone_restore", args=[slug, pk])
    toast(request, _("“%(title)s” is deleted.") % {"title": milestone.title}, undo=undo)
    return redirect("programs:timeline", slug)


@require_POST
def milestone_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    milestone = services.restore_milestone(access.get_deleted_milestone(program, pk), by=request.user)
    toast(request, _("“%(title)s” is back.") % {"title": milestone.title})
    return redirect("programs:timeline", slug)
