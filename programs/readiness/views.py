"""The survey for who leads the program: open it, share the link, read the result."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.kit import codes
from core.kit.form_pages import FormPage, form_page
from core.kit.templatetags.ui import day as as_day
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.consents.models import today_in
from programs.membership.access import Ability, can, get_program
from programs.readiness import access, queries, results, services
from programs.readiness.forms import RoundForm


@require_safe
def readiness(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.WRITE_REVIEWS)
    running, today = queries.running_round(program), today_in(program)
    context: dict[str, Any] = {
        "program": program,
        "running": running,
        "past": queries.past_rounds(program),
        "may_lead": can(request.user, Ability.MANAGE_PROGRAM, program),
        "earliest": services.earliest(program),
        "today": today,
        "enough": results.enough(program.group_minimum),
    }
    if running:
        address = reverse("programs:survey", args=[running.key])
        link = settings.SITE_URL + address
        context |= {"link": link, "code": codes.drawn(link)}
    return render(request, "programs/readiness/readiness.html", context)


@once
def readiness_open(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.MANAGE_PROGRAM)
    today, first = today_in(program), services.earliest(program)
    if first > today:
        warn(request, _too_soon(first))
        return redirect("programs:readiness", slug)
    form = RoundForm(request.POST if request.method == "POST" else None, opened_on=today, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            services.open_round(program, closes_on=form.cleaned_data["closes_on"], by=request.user)
        except services.TooSoon as error:
            warn(request, _too_soon(error.earliest))
        else:
            toast(request, _("The survey is open. Now share the link."))
        return redirect("programs:readiness", slug)
    page = FormPage(
        title=_("Open the survey"),
        lead=_(
            "Ten short questions, two minutes, no names. You get a link to share with everybody. After it ends, four "
            "weeks have to pass before the next one."
        ),
        submit=_("Open the survey"),
        up=_up(slug),
    )
    return form_page(request, form, page, program=program)


def readiness_move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    row = access.get_round(request.user, slug, pk)
    if row.closed_at:
        return _is_over(request, slug)
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        opened_on=row.opened_on,
        today=today_in(row.program),
        closes_on=row.closes_on,
    )
    if request.method == "POST" and form.is_valid():
        if not services.move(row, closes_on=form.cleaned_data["closes_on"], by=request.user):
            return _is_over(request, slug)
        toast(request, _("Saved."))
        return redirect("programs:readiness", slug)
    return form_page(request, form, FormPage(title=_("Last day to answer"), up=_up(slug)), program=row.program)


def readiness_close(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first: it cannot be opened again."""
    row = access.get_round(request.user, slug, pk)
    if row.closed_at:
        return _is_over(request, slug)
    if request.method == "POST":
        services.close(row, by=request.user)
        toast(request, _("The survey is closed."))
        return redirect("programs:readiness", slug)
    context = {"program": row.program, "enough": results.enough(row.program.group_minimum)}
    return render(request, "programs/readiness/readiness_close.html", context)


def _is_over(request: PersonRequest, slug: str) -> HttpResponse:
    """A second click, or somebody else was faster: it is done, and nothing is lost."""
    toast(request, _("The survey is closed."))
    return redirect("programs:readiness", slug)


def _too_soon(earliest: date | None) -> str:
    if earliest is None:
        return _("A survey is open already.")
    told = _("The next survey can open on %(day)s. Leave at least four weeks between surveys.")
    return told % {"day": as_day(earliest, "long")}


def _up(slug: str) -> list[tuple[str, str]]:
    return [(_("Readiness"), reverse("programs:readiness", args=[slug]))]
