"""The page of who left: staying in touch, what is open to alumni, and the end of it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit import rooms
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.alumni import access, services
from programs.consents import notices
from programs.consents.models import Purpose


@require_safe
def alumni(request: PersonRequest, slug: str) -> HttpResponse:
    """What I chose or can choose. Nobody else has a page on which I am."""
    program = access.get_own_program(request.user, slug)
    is_alumnus = access.is_alumnus(request.user, program)
    context = {
        "program": program,
        "text": notices.purpose(Purpose.ALUMNI),
        "is_alumnus": is_alumnus,
        "open": [each for room in rooms.every() for find in room.for_alumni for each in find(request.user, program)]
        if is_alumnus
        else [],
    }
    return render(request, "programs/alumni/alumni.html", context)


@require_POST
def alumni_stay(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_own_program(request.user, slug)
    services.stay(program, by=request.user)
    toast(request, _("You stay in touch with %(program)s.") % {"program": program}, undo=_to("alumni_end", slug))
    return redirect("programs:alumni", slug)


@require_POST
def alumni_end(request: PersonRequest, slug: str) -> HttpResponse:
    """One press. What I said yes to is withdrawn with it."""
    program = access.get_own_program(request.user, slug)
    services.end(program, by=request.user)
    told = _("You are no longer in touch with %(program)s. Your answers to events are withdrawn.")
    toast(request, told % {"program": program}, undo=_to("alumni_stay", slug))
    return redirect("programs:alumni", slug)


def _to(name: str, slug: str) -> str:
    return reverse(f"programs:{name}", args=[slug])
