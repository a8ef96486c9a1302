from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.events import calendar_page, periods
from core.people.requests import PersonRequest
from programs.consents.models import today_in
from programs.membership.access import get_program


@require_safe
def events_month(request: PersonRequest, slug: str) -> HttpResponse:
    """A month, and below it the agenda of the chosen day. What names no month shows the current one and says so."""
    program = get_program(request.user, slug)
    month, day = periods.month_of(today_in(program)), None
    try:
        unreadable = _("The address does not contain a month that the calendar can show. You see the current one.")
        month = periods.read_month(request.GET.get("month") or month.key)
        unreadable = _("The month you see has no such day.")
        day = periods.read_day(request.GET["day"], month) if request.GET.get("day") else None
    except periods.NotAPeriodError:
        pass
    else:
        unreadable = ""
    context = calendar_page.of_month(request.user, program, month, day)
    return render(request, "community/events/events_month.html", context | {"unreadable": unreadable})


@require_safe
def events_week(request: PersonRequest, slug: str) -> HttpResponse:
    """A week from Monday to Sunday, with everything in it."""
    program = get_program(request.user, slug)
    monday, unreadable = periods.read_week(periods.week_key(today_in(program))), ""
    try:
        monday = periods.read_week(request.GET.get("week") or periods.week_key(monday))
    except periods.NotAPeriodError:
        unreadable = _("The address does not contain a week that the calendar can show. You see the current one.")
    context = calendar_page.of_week(request.user, program, monday)
    return render(request, "community/events/events_week.html", context | {"unreadable": unreadable})
