from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit import calendars
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program
from programs.phases import access, calendar, queries, services
from programs.phases.forms import MilestoneForm, ReasonForm
from programs.phases.models import Phase


@require_POST
def phase_start(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    phase = services.start_phase(access.get_phase(request.user, slug, pk), by=request.user)
    toast(request, _("“%(phase)s” has started.") % {"phase": phase.title})
    return redirect("programs:phase_detail", slug, pk)


def phase_reopen(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    phase = access.get_phase(request.user, slug, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.reopen_phase(phase, reason=form.cleaned_data["reason"], by=request.user)
        toast(request, _("“%(phase)s” is open again.") % {"phase": phase.title})
        return redirect("programs:phase_detail", slug, pk)
    page = FormPage(
        title=_("Reopen the phase"),
        lead=_("The phase becomes active again. Everything that was ticked off stays ticked off."),
        submit=_("Reopen"),
        up=_above(phase),
    )
    return form_page(request, form, page, program=phase.program)


def phase_skip(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    phase = access.get_phase(request.user, slug, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.skip_phase(phase, reason=form.cleaned_data["reason"], by=request.user)
        toast(request, _("“%(phase)s” is skipped. It can be reopened at any time.") % {"phase": phase.title})
        return redirect("programs:phase_detail", slug, pk)
    page = FormPage(
        title=_("Skip the phase"),
        lead=_("Its open items are no longer due. The phase stays on the timeline and can be reopened."),
        submit=_("Skip"),
        up=_above(phase),
    )
    return form_page(request, form, page, program=phase.program)


@once
def milestone_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    form = MilestoneForm(request.POST or None, program=program, initial={"phase": request.GET.get("phase")})
    if request.method == "POST" and form.is_valid():
        milestone = services.add_milestone(program, by=request.user, **form.cleaned_data)
        toast(request, _("“%(title)s” is on the timeline.") % {"title": milestone.title})
        return redirect("programs:timeline", slug)
    page = FormPage(
        title=_("New milestone"),
        lead=_("It appears on the timeline, on the home page and in the newsletter’s list of dates."),
        submit=_("Add"),
        up=[(_("Program"), reverse("programs:timeline", args=[slug]))],
    )
    return form_page(request, form, page, program=program)


def milestone_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    milestone = access.get_milestone(request.user, slug, pk)
    form = MilestoneForm(request.POST or None, program=milestone.program, milestone=milestone)
    if request.method == "POST" and form.is_valid():
        services.edit_milestone(milestone, by=request.user, **form.cleaned_data)
        toast(request, _("“%(title)s” is saved.") % {"title": milestone.title})
        return redirect("programs:timeline", slug)
    page = FormPage(title=milestone.title, up=[(_("Program"), reverse("programs:timeline", args=[slug]))])
    template = "programs/phases/milestone_edit.html"
    return form_page(request, form, page, template=template, program=milestone.program, milestone=milestone)


@require_safe
def dates_file(request: PersonRequest, slug: str) -> HttpResponse:
    """The program's dates for one's own calendar."""
    program = get_program(request.user, slug)
    dates = calendar.appointments(program, queries.milestones_of(program))
    return calendars.download(dates, name=_("%(program)s dates") % {"program": program.name})


@require_POST
def milestone_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    milestone = services.delete_milestone(access.get_milestone(request.user, slug, pk), by=request.user)
    undo = reverse("programs:milestone_restore", args=[slug, pk])
    toast(request, _("“%(title)s” is deleted.") % {"title": milestone.title}, undo=undo)
    return redirect("programs:timeline", slug)


@require_POST
def milestone_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    milestone = services.restore_milestone(access.get_deleted_milestone(request.user, slug, pk), by=request.user)
    toast(request, _("“%(title)s” is restored.") % {"title": milestone.title})
    return redirect("programs:timeline", slug)


def _above(phase: Phase) -> list[tuple[str, str]]:
    return [(phase.title, reverse("programs:phase_detail", args=[phase.program.slug, phase.pk]))]
