"""Reviews: the list, one of them, on the wall, on paper; plan, close, delete."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.kit.downloads import as_file
from core.kit.form_pages import FormPage, form_page
from core.kit.papers import CONTENT_TYPES, WRITERS
from core.kit.toasts import toast, warn
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.consents.models import today_in
from programs.membership.access import Ability, get_program
from programs.membership.tabs import tabs_of
from programs.reviews import access, lists, minutes, page, queries, services
from programs.reviews.forms import ReviewForm
from programs.reviews.kinds import TITLES, ReviewKind


def up(slug: str) -> list[tuple[str, str]]:
    return [(_("Reviews"), reverse("programs:reviews", args=[slug]))]


@require_safe
def reviews(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug)
    leads = access.can_lead(request.user, program)
    context = {
        "program": program,
        "dates": queries.dates_without_record(program, today_in(program)) if leads else [],
        "leads": leads,
        "tabs": tabs_of("program", request.user, program, "programs:reviews"),
    }
    rows, of = queries.reviews_for(request.user, program), lists.records(program, leads=leads)
    return show_list(request, of, rows, "programs/reviews/reviews.html", context)


@once
def review_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    kind = request.GET.get("kind", "")
    kind = kind if kind in ReviewKind.values else ReviewKind.PROGRAM
    form = ReviewForm(request.POST or None, program=program, initial={"kind": kind, "title": TITLES[ReviewKind(kind)]})
    if request.method == "POST" and form.is_valid():
        review = services.plan_review(program, by=request.user, **form.cleaned_data)
        invited = len(form.cleaned_data["invite"])
        told = ngettext(
            "The review is on the timeline, and %(count)s person is invited.",
            "The review is on the timeline, and %(count)s people are invited.",
            invited,
        )
        toast(request, told % {"count": invited} if invited else _("The review is on the timeline."))
        return redirect("programs:review_detail", slug, review.pk)
    lead = _("Its date appears on the timeline. You can prepare the record in advance.")
    return form_page(request, form, FormPage(title=_("Plan a review"), up=up(slug), lead=lead), program=program)


@require_POST
def review_of_date(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The record of a date that is on the timeline already."""
    milestone = access.get_date(request.user, slug, pk)
    kind = request.POST.get("kind", "")
    kind = kind if kind in ReviewKind.values else ReviewKind.PROGRAM
    review = services.open_record(milestone, kind=kind, by=request.user)
    return redirect("programs:review_detail", slug, review.pk)


@require_safe
def review_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    review = access.get_review(request.user, slug, pk)
    context = page.of(request.user, review) | {"edits": request.GET.get("edit", "")}
    return render(request, "programs/reviews/review_detail.html", context)


@require_safe
def review_wall(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One point, to be read from the last row."""
    review = access.get_review(request.user, slug, pk)
    record = page.record_of(review, request.user)
    rows = record.points
    at = next((number for number, row in enumerate(rows) if row.point.key == request.GET.get("at")), 0)
    context = {
        "program": review.program,
        "review": review,
        "row": rows[at],
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
        "number": at + 1,
        "count": len(rows),
        "has_lights": record.has_lights,
    }
    return render(request, "programs/reviews/review_wall.html", context)


@require_safe
def review_minutes(request: PersonRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    review = access.get_review(request.user, slug, pk)
    if kind not in WRITERS:
        raise Http404
    paper = minutes.of(review, request.user)
    answer = HttpResponse(WRITERS[kind](paper), content_type=CONTENT_TYPES[kind])
    return as_file(answer, f"{paper.title} {review.milestone.on}.{kind}")


@require_POST
def review_close(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    review = access.get_review_to_lead(request.user, slug, pk)
    services.close_review(review, by=request.user)
    undo = reverse("programs:review_reopen", args=[slug, pk])
    toast(request, _("The review is closed. The minutes are on their way."), undo=undo)
    return redirect("programs:review_detail", slug, pk)


@require_POST
def review_reopen(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    review = access.get_review_to_lead(request.user, slug, pk)
    if services.reopen_review(review, by=request.user):
        toast(request, _("The review is open again. Its decisions have been removed from the log."))
    elif review.closed_at is not None:
        warn(request, _("It was closed more than an hour ago. Please write what is missing in the next review."))
    return redirect("programs:review_detail", slug, pk)


@require_POST
def review_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    review = access.get_review_to_lead(request.user, slug, pk)
    services.delete_review(review, by=request.user)
    undo = reverse("programs:review_restore", args=[slug, pk])
    toast(request, _("The record is deleted. Its date stays on the timeline."), undo=undo)
    return redirect("programs:reviews", slug)


@require_POST
def review_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    services.restore_review(access.get_review_to_lead(request.user, slug, pk), by=request.user)
    return redirect("programs:review_detail", slug, pk)
