from collections.abc import Callable, Collection
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.imports import access, assigning, corrections, lists, pages, queries, services, template
from analytics.imports.forms import NameForm, UploadForm
from analytics.imports.forms_columns import ColumnsForm
from analytics.imports.models import ImportRun, RunState
from analytics.imports.run_sentences import hint
from analytics.imports.services import NotNow
from analytics.metrics.tabs import tabs_of
from core.kit import exports
from core.kit.toasts import toast, warn
from core.kit.uploads import too_large
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest


def imports(request: PersonRequest, slug: str) -> HttpResponse:
    """The own imports, and the company's where one may import them."""
    program = access.get_importing(request.user, slug)
    kinds = access.may_upload(request.user, program)
    tabs = tabs_of(request, program, "imports") if access.COMPANY in kinds else []
    context = {"program": program, "kinds": kinds, "tabs": tabs}
    runs = access.runs_for(request.user, program)
    return show_list(request, lists.imports(program, kinds), runs, "analytics/imports/imports.html", context)


@once
def import_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_importing(request.user, slug)
    kinds = access.may_upload(request.user, program)
    consents = access.OWN not in kinds or access.consents_to_own_figures(request.user, program)
    if not consents:
        kinds = [kind for kind in kinds if kind != access.OWN]
    context = {"program": program, "kinds": kinds, "needs_consent": not consents}
    if not kinds:
        context["rests"] = queries.resting(request.user, program)
        return render(request, "analytics/imports/import_consent.html", context)
    if request.method != "POST":
        form = UploadForm(kinds=kinds, initial={"whose": request.GET.get("whose") or kinds[0]})
        return render(request, "analytics/imports/import_new.html", context | {"form": form})
    size = too_large(request)
    form = UploadForm(request.POST, request.FILES, kinds=kinds)
    if size:
        form.refuse_size(size, settings.UPLOAD_LIMIT)
    if not form.is_valid():
        return render(
            request, "analytics/imports/import_new.html", context | {"form": form}, status=413 if size else 422
        )
    data = form.cleaned_data
    runs = services.start_imports(program, data["file"], by=request.user, whose=data["whose"])
    if other := next((run.uploaded_by for run in runs if run.uploaded_by_id != request.user.pk), None):
        toast(
            request,
            _("%(name)s has uploaded this file already. This is the same import, and nothing is counted twice.")
            % {"name": other},
        )
    if len(runs) == 1:
        return redirect("analytics:import_detail", slug, runs[0].pk)
    return redirect("analytics:import_several", slug, "-".join(str(run.pk) for run in runs))


def import_several(request: PersonRequest, slug: str, numbers: str) -> HttpResponse:
    """The files of one upload, each with how it stands; asked for again while one of them is being read."""
    program, runs = access.get_runs(request.user, slug, numbers)
    context = {"program": program, "numbers": numbers} | pages.several(runs)
    part = "_several.html" if request.htmx else "import_several.html"
    return render(request, f"analytics/imports/{part}", context)


@require_POST
def import_several_apply(request: PersonRequest, slug: str, numbers: str) -> HttpResponse:
    """Apply the files that were shown as ready; what somebody else changed meanwhile stays as it is now."""
    _program, runs = access.get_runs(request.user, slug, numbers)
    shown = set(request.POST.getlist("run"))
    if not services.apply_runs([run for run in runs if str(run.pk) in shown], by=request.user):
        warn(request, _("These files were already applied or changed. How each of them stands now is shown here."))
    return redirect("analytics:import_several", slug, numbers)


@require_POST
def import_several_undo(request: PersonRequest, slug: str, numbers: str) -> HttpResponse:
    """Take back everything that this upload brought."""
    _program, runs = access.get_runs(request.user, slug, numbers)
    try:
        services.undo_runs(runs, by=request.user)
    except NotNow:
        warn(request, _("Something was imported after these files. Each of them can still be undone by itself."))
    return redirect("analytics:import_several", slug, numbers)


def import_template(request: PersonRequest, slug: str) -> HttpResponse:
    """The table to fill in, in the reader's language: CSV, or Excel with `?format=xlsx`."""
    access.get_importing(request.user, slug)
    return exports.download(template.table(timezone.localdate()), request.GET.get("format"))


