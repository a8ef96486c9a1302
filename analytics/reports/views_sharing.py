from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from analytics.reports import access, sharing
from analytics.reports.forms import ShareForm
from analytics.reports.reading import ShownReport
from core.kit import limits
from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability

USUAL = timedelta(days=14)
GUESSES_PER_MINUTE = 40
FRESH = "reports.fresh_link_of"  # report and link, in the session of who made it, until the next page has shown it


@once
def report_links(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Who may make reports shares one by a link, and sees which links there are and how often each was opened."""
    report = access.get_report(request.user, slug, pk, Ability.MAKE_REPORTS)
    day = (timezone.localdate() + USUAL).isoformat()
    form = ShareForm(request.POST if request.method == "POST" else None, initial={"ends_on": day})
    if request.method == "POST" and form.is_valid():
        _link, token = sharing.make_link(report, by=request.user, **form.cleaned_data)
        request.session[FRESH] = [pk, request.build_absolute_uri(reverse("analytics:report_shared", args=[token]))]
        return redirect("analytics:report_links", slug, pk)
    detail = reverse("analytics:report_detail", args=[slug, pk])
    page = FormPage(
        title=_("Share the report by a link"),
        lead=_(
            "Everybody who has the link can read this report without signing in, including the cost if it shows one,"
            " but not the decision or what was said about it. The works council is notified."
        ),
        submit=_("Create a link"),
        up=[(_("Reports"), reverse("analytics:reports", args=[slug])), (ShownReport(report).title, detail)],
    )
    more: dict[str, Any] = {"program": report.program, "report": report, "links": sharing.links_of(report)}
    of, fresh = request.session.pop(FRESH) if FRESH in request.session else (pk, "")
    more["fresh"] = fresh if of == pk else ""  # never below another report than the one it leads to
    return form_page(request, form, page, template="analytics/reports/report_links.html", **more)


@require_POST
def report_link_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    link = sharing.end_link(access.get_link(request.user, slug, pk), by=request.user)
    undo = reverse("analytics:report_link_restore", args=[slug, pk])
    toast(request, _("The link has ended. Nobody can open it any more."), undo=undo)
    return redirect("analytics:report_links", slug, link.report_id)


@require_POST
def report_link_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    link = sharing.restore_link(access.get_link(request.user, slug, pk, is_ended=True), by=request.user)
    toast(request, _("The link works again until its last day."))
    return redirect("analytics:report_links", slug, link.report_id)


@login_not_required
@never_cache
@require_safe
def report_shared(request: HttpRequest, token: str) -> HttpResponse:
    """The report alone, for whoever has the link. Who tries addresses is stopped; all that lead nowhere are one."""
    link = access.find_shared(token)
    if link is None:
        if not limits.is_within(f"reports:{limits.address_of(request)}", GUESSES_PER_MINUTE, 60):
            return render(request, "429.html", status=429)
        answer = render(request, "analytics/reports/report_shared.html", status=410)
    else:
        if request.method == "GET":
            sharing.note_opening(link)
        context = {"reading": ShownReport(link.report), "report": link.report, "link": link}
        answer = render(request, "analytics/reports/report_shared.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
