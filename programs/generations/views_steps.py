"""The onboarding path of a generation, as the program management arranges it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_to
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.generations import access, lists, pages, services, step_services
from programs.generations.forms_steps import NewStepForm, StepForm
from programs.generations.models import Generation, Step


def generation_steps(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Every step with what finishes it, and where and when."""
    generation = access.get_generation(request.user, slug, pk)
    context = pages.generation(generation)
    context["tabs"] = lists.tabs(generation, context["row"], "steps")
    context["steps"] = rows = pages.steps(generation)
    is_longer = pages.has_started(generation) and any(row["step"].is_own for row in rows)
    context["longer_path"] = pages.LONGER_PATH if is_longer else ""
    return render(request, "programs/generations/steps.html", context)


def step_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    step = access.get_step(request.user, slug, pk)
    generation = step.generation
    form = StepForm(request.POST if request.method == "POST" else None, step=step)
    if request.method == "POST" and form.is_valid():
        services.change_step(form.changed_step(), by=request.user)
        toast(request, _("Saved."))
        return redirect("programs:generation_steps", slug, generation.pk)
    lead = _("What people have done stays done, whatever you change here.")
    page = FormPage(title=step.title, lead=lead, up=_up(generation))
    return form_page(request, form, page, program=generation.program)


@once
def step_new(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A step of the program's own, at the end of a generation's path."""
    generation = access.get_generation(request.user, slug, pk)
    form = NewStepForm(request.POST if request.method == "POST" else None, step=Step(generation=generation))
    if request.method == "POST" and form.is_valid():
        try:
            step = services.add_step(form.new_step(), by=request.user)
        except services.PathIsFull:
            form.add_error(None, _("The path has as many steps as fit. Change one of them instead."))
        else:
            undo = reverse("programs:step_remove", args=[slug, step.pk])
            more = str(pages.LONGER_PATH) if pages.has_started(generation) else ""
            toast(request, _("The step is at the end of the path. The arrows move it."), more=more, undo=undo)
            return go_to(f"{reverse('programs:generation_steps', args=[slug, pk])}#step-{step.pk}")
    lead = _("Everybody in this generation sees it at once. You can skip it again at any time.")
    page = FormPage(
        title=_("New step"),
        lead=f"{lead} {pages.LONGER_PATH}" if pages.has_started(generation) else lead,
        up=_up(generation),
    )
    template = "programs/generations/step_new.html"
    return form_page(request, form, page, template=template, program=generation.program)


@require_POST
def step_move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One place up, or down; the other arrow moves it back."""
    step = access.get_step(request.user, slug, pk)
    services.move_step(step, up=request.POST.get("to") == "up", by=request.user)
    return go_to(f"{reverse('programs:generation_steps', args=[slug, step.generation_id])}#step-{pk}")


@require_POST
def step_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One that the program added; with undo, as after adding it."""
    step = access.get_own_step(request.user, slug, pk)
    step_services.remove_step(step, by=request.user)
    undo = reverse("programs:step_restore", args=[slug, pk])
    toast(request, _("“%(step)s” is off the path.") % {"step": step.title}, undo=undo)
    return redirect("programs:generation_steps", slug, step.generation_id)


@require_POST
def step_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    step = access.get_own_step(request.user, slug, pk)
    step_services.restore_step(step, by=request.user)
    toast(request, _("“%(step)s” is on the path again.") % {"step": step.title})
    return redirect("programs:generation_steps", slug, step.generation_id)


def _up(generation: Generation) -> list[tuple[str, str]]:
    args = [generation.program.slug, generation.pk]
    return [
        (generation.name, reverse("programs:generation_detail", args=args)),
        (_("Onboarding"), reverse("programs:generation_steps", args=args)),
    ]
