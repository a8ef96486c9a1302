from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from analytics.activities import access, lists, pages, queries, services
from analytics.activities.forms import LONGEST_PASTED, ActivityForm, OnceForm
from analytics.activities.links import cleaned, same_page
from analytics.activities.models import Activity
from core.kit.returning import go_to, way_back, with_way_back
from core.kit.toasts import toast
from core.lists.views import show_list
from core.people.requests import PersonRequest
from programs.membership.models import Program


def activity_new(request: PersonRequest, slug: str) -> HttpResponse:
    """Log what one did: as a page of its own, or from the log bar of the home page."""
    program = access.get_logging(request.user, slug)
    if request.method != "POST":
        shared = request.GET.get("url") or request.GET.get("text") or ""  # a phone's "share" hands a link over
        return _log_page(request, program, {"url": cleaned(shared)[:LONGEST_PASTED]})
    form = ActivityForm(request.POST, topics=queries.topics_of(program))
    if not form.is_valid():
        return _log_page(request, program, _typed(request), form.sentences())
    once = OnceForm(request.POST).key
    known = queries.logged_before(request.user, program, form.cleaned_data, once=once)
    if known is not None and request.POST.get("again") != same_page(known.url):
        return _log_page(request, program, _typed(request), known=known)
    activity = services.log_activity(program, form.cleaned_data, by=request.user, once=once)
    back = _back(request, program)
    undo = reverse("analytics:activity_delete", args=[slug, activity.pk])
    toast(request, _("Logged: %(what)s.") % {"what": activity}, undo=with_way_back(undo, back))
    return _refreshed(request, program) if request.htmx else go_to(back)


@require_POST
def activity_sync(request: PersonRequest, slug: str) -> HttpResponse:
    """What was typed without a connection comes later, from a script: logged once, however often it comes, and only for
    whom it was typed by."""
    once = OnceForm(request.POST)
    if not once.is_of(request.user):
        return JsonResponse(
            {"says": _("Somebody else is signed in here now. The entry waits for the person who typed it.")}, status=409
        )
    program = access.get_logging(request.user, slug)
    form = ActivityForm(request.POST, topics=queries.topics_of(program))
    if once.key is None or not form.is_valid():
        return JsonResponse({"says": " ".join(form.sentences())}, status=422)
    activity = services.log_activity(program, form.cleaned_data, by=request.user, once=once.key)
    return JsonResponse({"says": _("Logged: %(what)s.") % {"what": activity}})


def activity_list(request: PersonRequest, slug: str) -> HttpResponse:
    """The history by week, with the week and the mix of the last ten above it; `?format=csv` is the file."""
    program = access.get_logging(request.user, slug)
    context = {
        "program": program,
        "week": queries.week_of(request.user, program),
        **pages.log_context(request.user, program),
    }
    rows = queries.activities_for(request.user, program)
    return show_list(request, lists.history(program), rows, "analytics/activities/activity_list.html", context)


@require_POST
def activities_change(request: PersonRequest, slug: str) -> HttpResponse:
    """Delete the chosen activities; one step brings them all back."""
    program = access.get_logging(request.user, slug)
    chosen = access.get_activities(request.user, program, request.POST.getlist("pk"))
    services.delete_activities(chosen, by=request.user)
    told = ngettext("%(count)s activity is deleted.", "%(count)s activities are deleted.", len(chosen))
    rows = "-".join(str(activity.pk) for activity in chosen)
    undo = f"{reverse('analytics:activities_restore', args=[slug])}?rows={rows}"
    toast(request, told % {"count": len(chosen)}, undo=undo if chosen else "")
    return go_to(_back(request, program))


@require_POST
def activities_restore(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_logging(request.user, slug)
    rows = access.get_activities(request.user, program, request.GET.get("rows", "").split("-"), deleted=True)
    services.restore_activities(rows, by=request.user)
    told = ngettext("%(count)s activity is restored.", "%(count)s activities are restored.", len(rows))
    toast(request, told % {"count": len(rows)})
    return go_to(_back(request, program))


def activity_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = access.get_logging(request.user, slug)
    activity = access.get_activity(request.user, program, pk)
    if request.method != "POST":
        values = {name: getattr(activity, name) for name in ActivityForm.Meta.fields}
        return _log_page(request, program, values | {"on": activity.on.isoformat()}, activity=activity)
    form = ActivityForm(request.POST, topics=[*queries.topics_of(program), *activity.topics])
    if not form.is_valid():
        return _log_page(request, program, _typed(request), form.sentences(), activity)
    services.edit_activity(activity, form.cleaned_data, by=request.user)
    toast(request, _("Saved."))
    return redirect("analytics:activity_list", slug)


@require_POST
def activity_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = access.get_logging(request.user, slug)
    activity = services.delete_activity(access.get_activity(request.user, program, pk), by=request.user)
    back = _back(request, program)
    undo = reverse("analytics:activity_restore", args=[slug, pk])
    toast(request, _("Deleted: %(what)s.") % {"what": activity}, undo=with_way_back(undo, back))
    return go_to(back)


@require_POST
def activity_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    program = access.get_logging(request.user, slug)
    activity = services.restore_activity(access.get_activity(request.user, program, pk, deleted=True), by=request.user)
    toast(request, _("Restored: %(what)s.") % {"what": activity})
    return go_to(_back(request, program))


def _typed(request: PersonRequest) -> dict[str, Any]:
    return request.POST.dict() | {"topics": request.POST.getlist("topics")}


def _log_page(
    request: PersonRequest,
    program: Program,
    values: dict[str, Any],
    errors: list[str] | None = None,
    activity: Activity | None = None,
    *,
    known: Activity | None = None,
) -> HttpResponse:
    url = reverse("analytics:activity_edit", args=[program.slug, activity.pk]) if activity else ""
    context = pages.log_context(request.user, program, values=values, errors=errors, url=url, known=known)
    context |= {"program": program, "activity": activity}
    if request.htmx:  # the log bar of another page: the bar comes back with what is wrong
        answer = render(request, "analytics/activities/_log.html", context, status=422)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#log", "outerHTML"
        return answer
    page = "activity_edit" if activity else "activity_new"
    return render(request, f"analytics/activities/{page}.html", context, status=422 if errors or known else 200)


def _refreshed(request: PersonRequest, program: Program) -> HttpResponse:
    context = {"program": program, "week": queries.week_of(request.user, program)}
    context |= pages.log_context(request.user, program)
    return render(request, "analytics/activities/_logged.html", context)


def _back(request: PersonRequest, program: Program) -> str:
    """Where the person came from, if that is a page of this site."""
    return way_back(request) or reverse("analytics:activity_list", args=[program.slug])
