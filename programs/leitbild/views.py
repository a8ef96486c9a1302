"""The statement for everybody, and the workshop for who takes part: collect sentences, vote."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit import limits
from core.kit.downloads import as_file
from core.kit.logs import logged_as
from core.kit.papers import CONTENT_TYPES, as_pdf
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.leitbild import access, pages, paper, sentences, services
from programs.leitbild.forms import BallotForm, SentenceForm
from programs.membership.access import get_program

PAGE = "programs/leitbild/leitbild.html"
SENTENCES, WHILE = 10, 600  # of one person, in so many seconds; counted under a keyed hash, which goes after that


@require_safe
def leitbild(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug)
    return render(request, PAGE, pages.of(program, request.user))


@require_safe
def leitbild_live(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What has changed on an open page; nothing where nothing has."""
    workshop = access.get_workshop(request.user, slug, pk)
    context, seen = pages.live(workshop), request.GET.get("seen", "")
    if seen == context["seen"]:
        return HttpResponse(status=204)
    has_moved_on = seen.partition("-")[0] != pages.place_of(workshop)
    context["says_reload"] = has_moved_on or "notice" in request.GET
    if "notice" in request.GET:
        context["here"] = reverse("programs:leitbild_sort", args=[slug, pk])
    return render(request, "programs/leitbild/_live.html", context)


@logged_as("GET programs:leitbild_live")
@require_POST
def leitbild_add(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The answer is a page of its own: a message for the next one would be kept in the person's session."""
    workshop = access.get_workshop(request.user, slug, pk)
    form, is_in = SentenceForm(request.POST), False
    if form.is_valid():
        try:
            if limits.is_within(f"leitbild:{workshop.pk}:{request.user.pk}", SENTENCES, WHILE):
                voice = sentences.voice_of(workshop.pk, request.user.pk)
                services.contribute(workshop, text=form.cleaned_data["text"], voice=voice)
                form, is_in = SentenceForm(), True
            else:
                form.add_error("text", _("That was a lot in a short time. Please send it in ten minutes."))
        except services.NotNow:
            form.add_error("text", _("Collecting has ended in the meantime. Your sentence is still here, to copy."))
        except services.WorkshopIsFull:
            form.add_error("text", _("There are as many sentences as fit. Your sentence is still here, to copy."))
    status, context = 200 if is_in else 422, {"sentence_form": form, "has_come": is_in, "came_back": not is_in}
    if request.htmx:
        context |= {"program": workshop.program, "workshop": workshop}
        return render(request, "programs/leitbild/_add.html", context, status=status)
    return render(request, PAGE, pages.of(workshop.program, request.user, **context), status=status)


@require_POST
def leitbild_vote(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Up to three; another time instead of what one chose before."""
    workshop = access.get_workshop(request.user, slug, pk)
    form = BallotForm(request.POST, workshop=workshop)
    if form.is_valid():
        try:
            services.vote(workshop, items=form.cleaned_data["items"], person=request.user)
        except services.NotNow:
            warn(request, _("Voting is not open. Your votes were not counted."))
        else:
            is_empty = not form.cleaned_data["items"]
            toast(request, _("Your votes are withdrawn.") if is_empty else _("Your votes count. You can change them."))
        return redirect("programs:leitbild", slug)
    return render(request, PAGE, pages.of(workshop.program, request.user, form=form), status=422)


@require_safe
def leitbild_versions(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug)
    context = pages.history(program, request.GET.get("page"))
    return render(request, "programs/leitbild/leitbild_versions.html", context)


@require_safe
def leitbild_version(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """To read and to print."""
    version = access.get_version(request.user, slug, number)
    return render(request, "programs/leitbild/leitbild_version.html", pages.one(version))


@require_safe
def leitbild_file(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    sheet = paper.of(access.get_version(request.user, slug, number))
    return as_file(HttpResponse(as_pdf(sheet), content_type=CONTENT_TYPES["pdf"]), f"{slug} {sheet.title} {number}.pdf")
