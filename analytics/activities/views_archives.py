from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from analytics.activities import access, services
from analytics.activities.forms import ArchivedForm
from analytics.activities.from_archives import archived_posts
from core.kit.toasts import toast
from core.people.requests import PersonRequest


def activities_archived(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The posts of an own archive, offered for the log: each is chosen, none is logged by itself."""
    program, run = access.get_archive(request.user, slug, pk)
    archived = archived_posts(run, request.user)
    form = ArchivedForm(request.POST if request.method == "POST" else None, posts=archived.open)
    if request.method == "POST" and form.is_valid():
        chosen, minutes = form.chosen(), form.cleaned_data["minutes"] or 0
        made = services.log_archived(program, chosen, by=request.user, minutes=minutes)
        told = ngettext("%(count)s post is in your log.", "%(count)s posts are in your log.", len(made))
        rows = "-".join(str(activity.pk) for activity in made)
        undo = f"{reverse('analytics:activities_unlog', args=[slug])}?rows={rows}"
        toast(request, told % {"count": len(made)}, undo=undo)
        return redirect("analytics:activity_list", slug)
    context = {"program": program, "run": run, "archived": archived, "form": form}
    return render(
        request,
        "analytics/activities/activities_archived.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


@require_POST
def activities_unlog(request: PersonRequest, slug: str) -> HttpResponse:
    """What was logged in one step goes in one step; one more brings it back."""
    program = access.get_logging(request.user, slug)
    rows = request.GET.get("rows") or request.POST.get("rows", "")
    chosen = access.get_activities(request.user, program, rows.split("-"))
    services.delete_activities(chosen, by=request.user)
    told = ngettext("%(count)s activity is deleted.", "%(count)s activities are deleted.", len(chosen))
    again = "-".join(str(activity.pk) for activity in chosen)
    undo = f"{reverse('analytics:activities_restore', args=[slug])}?rows={again}"
    toast(request, told % {"count": len(chosen)}, undo=undo if chosen else "")
    return redirect("analytics:activity_list", slug)
