from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.activities import access, my_week, my_year, week_services
from analytics.activities.forms import WeekNoteForm
from core.kit.returning import go_to, way_back
from core.kit.toasts import toast
from core.people.requests import PersonRequest


def own_week(request: PersonRequest, slug: str) -> HttpResponse:
    """A week of one's own that is over, and one sentence about the next one."""
    program = access.get_logging(request.user, slug)
    monday = my_week.week_asked(request.GET.get("week", ""), timezone.localdate())
    form = WeekNoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        week_services.keep_note(program, week=monday, text=form.cleaned_data["text"], by=request.user)
        toast(request, _("Saved, for you alone."))
        return go_to(f"{reverse('analytics:own_week', args=[slug])}?week={monday}")
    week = my_week.own_week(request.user, program, monday)
    context = {
        "program": program,
        "week": week,
        "note": request.POST.get("text", week.note),
        "form": form,
        "beside": my_week.beside_usual(week),
    }
    status = 422 if form.errors else 200
    return render(request, "analytics/activities/own_week.html", context, status=status)


def own_year(request: PersonRequest, slug: str) -> HttpResponse:
    """A year of days with what one did, as a picture and a table."""
    program = access.get_logging(request.user, slug)
    year = my_year.own_year(request.user, program, timezone.localdate())
    return render(request, "analytics/activities/own_year.html", {"program": program, "year": year})


@require_POST
def own_week_hide(request: PersonRequest, slug: str) -> HttpResponse:
    """The start page tells of the week before no more; the page of the week stays."""
    program = access.get_logging(request.user, slug)
    week_services.hide_moment(program, by=request.user)
    undo = reverse("analytics:own_week_show", args=[slug])
    toast(request, _("The start page no longer tells of your week. Its page is still there."), undo=undo)
    return _back(request, slug)


@require_POST
def own_week_show(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_logging(request.user, slug)
    week_services.show_moment(program, by=request.user)
    toast(request, _("The start page tells of your week again, on Mondays and after."))
    return _back(request, slug)


def _back(request: PersonRequest, slug: str) -> HttpResponse:
    back = way_back(request)
    return go_to(back) if back else redirect("analytics:own_week", slug)
