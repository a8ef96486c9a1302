"""How the community does, for hosts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import access, lifecycle
from community.forum.forms_health import LifeCycleForm
from community.forum.health_page import health
from community.forum.models_health import STAGES
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability
from programs.membership.models import Program


@require_safe
def forum_health(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    return _page(request, program, _form(None, program))


@require_POST
def lifecycle_answer(request: PersonRequest, slug: str) -> HttpResponse:
    """What hosts think today; undo brings back what stood there before."""
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    before = lifecycle.of(program)
    form = _form(request.POST if "stage" in request.POST else request.GET, program)
    if not form.is_valid():
        warn(request, _("Please choose the stage your community is in. Your other choices are still here."))
        return _page(request, program, form, status=422)
    try:
        row = lifecycle.answer(program, **form.cleaned_data, by=request.user)
    except lifecycle.AnsweredMeanwhile:
        warn(
            request,
            _("Another host has answered in the meantime. Here is the current state; your answer was not saved."),
        )
        return _page(request, program, _form(None, program), status=409)
    undo = ""
    if before.stage:
        words = urlencode({"stage": before.stage, "version": row.version} | before.packages)
        undo = f"{reverse('community:lifecycle_answer', args=[slug])}?{words}"
    toast(request, _("Saved. You will be asked again in six months."), undo=undo)
    return redirect("community:forum_health", slug)


def _form(data: Any, program: Program) -> LifeCycleForm:
    packages = lifecycle.packages(get_language() or "en")
    return LifeCycleForm(data, row=lifecycle.of(program), packages=packages)


def _page(request: PersonRequest, program: Program, form: LifeCycleForm, status: int = 200) -> HttpResponse:
    row = lifecycle.of(program)
    place = [key for key, _name in STAGES].index(row.stage) if row.stage else None
    context = {
        "program": program,
        "health": health(request.user, program),
        "form": form,
        "cycle": row,
        "next_at": lifecycle.next_at(row),
        "stages": [(name, "" if place is None else _side(number, place)) for number, (_key, name) in enumerate(STAGES)],
        "place": None if place is None else place + 1,
    }
    return render(request, "community/forum/forum_health.html", context, status=status)


def _side(number: int, place: int) -> str:
    return "current" if number == place else "past" if number < place else "next"
