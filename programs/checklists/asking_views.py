"""How well something works now, answered again and again."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.checklists import access, asking
from programs.checklists.forms import ScoreForm
from programs.checklists.item_views import item_detail


@require_POST
def item_score(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """`pk` is the item's."""
    item = access.get_workable_item(request.user, slug, pk)
    form = ScoreForm(request.POST)
    if not form.is_valid():
        return item_detail(request, slug, pk, score_form=form, status=422)
    score, is_new = asking.say_how_well(item, by=request.user, **form.cleaned_data)
    if is_new:
        toast(request, _("Noted for today."), undo=reverse("programs:score_delete", args=[slug, score.pk]))
    else:
        toast(request, _("Your answer from today is changed."))
    return redirect("programs:item_detail", slug, pk)


@require_POST
def score_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    score = access.get_score(request.user, slug, pk)
    asking.delete_score(score, by=request.user)
    toast(request, _("The answer is deleted."), undo=reverse("programs:score_restore", args=[slug, pk]))
    return redirect("programs:item_detail", slug, score.item_id)


@require_POST
def score_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    score = access.get_score(request.user, slug, pk, deleted=True)
    asking.restore_score(score, by=request.user)
    toast(request, _("The answer is restored."))
    return redirect("programs:item_detail", slug, score.item_id)