def import_refused(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The refused rows in the shape of the file, with column, value and reason, to put right and send again."""
    run = access.get_run(request.user, slug, pk)
    return corrections.download(run, request.GET.get("format"))


def import_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What a run is about: its progress, its question, its preview, or what came of it."""
    run = access.get_run(request.user, slug, pk)
    context = pages.detail(run, only=request.GET.get("show", ""))
    context["earlier"] = [pages.row(each) for each in queries.earlier_runs(run)]
    return render(request, "analytics/imports/import_detail.html", context)


def import_progress(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asked every second while a worker is busy; when it is done the page loads again."""
    run = access.get_run(request.user, slug, pk)
    if not pages.is_at_work(run):
        if not request.htmx:
            return redirect("analytics:import_detail", slug, pk)
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = reverse("analytics:import_detail", args=[slug, pk])
        return answer
    return render(request, "analytics/imports/_progress.html", pages.progress(run))


@require_POST
def import_apply(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    return _do(
        request,
        slug,
        pk,
        lambda run: services.apply_run(run, by=request.user),
        already=(RunState.APPLYING, RunState.APPLIED),
    )


@require_POST
def import_answer(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    told = request.POST.get("answer")
    said = {"is_mine": told == "yes", "is_page": told == "page"}
    return _do(request, slug, pk, lambda run: services.answer_run(run, by=request.user, **said))


def import_columns(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Which column is what: asked where nobody knows the table, with its first rows as they will be read."""
    run = access.get_run(request.user, slug, pk)
    if run.state not in (RunState.QUESTION, RunState.PREVIEW) or "outline" not in run.preview:
        return redirect("analytics:import_detail", slug, pk)
    again = None if "fresh" in request.GET else assigning.offered(run)
    told, asked = (again[0], set()) if again else assigning.suggested(run)
    form = ColumnsForm(request.POST or None, run=run, told=told, asked=asked, initial={"network": told.network})
    wants = request.method == "POST" and request.POST.get("do") == "read"
    if form.is_about_other_columns():
        told = replace(form.told, roles={}, units={})
        form, wants = ColumnsForm(run=run, told=told, asked=assigning.complete(run, told)), False
    elif wants and form.is_valid() and form.every_account:
        return _each_account(request, run, form)
    elif wants and form.is_valid():
        return _do(request, slug, pk, lambda run: services.map_run(run, form.mapping(), form.labels(), by=request.user))
    context: dict[str, object] = {"program": run.program, "run": run, "again": again[1] if again else None}
    context |= {"is_own": pages.is_own(run), "says_errors": wants}
    context |= {"form": form, "shown": assigning.preview(run, form.mapping()), "message": hint(run)}
    return render(request, "analytics/imports/import_columns.html", context, status=422 if wants else 200)


def _each_account(request: PersonRequest, run: ImportRun, form: ColumnsForm) -> HttpResponse:
    try:
        runs = services.map_runs(run, form.mapping(), form.labels(), form.every_account, by=request.user)
    except NotNow:
        return _do(request, run.program.slug, run.pk, _not_now)
    return redirect("analytics:import_several", run.program.slug, "-".join(str(each.pk) for each in runs))


def _not_now(run: ImportRun) -> ImportRun:
    raise NotNow


@require_POST
def import_post_name(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A post of one's own gets the title that no file gives it."""
    told = request.POST if "title" in request.POST else request.GET
    run, found = access.get_own_post(request.user, slug, pk, told.get("post", ""))
    form = NameForm(told)
    if not form.is_valid():
        warn(request, " ".join(str(each) for each in form.errors["title"]))
        return redirect("analytics:import_detail", slug, run.pk)
    before = services.name_post(found, form.cleaned_data["title"])
    again = urlencode({"post": told["post"], "title": before})
    undo = "" if "title" in request.GET else f"{reverse('analytics:import_post_name', args=[slug, pk])}?{again}"
    toast(request, _("Saved.") if undo else _("Undone."), undo=undo)
    return redirect("analytics:import_detail", slug, run.pk)


@require_POST
def import_undo(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    return _do(request, slug, pk, lambda run: services.undo_run(run, by=request.user))


@require_POST
def import_discard(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    answer = _do(request, slug, pk, lambda run: services.discard_run(run, by=request.user))
    if answer.status_code == 302 and not getattr(request, "not_now", False):
        toast(request, _("Discarded. Nothing was stored, and the file is deleted."))
    return answer


def _do(
    request: PersonRequest,
    slug: str,
    pk: int,
    change: Callable[[ImportRun], ImportRun],
    *,
    already: Collection[str] = (),
) -> HttpResponse:
    """Change a run; where that is not possible now, say so and show how it stands."""
    run = access.get_run(request.user, slug, pk)
    try:
        change(run)
    except NotNow:
        request.not_now = True  # type: ignore[attr-defined]
        if access.get_run(request.user, slug, pk).state in already:
            warn(request, _("This import is already being applied, or was just applied. Nothing is counted twice."))
        else:
            warn(
                request,
                _("That is not possible right now: the import is as shown here. Please try again in a moment."),
            )
    if several := request.POST.get("several"):  # pressed beside the other files of its upload
        return redirect("analytics:import_several", slug, slugify(several))
    return redirect("analytics:import_detail", slug, pk)
