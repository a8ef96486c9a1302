"""Which calendar says when a host is busy: of which kind, and what it is read with."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.office_hours import access, busy
from community.office_hours.forms_calendar import CalDavForm, CalendarForm
from community.office_hours.models import CalendarKind
from community.office_hours.sources.known import kinds
from community.office_hours.views_hosts import rules_first, way_up
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.people.requests import PersonRequest

FORMS: dict[str, type[CalendarForm]] = {CalendarKind.ICS: CalendarForm, CalendarKind.CALDAV: CalDavForm}


@require_http_methods(["GET", "HEAD", "POST"])
def hours_calendar(request: PersonRequest, slug: str) -> HttpResponse:
    """`?kind=` chooses the kind of calendar."""
    hours = access.get_own_hours(request.user, slug)
    if hours is None:
        return rules_first(request, slug)
    chosen = FORMS.get(request.GET.get("kind") or hours.calendar_kind, CalendarForm)
    form = chosen(request.POST or None)
    if request.method == "POST" and form.is_valid():
        busy.begin(hours, kind=form.kind, secret=form.secret, host=form.host)
        toast(request, _("Your calendar will be read within a few minutes, and every 15 minutes after that."))
        return redirect("community:hours_day", slug)
    page = FormPage(
        title=_("My calendar blocks bookings"), up=way_up(slug),
        lead=_("When your calendar shows you as busy, nobody can book you."),
        shield=_("We only read and store start and end times: no titles, no places, no people."),
    )  # fmt: skip
    template = "community/office_hours/hours_calendar.html"
    return form_page(request, form, page, template=template, kinds=kinds(), kind=form.kind)


@require_POST
def hours_calendar_end(request: PersonRequest, slug: str) -> HttpResponse:
    hours = access.get_own_hours(request.user, slug)
    if hours is not None:
        busy.end(hours)
        toast(request, _("Your calendar is no longer read. The access to it and everything read from it are deleted."))
    return redirect("community:hours_day", slug)
