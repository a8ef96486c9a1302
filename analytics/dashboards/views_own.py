"""A person's own posts as a journal, with notes, and the dossier to take along. No address names anybody."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.dashboards import access, dossier, own_posts
from analytics.dashboards.forms import PostNoteForm
from analytics.metrics import services as metrics
from core.kit.downloads import as_file
from core.kit.exports import download
from core.kit.papers import CONTENT_TYPES, as_pdf
from core.kit.returning import go_back
from core.kit.toasts import toast, warn
from core.lists.views import show_list
from core.people.requests import PersonRequest


@require_safe
def my_posts(request: PersonRequest, slug: str) -> HttpResponse:
    """All own posts, searched and page by page; `?format=csv` is the file."""
    program = access.get_own(request.user, slug)
    rows = own_posts.every_post(request.user, program)
    of = own_posts.journal(request.user, program)
    return show_list(request, of, rows, "analytics/dashboards/my_posts.html", {"program": program})


@require_POST
def my_post_note(request: PersonRequest, slug: str) -> HttpResponse:
    """What worked, in the own words. It travels in the form alone: an address would be in logs."""
    post = access.get_own_post(request.user, slug, request.POST.get("post", ""))
    form = PostNoteForm(request.POST)
    if form.is_valid():
        metrics.note_post(post, form.cleaned_data["worked"])
        toast(request, _("Saved. Only you can read it."))
    else:
        warn(request, " ".join(str(each) for each in form.errors["worked"]))
    return go_back(request, reverse("analytics:my_posts", args=[slug]))


@require_safe
def my_dossier(request: PersonRequest, slug: str) -> HttpResponse:
    """What somebody built up, for themselves: as a paper, for a spreadsheet, or for other software."""
    program, taking_part = access.get_own_record(request.user, slug)
    made = dossier.dossier_of(request.user, program, taking_part)
    kind = request.GET.get("format")
    if kind == "json":
        answer = JsonResponse(dossier.data_of(made), json_dumps_params={"ensure_ascii": False, "indent": 1})
        return as_file(answer, f"{made.title}.json")
    if kind == "xlsx" and made.parts:
        first, *more = dossier.tables_of(made)
        return download(first, "xlsx", *more, name=made.title)
    pdf = HttpResponse(as_pdf(dossier.paper_of(made)), content_type=CONTENT_TYPES["pdf"])
    return as_file(pdf, f"{made.title}.pdf")
