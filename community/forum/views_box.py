"""Asking without a name, and what hosts do with such questions."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.forum import access, box, box_count
from community.forum.forms_box import BoxForm, ReleaseForm
from core.kit.logs import logged_as
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.access import Ability


@logged_as("GET community:forum")
def question_box(request: PersonRequest, slug: str) -> HttpResponse:
    """The answer is a page of its own: a message for the next one would be kept in the person's session."""
    program = access.get_forum(request.user, slug, Ability.WRITE_IN_FORUM)
    if not access.boards_for(request.user, program):
        return redirect("community:forum", slug)
    form = BoxForm(request.POST or None)
    asked, is_in, is_full = box_count.read(request), False, False
    is_mine_full = asked >= box_count.MOST and request.method == "POST"
    if request.method == "POST" and form.is_valid() and not is_mine_full:
        try:
            box.drop(program, **form.cleaned_data)
            is_in = True
        except box.BoxIsFull:
            is_full = True
    context = {"program": program, "form": form, "is_in": is_in, "is_full": is_full, "is_mine_full": is_mine_full}
    status = 422 if form.errors else 429 if is_full or is_mine_full else 200
    response = render(request, "community/forum/question_box.html", context, status=status)
    box_count.write(response, request.path, asked + is_in)
    return response


@require_POST
def box_decide(request: PersonRequest, slug: str, pk: UUID) -> HttpResponse:
    """Put a question up on a board, or not."""
    question = access.get_box_question(request.user, slug, pk)
    if question is None:
        return _is_gone(request, slug)
    boards = access.boards_for(request.user, question.program)
    form = ReleaseForm(request.POST, boards=boards)
    if not form.is_valid():
        warn(request, _("This board does not exist. The question is still in the box."))
        return redirect("community:forum_host", slug)
    try:
        if form.cleaned_data["do"] == "release":
            topic = box.release(question, board=form.cleaned_data["board"], by=request.user)
            toast(request, _("The question is posted on its board, without a name."))
            return redirect("community:topic_detail", slug, topic.pk)
        box.discard(question, by=request.user)
        toast(request, _("The question will not be posted."))
    except box.QuestionIsGone:
        return _is_gone(request, slug)
    return redirect("community:forum_host", slug)


def _is_gone(request: PersonRequest, slug: str) -> HttpResponse:
    warn(request, _("The question has already been dealt with, by you or another host. Nothing was changed."))
    return redirect("community:forum_host", slug)
