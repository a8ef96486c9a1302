"""Reading the guideline, asking it, and agreeing to it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.guidelines import access, pages, queries, services
from programs.guidelines.documents import parts_of
from programs.guidelines.forms import LabellingForm
from programs.guidelines.quiz import QuizForm, asked_of
from programs.membership.access import get_program
from programs.membership.tabs import tabs_of


@require_safe
def guidelines(request: PersonRequest, slug: str) -> HttpResponse:
    """The guideline in force; above it "May I?" and what is new since one agreed."""
    program = get_program(request.user, slug)
    context = pages.reading(request.user, program, request.GET.get("q", ""))
    context["tabs"] = tabs_of("program", request.user, program, "programs:guidelines")
    return render(request, "programs/guidelines/guidelines.html", context)


def labelling(request: PersonRequest, slug: str) -> HttpResponse:
    """Must I label this? The answers travel in the form: nothing of them is kept, here or in a log."""
    program = get_program(request.user, slug)
    form = LabellingForm(request.POST if request.method == "POST" else None)
    country, said, status = program.country, "", 200
    if form.is_valid():
        country, said = form.cleaned_data["country"], form.said_now
    elif form.is_bound:
        warn(request, _("These answers do not fit together. Please start again."))
        status = 422
    context = pages.helper(program, country, said)
    return render(request, "programs/guidelines/labelling.html", context, status=status)


def guideline_quiz(request: PersonRequest, slug: str) -> HttpResponse:
    """Cases of the guideline as questions. The answers come in the form: nothing of them is kept, here or in a log."""
    program = get_program(request.user, slug)
    version = queries.latest(program)
    asked = asked_of(parts_of(version.content)) if version else []
    if version is None or not asked:
        raise Http404
    form = QuizForm(request.POST if request.method == "POST" else None, asked=asked, number=version.number)
    if form.is_of_another_version:
        warn(request, _("The guidelines have changed in the meantime. These are the cases of the new version."))
        form = QuizForm(asked=asked, number=version.number)
    context = {"program": program, "form": form, "is_checked": form.is_valid()}
    status = 422 if request.method == "POST" and not context["is_checked"] else 200
    return render(request, "programs/guidelines/guideline_quiz.html", context, status=status)


@require_safe
def guideline_versions(request: PersonRequest, slug: str) -> HttpResponse:
    """What changed when, and why."""
    program = get_program(request.user, slug)
    context = pages.history(program, request.GET.get("page"))
    return render(request, "programs/guidelines/guideline_versions.html", context)


@require_safe
def guideline_version(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    version = access.get_version(request.user, slug, number)
    return render(request, "programs/guidelines/guideline_version.html", pages.one(version))


@require_POST
def guideline_accept(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Read and agreed. A step of the onboarding is done with it."""
    version = access.get_version_to_accept(request.user, slug, number)
    if services.accept(version, by=request.user):
        undo = reverse("programs:guideline_accept_undo", args=[slug, number])
        toast(request, _("Thank you. You have agreed to version %(number)s.") % {"number": number}, undo=undo)
    else:
        warn(request, _("There is now a newer version. What is new in it is shown here."))
    return redirect("programs:guidelines", slug)


@require_POST
def guideline_accept_undo(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    version = access.get_version_to_accept(request.user, slug, number)
    services.take_back(version, by=request.user)
    toast(request, _("Undone."))
    return redirect("programs:guidelines", slug)
