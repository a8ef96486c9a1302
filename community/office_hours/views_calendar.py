"""Which calendar says when a host is busy: of which kind, and what it is read with."""

import time
from secrets import compare_digest

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.office_hours import access, busy
from community.office_hours.forms_calendar import CalDavForm, CalendarForm, MicrosoftForm
from community.office_hours.models import CalendarKind
from community.office_hours.sources import microsoft
from community.office_hours.sources.known import can_be, kinds
from community.office_hours.views_hosts import rules_first, way_up
from core.kit.form_pages import FormPage, form_page
from core.kit.returning import go_outside
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest

FORMS: dict[str, type[CalendarForm | MicrosoftForm]] = {
    CalendarKind.ICS: CalendarForm, CalendarKind.CALDAV: CalDavForm, CalendarKind.MICROSOFT: MicrosoftForm,
}  # fmt: skip
BEGUN = "hours_microsoft"  # of the session: a sign-in at Microsoft that this browser began
SECONDS_TO_SIGN_IN = 15 * 60


@csp_update({"form-action": f"https://{microsoft.SIGN_IN}"})  # type: ignore[arg-type]  # its stub knows no further ones
@require_http_methods(["GET", "HEAD", "POST"])
def hours_calendar(request: PersonRequest, slug: str) -> HttpResponse:
    """`?kind=` chooses the kind of calendar."""
    hours = access.get_own_hours(request.user, slug)
    if hours is None:
        return rules_first(request, slug)
    kind = request.GET.get("kind") or hours.calendar_kind
    chosen = FORMS[kind if can_be(kind) else CalendarKind.ICS]
    form = chosen(request.POST if request.method == "POST" else None)  # one without fields is sent empty
    if form.is_valid():
        if isinstance(form, MicrosoftForm):
            return _to_microsoft(request, slug)
        busy.begin(hours, kind=form.kind, secret=form.secret, host=form.host)
        toast(request, _will_be_read())
        return redirect("community:hours_day", slug)
    is_microsoft = isinstance(form, MicrosoftForm)
    page = FormPage(
        title=_("My calendar blocks bookings"), up=way_up(slug),
        lead=_("When your calendar shows you as busy, nobody can book you."),
        shield=_("We only read and store start and end times: no titles, no places, no people."),
        submit=_("Continue to Microsoft") if is_microsoft else "",
    )  # fmt: skip
    template = "community/office_hours/hours_calendar.html"
    return form_page(
        request, form, page, template=template, kinds=kinds(), kind=form.kind, is_microsoft=is_microsoft
    )  # fmt: skip


def _to_microsoft(request: PersonRequest, slug: str) -> HttpResponse:
    state, verifier = microsoft.begin()
    request.session[BEGUN] = {"state": state, "verifier": verifier, "slug": slug, "at": time.time()}
    return go_outside(microsoft.sign_in_url(state, verifier), host=microsoft.SIGN_IN)


@require_safe
def hours_microsoft(request: PersonRequest) -> HttpResponse:
    """Back from Microsoft. What this browser did not begin a moment ago connects nothing."""
    begun = request.session.pop(BEGUN, None)
    is_ours = begun is not None and begun["at"] > time.time() - SECONDS_TO_SIGN_IN
    if not is_ours or not compare_digest(begun["state"].encode(), request.GET.get("state", "").encode()):
        warn(request, _("This sign-in at Microsoft was not started here or has expired. Please start it again."))
        return redirect("home:start")
    slug, code = begun["slug"], request.GET.get("code", "")
    hours = access.get_own_hours(request.user, slug)
    if hours is None or not code:
        warn(request, _("Microsoft did not give permission. Nothing is read."))
        return redirect("community:hours_day", slug)
    secret = microsoft.secret_of(code, begun["verifier"])
    busy.begin(hours, kind=CalendarKind.MICROSOFT, secret=secret, host=str(CalendarKind.MICROSOFT.label))
    toast(request, _will_be_read())
    return redirect("community:hours_day", slug)


def _will_be_read() -> str:
    return _("Your calendar will be read within a few minutes, and every 15 minutes after that.")


@require_POST
def hours_calendar_end(request: PersonRequest, slug: str) -> HttpResponse:
    hours = access.get_own_hours(request.user, slug)
    if hours is not None:
        more = _("You can also remove the permission at Microsoft, under “Apps and services” of your account.")
        was_microsoft = hours.calendar_kind == CalendarKind.MICROSOFT
        busy.end(hours)
        words = _("Your calendar is no longer read. The access to it and everything read from it are deleted.")
        toast(request, words, more=more if was_microsoft else "")
    return redirect("community:hours_day", slug)
