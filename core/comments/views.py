from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import retarget

from core.comments import access, services
from core.comments.forms import CommentForm, EditForm
from core.comments.models import Comment
from core.comments.thread import Thread, place_of, thread_on
from core.kit.returning import go_to
from core.kit.rooms import Spot
from core.kit.toasts import toast
from core.people import mentions
from core.people.requests import PersonRequest
from core.writing.access import find_draft
from core.writing.editing import Edit, edit_key, edit_of
from core.writing.refused import keep_refused

if TYPE_CHECKING:
    from core.people.models import User


@require_safe
def comment(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The way of a mail: to the page the comment stands on, or to its older ones."""
    found, spot = access.get_comment(request.user, pk)
    return go_to(place_of(found, spot))


@require_safe
def thread(request: PersonRequest, kind: str, target: int) -> HttpResponse:
    """The comments before a moment; a page of its own without htmx."""
    shown = thread_on(request.user, kind, target, before=request.GET.get("before", ""))
    template = "comments/_said.html" if request.htmx else "comments/thread.html"
    return render(request, template, {"thread": shown})


@require_POST
def comment_add(request: PersonRequest, kind: str, target: int) -> HttpResponse:
    spot = access.get_writable_spot(request.user, kind, target)
    form = CommentForm(request.POST, kind=kind, target_id=target)
    if not form.is_valid():
        return _show(request, thread_on(request.user, kind, target, form=form), status=422)
    words = form.cleaned_data
    added = services.add_comment(
        spot, kind=kind, target_id=target, key=words["key"], text=words["text"], by=request.user
    )
    return _back(request, added, spot)


def comment_edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One's own comment again; when it was saved elsewhere meanwhile, both versions are shown and nothing is lost."""
    try:
        comment, spot = access.get_own_comment(request.user, pk)
    except Http404:
        return _lost(request, pk)
    edit = _edit_of(request.user, comment)
    form = EditForm(request.POST if request.method == "POST" else None, comment=comment, edit=edit)
    if request.method == "POST":
        try:
            if form.is_valid():
                services.edit_comment(comment, spot, by=request.user, **form.cleaned_data)
                return _back(request, comment, spot)
        except services.Overtaken:
            keep_refused(form, by=request.user)
            comment, _spot = access.get_own_comment(request.user, pk)
            edit = _edit_of(request.user, comment)
            form = EditForm(comment=comment, edit=edit)
        else:
            keep_refused(form, by=request.user)
    context = {"comment": comment, "spot": spot, "form": form, "other": edit.other}
    template = "comments/_edit.html" if request.htmx else "comments/comment_edit.html"
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _lost(request: PersonRequest, pk: UUID) -> HttpResponse:
    """It was deleted meanwhile: what its writer made of it is theirs."""
    comment, spot = access.get_own_lost_comment(request.user, pk)
    draft = find_draft(request.user, edit_key("comment", comment.pk))
    text = request.POST.get("text") or (draft.text if draft else "")
    context = {"spot": spot, "text": text}
    if request.htmx:  # a part that is swapped in, as every refused form is
        return render(request, "comments/_lost.html", context, status=422)
    return render(request, "comments/comment_lost.html", context, status=410)


def _edit_of(user: "User", comment: Comment) -> Edit:
    stored = mentions.written(comment.text, mentions.named_in(comment.program_id, [comment.text]))
    return edit_of(user, "comment", comment.pk, stored=stored, version=comment.version)


@require_POST
def comment_delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    comment, spot = access.get_deletable_comment(request.user, pk)
    services.delete_comment(comment, by=request.user)
    toast(request, _("The comment is deleted."), undo=reverse("comments:comment_restore", args=[pk]))
    return _back(request, comment, spot)


@require_POST
def comment_restore(request: PersonRequest, pk: UUID) -> HttpResponse:
    comment, spot = access.get_deleted_comment(request.user, pk)
    services.restore_comment(comment, by=request.user)
    toast(request, _("The comment is restored."))
    return go_to(f"{spot.url}#comment-{pk}")


def _back(request: PersonRequest, changed: Comment, spot: Spot) -> HttpResponse:
    """To the thread: the part for htmx, else the page it stands on, at this comment."""
    if request.htmx:
        return retarget(_show(request, thread_on(request.user, changed.kind, changed.target_id)), "#comments")
    return go_to(f"{spot.url}#{'comments' if changed.deleted_at else f'comment-{changed.pk}'}")


def _show(request: PersonRequest, shown: Thread, status: int = 200) -> HttpResponse:
    template = "comments/_thread.html" if request.htmx else "comments/thread.html"
    return render(request, template, {"thread": shown, "oob": request.htmx}, status=status)
