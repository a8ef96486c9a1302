"""Freezing the plan as a baseline; undo deletes it again."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program
from programs.phases import access, baseline


@once
@require_POST
def baseline_freeze(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    made = baseline.freeze(program, by=request.user)
    if made is None:
        toast(request, _("The plan is the same as in the latest baseline."))
        return redirect("programs:timeline", slug)
    undo = reverse("programs:baseline_delete", args=[slug, made.pk])
    toast(request, _("The plan is frozen. The timeline compares it with what is planned from now on."), undo=undo)
    return redirect("programs:timeline", slug)


@require_POST
def baseline_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    row = access.get_baseline(request.user, slug, pk)
    baseline.delete_baseline(row, by=request.user)
    undo = reverse("programs:baseline_restore", args=[slug, pk])
    toast(request, _("The baseline is deleted."), undo=undo)
    return redirect("programs:timeline", slug)


@require_POST
def baseline_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    baseline.restore_baseline(access.get_baseline(request.user, slug, pk), by=request.user)
    toast(request, _("The baseline is restored."))
    return redirect("programs:timeline", slug)
