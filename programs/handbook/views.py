"""Reading the handbook: everybody in the program."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.kit import limits
from core.people.requests import PersonRequest
from programs.handbook import access, book_file, pages
from programs.membership.access import get_program

FILES_AN_HOUR = 12


@require_safe
def handbook(request: PersonRequest, slug: str) -> HttpResponse:
    """The tree, what was found, and what waits for the reader."""
    program = get_program(request.user, slug)
    context = pages.front(request.user, program, request.GET.get("q", ""))
    return render(request, "programs/handbook/handbook.html", context)


@require_safe
def handbook_page(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    page = access.get_page(request.user, slug, pk)
    return render(request, "programs/handbook/handbook_page.html", pages.reading(request.user, page))


@require_safe
def handbook_versions(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What changed between two versions, and all there are; for those who write it."""
    page = access.get_page_to_write(request.user, slug, pk)
    context = pages.history(request.user, page, request.GET.get("of", ""), request.GET.get("against", ""))
    return render(request, "programs/handbook/handbook_versions.html", context)


@require_safe
def handbook_file(request: PersonRequest, slug: str) -> HttpResponseBase:
    """All that the reader may read, to take along: a website, a PDF, a Word document or Markdown. A large handbook
    takes half a minute to set, so it is set so many times an hour for each person."""
    program = get_program(request.user, slug)
    if not limits.is_within(f"handbook:file:{request.user.pk}", FILES_AN_HOUR, 3600):
        return render(request, "429.html", status=429)
    return book_file.response(request.user, program, request.GET.get("format", ""))
