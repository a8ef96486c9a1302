from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.reports import access, queries, scheduling
from analytics.reports.forms import AT_ONCE, ScheduleForm
from analytics.reports.models_schedule import USUAL_DAY
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.membership.access import Ability


def report_schedule(request: PersonRequest, slug: str) -> HttpResponse:
    """Who gets reports by email, and on which day."""
    program = access.get_reporting(request.user, slug, Ability.MAKE_REPORTS)
    schedule = scheduling.schedule_of(program)
    now = {
        "rhythm": schedule.rhythm if schedule else AT_ONCE,
        "day": schedule.day if schedule else USUAL_DAY,
        "people": scheduling.recipients_of(schedule) if schedule else queries.deciding(program),
    }
    form = ScheduleForm(request.POST or None, readers=queries.readers_of(program), initial=now)
    if request.method == "POST" and form.is_valid():
        scheduling.set_schedule(program, by=request.user, **form.cleaned_data)
        toast(request, _("Saved. The page of reports says who gets them."))
        return redirect("analytics:reports", slug)
    page = FormPage(
        title=_("Send reports"),
        lead=_("Each person gets each report once, with the whole page in the email, and never before it is frozen."),
        up=[(_("Reports"), reverse("analytics:reports", args=[slug]))],
    )
    return form_page(request, form, page, program=program, template="analytics/reports/report_schedule.html")
