from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from programs.membership import access


def start(request: HttpRequest) -> HttpResponse:
    """The first page after signing in: the program used last, or the only one."""
    programs = list(access.roles_by_program(request.user))
    if not programs:
        return render(request, "home/start.html")
    last = request.session.get("program")
    program = next((program for program in programs if program.slug == last), programs[0])
    return redirect("home:program", program.slug)


def program(request: HttpRequest, slug: str) -> HttpResponse:
    program = access.get_program(request.user, slug)
    return render(request, "home/program.html", {"program": program})
