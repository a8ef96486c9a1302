"""Writing in the record: points, findings, actions, who was there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_back, go_to
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.reviews import access, lessons, page, services
from programs.reviews.forms import ActionForm, EndForm, FindingForm, PointForm
from programs.reviews.kinds import POINTS, ReviewKind
from programs.reviews.models import Review
from programs.reviews.views import up

CLOSED = gettext_lazy("The review was closed in the meantime, so nothing was saved. What you wrote is still here.")


def _answered(request: PersonRequest, review: Review, status: int, **more: Any) -> HttpResponse:
    """The page of the review, with what was typed."""
    typed = (more["edits"], more["point_form"]) if "point_form" in more else None
    context = page.of(request.user, review, typed) | more
    return render(request, "programs/reviews/review_detail.html", context, status=status)


def _one(review: Review, part: str) -> str:
    return reverse("programs:review_detail", args=[review.program.slug, review.pk]) + f"#{part}"


@require_POST
def review_point(request: PersonRequest, slug: str, pk: int, key: str) -> HttpResponse:
    review = access.get_review_to_write(request.user, slug, pk)
    form = PointForm(request.POST)
    if key not in POINTS[ReviewKind(review.kind)] or not form.is_valid():
        return _answered(request, review, 422, edits=key, point_form=form)
    data = form.cleaned_data
    try:
        services.write_point(
            review, key=key, light=data["light"], text=data["text"], based_on=data["version"], by=request.user
        )
    except services.PointOvertaken as overtaken:
        return _answered(request, review, 409, edits=key, point_form=form, theirs=overtaken.point)
    except services.ReviewClosed:
        return _answered(request, review, 409, edits=key, point_form=form, fault=str(CLOSED))
    return go_to(_one(review, f"point-{key}"))


@require_POST
def topic_off(request: PersonRequest, slug: str, pk: int, item: int) -> HttpResponse:
    review = access.get_review_to_write(request.user, slug, pk)
    try:
        services.take_off(review, item=item, by=request.user)
    except services.ReviewClosed:
        warn(request, _("The review is closed: nothing was changed."))
    else:
        undo = reverse("programs:review_topic_on", args=[slug, pk, item])
        toast(request, _("Taken off the agenda. The checklist item itself has not changed."), undo=undo)
    return go_to(_one(review, "agenda"))


@require_POST
def topic_on(request: PersonRequest, slug: str, pk: int, item: int) -> HttpResponse:
    review = access.get_review_to_write(request.user, slug, pk)
    try:
        services.put_back(review, item=item, by=request.user)
    except services.ReviewClosed:
        warn(request, _("The review is closed: nothing was changed."))
    return go_to(_one(review, "agenda"))


@once
@require_POST
def finding_add(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    review = access.get_review_to_write(request.user, slug, pk)
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _answered(request, review, 422, finding_form=form)
    text, is_decision = form.line
    try:
        services.add_finding(review, text=text, is_decision=is_decision, by=request.user)
    except services.ReviewClosed:
        return _answered(request, review, 409, finding_form=form, fault=str(CLOSED))
    return go_to(_one(review, "findings"))


@require_POST
def finding_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    finding = access.get_finding(request.user, slug, pk, deleted=True)
    try:
        services.delete_finding(finding, by=request.user)
    except services.ReviewClosed:
        warn(request, _("The review is closed: nothing was changed."))
    else:
        undo = reverse("programs:finding_restore", args=[slug, pk])
        toast(request, _("Deleted."), undo=undo)
    return go_to(_one(finding.review, "findings"))


@require_POST
def finding_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    finding = access.get_finding(request.user, slug, pk, deleted=True)
    try:
        services.restore_finding(finding, by=request.user)
    except services.ReviewClosed:
        warn(request, _("The review is closed: nothing was changed."))
    return go_to(_one(finding.review, "findings"))


@require_POST
def finding_keep(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A draft in the handbook; also after the review was closed."""
    finding = access.get_finding_to_keep(request.user, slug, pk)
    kept = lessons.keep_lesson(finding, by=request.user)
    if kept.is_new:
        undo = reverse("programs:handbook_page_delete", args=[slug, kept.page.pk])
        left_out = ngettext("%(count)s name was left out.", "%(count)s names were left out.", kept.names) % {
            "count": kept.names
        }
        more = left_out if kept.names else _("Please check that it names nobody before you publish it.")
        toast(request, _("A draft is in the handbook."), more=more, undo=undo)
    return go_to(_one(finding.review, "findings"))


@once
@require_POST
def review_action_add(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    review = access.get_review_to_write(request.user, slug, pk)
    form = ActionForm(request.POST, program=review.program)
    if not form.is_valid():
        return _answered(request, review, 422, new_action=form)
    try:
        services.add_action(review, by=request.user, **form.cleaned_data)
    except services.ReviewClosed:
        return _answered(request, review, 409, new_action=form, action_is_typed=True, fault=str(CLOSED))
    return go_to(_one(review, "actions"))


def review_action_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    action = access.get_action(request.user, slug, pk)
    program = action.review.program
    form = ActionForm(request.POST if request.method == "POST" else None, program=program, action=action)
    if request.method == "POST" and form.is_valid():
        services.change_action(action, by=request.user, **form.changes())
        toast(request, _("Saved."))
        return go_to(_one(action.review, "actions"))
    above = [*up(slug), (str(action.review), _one(action.review, "actions"))]
    page_of = FormPage(title=_("Change the action"), up=above)
    template = "programs/reviews/review_action_edit.html"
    return form_page(request, form, page_of, template=template, program=program, action=action)


@require_POST
def review_action_tick(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    action = access.get_action(request.user, slug, pk)
    services.tick_action(action, is_done=request.POST.get("done") == "1", by=request.user)
    return go_back(request, _one(action.review, "actions"))


@require_POST
def review_action_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    action = access.get_action(request.user, slug, pk, deleted=True)
    services.delete_action(action, by=request.user)
    toast(request, _("The action is deleted."), undo=reverse("programs:review_action_restore", args=[slug, pk]))
    return go_to(_one(action.review, "actions"))


@require_POST
def review_action_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    action = access.get_action(request.user, slug, pk, deleted=True)
    services.restore_action(action, by=request.user)
    return go_to(_one(action.review, "actions"))


def review_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who was there, what changes in the team, when the next one is."""
    review = access.get_review_to_write(request.user, slug, pk)
    form = EndForm(request.POST if request.method == "POST" else None, review=review)
    if request.method == "POST" and form.is_valid():
        try:
            services.note_end(review, by=request.user, **form.cleaned_data)
        except services.ReviewClosed:
            form.add_error(None, str(CLOSED))
        else:
            return go_to(_one(review, "end"))
    above = [*up(slug), (str(review), _one(review, "end"))]
    return form_page(request, form, FormPage(title=_("Team and next date"), up=above), program=review.program)
