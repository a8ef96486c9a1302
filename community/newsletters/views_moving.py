"""The parts of an issue in another order: by a press, by keys, by dragging."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from community.newsletters import access, moving_parts, together
from community.newsletters.forms import IssueForm, MoveBackForm, MoveForm
from community.newsletters.views import save_typed
from community.newsletters.views_preview import preview_of
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest


@require_POST
def issue_move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What is typed is saved first. A page that stays open gets the texts in their new order."""
    issue, refusal = save_typed(request, access.get_issue_to_write(request.user, slug, pk))
    if refusal:
        return refusal
    form = MoveForm(request.POST) if "move" in request.POST else MoveBackForm(request.POST)
    saved, undo = issue, ""
    if form.is_valid():
        act = moving_parts.move_piece if isinstance(form, MoveForm) else moving_parts.move_back
        try:
            saved, undo = act(issue, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            warn(request, error.messages[0])
        else:
            toast(request, _("Moved.") if isinstance(form, MoveForm) else _("Moved back."))
    if not request.htmx:
        return go_to(reverse("community:issue_edit", args=[slug, pk]) + f"?{urlencode({'undo': undo})}#outline")
    sent = IssueForm(request.POST)
    written = together.after(together.texts_of(saved), sent.texts) if sent.is_valid() else []
    theirs = [each for each in written if each.is_theirs]
    context = preview_of(request, saved) | {"written": written, "theirs": theirs, "undo": undo, "is_own": True}
    return trigger_client_event(render(request, "community/newsletters/_saved.html", context), "issue-saved")
