"""The onboarding path of a generation, as the program management arranges it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.generations import access, lists, pages, services
from programs.generations.forms_steps import StepForm


def generation_steps(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Every step with what finishes it, and where and when."""
    generation = access.get_generation(request.user, slug, pk)
    context = pages.generation(generation)
    context["tabs"] = lists.tabs(generation, context["row"], "steps")
    context["steps"] = pages.steps(generation)
    return render(request, "programs/generations/steps.html", context)


def step_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    step = access.get_step(request.user, slug, pk)
    generation = step.generation
    form = StepForm(request.POST if request.method == "POST" else None, step=step)
    if request.method == "POST" and form.is_valid():
        services.change_step(form.changed_step(), by=request.user)
        toast(request, _("Saved."))
        return redirect("programs:generation_steps", slug, generation.pk)
    up = [
        (generation.name, reverse("programs:generation_detail", args=[slug, generation.pk])),
        (_("Onboarding"), reverse("programs:generation_steps", args=[slug, generation.pk])),
    ]
    page = FormPage(title=step.title, lead=_("What people have done stays done, whatever you change here."), up=up)
    return form_page(request, form, page, program=generation.program)
