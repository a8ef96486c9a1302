"""Who hosts when."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import access, queries, rota
from community.forum.forms_rota import DutyForm, SwapForm
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability
from programs.membership.models import Program


@require_safe
def rota_page(request: PersonRequest, slug: str) -> HttpResponse:
    return _page(request, access.get_forum(request.user, slug, Ability.HOST_FORUM))


@require_POST
def rota_plan(request: PersonRequest, slug: str) -> HttpResponse:
    """Somebody takes a week, or nobody does."""
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    hosts = queries.people_of(program, hosts=True)
    weeks = [week.monday for week in rota.weeks(program, request.user, hosts)]
    form = DutyForm(request.POST if "week" in request.POST else request.GET, weeks=weeks, hosts=hosts)
    if not form.is_valid():
        warn(request, _("This week or person is not available. Nothing was changed."))
        return _page(request, program, status=422)
    try:
        rota.plan(program, **form.cleaned_data, by=request.user)
    except rota.TakenMeanwhile:
        warn(request, _("Another host has changed this week in the meantime. Here is the current state."))
        return _page(request, program, status=409)
    person, was = form.cleaned_data["person"], form.cleaned_data["was"]
    back = {"week": form.cleaned_data["week"].isoformat(), "person": was or "", "was": person.pk if person else ""}
    undo = f"{reverse('community:rota_plan', args=[slug])}?{urlencode(back)}"
    toast(
        request, _("%(name)s is hosting that week.") % {"name": person} if person else _("The week is open."), undo=undo
    )
    return redirect("community:rota", slug)


@require_POST
@once
def rota_swap(request: PersonRequest, slug: str) -> HttpResponse:
    """Two weeks change their hosts; the same again takes it back."""
    program = access.get_forum(request.user, slug, Ability.HOST_FORUM)
    weeks = [week.monday for week in rota.weeks(program, request.user, [])]
    form = SwapForm(request.POST if "one" in request.POST else request.GET, weeks=weeks)
    if not form.is_valid():
        warn(request, " ".join(str(message) for errors in form.errors.values() for message in errors))
        return _page(request, program, form, status=422)
    if rota.swap(program, **form.cleaned_data, by=request.user):
        again = urlencode({key: day.isoformat() for key, day in form.cleaned_data.items()})
        toast(request, _("The two weeks are swapped."), undo=f"{reverse('community:rota_swap', args=[slug])}?{again}")
    else:
        warn(request, _("Both weeks have the same host. There is nothing to swap."))
    return redirect("community:rota", slug)


def _page(request: PersonRequest, program: Program, swap: SwapForm | None = None, status: int = 200) -> HttpResponse:
    hosts = queries.marked_apart(program, queries.people_of(program, hosts=True))
    context: dict[str, Any] = {"program": program, "hosts": hosts, "swap": swap}
    context["weeks"] = rota.weeks(program, request.user, hosts)
    return render(request, "community/forum/rota.html", context, status=status)
