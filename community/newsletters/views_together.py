"""Two people who write the same issue know of each other."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from community.newsletters import access, queries
from core.kit import cldr, presence
from core.people.requests import PersonRequest


@require_POST
def issue_writers(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """An open editor says that it is open and hears who else has the issue open; 204 when that has not changed."""
    issue = access.get_issue_to_write(request.user, slug, pk)
    thing = f"issue:{issue.pk}"
    presence.say_here(thing, request.user)
    others = presence.here(thing, queries.other_writers(issue.program, request.user))
    names = cldr.listed([str(person) for person in others])
    if names == request.POST.get("seen", ""):
        return HttpResponse(status=204)
    return render(request, "ui/_here.html", {"names": names, "count": len(others), "address": request.path})
