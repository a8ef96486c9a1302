from tempfile import TemporaryFile
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.journal import services as journal
from core.kit.exports import FORMATS, download
from core.lists.listing import Listing
from core.lists.views import show_list
from core.people.requests import PersonRequest
from influencer.privacy import decisions as gate_decisions
from influencer.privacy import export as exporting
from influencer.privacy import lists, log_pdf, mine_page
from influencer.privacy import log as logs
from influencer.privacy import map as privacy_map
from influencer.privacy.verbs import PrivacyVerb
from influencer.privacy.words import ABILITIES
from programs.consents import access as consents
from programs.consents import notices
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program, Role
from programs.membership.words import ROLES

MOST_EXPORTED = 20_000


def mine(request: PersonRequest, slug: str) -> HttpResponse:
    """What is stored about me: purpose, who sees it, how long; my rights, the consents and the export. Whoever has left
    keeps this page as long as anything is kept."""
    program = consents.get_own_program(request.user, slug)
    return render(request, "privacy/mine.html", {"program": program} | mine_page.of(request.user, program))


@require_safe
def export(request: PersonRequest) -> HttpResponseBase:
    """Everything stored about me as one ZIP file, for people and for programs."""
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it when it is sent
    exporting.write(request.user, file)
    file.seek(0)
    journal.record_view(PrivacyVerb.EXPORTED, request.user, by=request.user)
    response = FileResponse(file, as_attachment=True, filename=_("my-data.zip"), content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@require_safe
def left(request: PersonRequest) -> HttpResponse:
    """For everybody who is in no program any more: what may still be there, and the way to it. The same for all."""
    return render(request, "privacy/left.html")


def council(request: PersonRequest, slug: str) -> HttpResponse:
    """The whole configuration that touches people: thresholds, roles, purposes, the data catalogue."""
    program = membership.get_program(request.user, slug, Ability.SEE_CONFIGURATION)
    context = {
        "program": program,
        "settings": _settings_of(program),
        "roles": [(Role(role).label, abilities) for role, abilities in membership.ABILITIES_OF.items()],
        "abilities": ABILITIES,
        "about_roles": [(Role(role).label, about) for role, about in ROLES.items()],
        "purposes": notices.every(),
        "catalogue": [rule for rule in privacy_map.rules().values() if rule.fields],
        "may_see_log": membership.can(request.user, Ability.SEE_LOGS, program),
    }
    return render(request, "privacy/council.html", context)


def log(request: PersonRequest, slug: str) -> HttpResponse:
    """Who of the team changed what, and who looked at a report. A look at this page is noted once in a quarter of an
    hour, and stands apart for its reader. `?as=csv`, `xlsx` or `pdf` downloads what the filters show."""
    program = membership.get_program(request.user, slug, Ability.SEE_LOGS)
    of, entries = lists.log(program), logs.entries_of(program, reader=request.user)
    listing = Listing(of, request.GET, entries, path=request.path)
    kind = request.GET.get("as", "")
    if kind in (*FORMATS, "pdf"):
        journal.record_view(PrivacyVerb.LOG_EXPORTED, program, by=request.user)
        table = logs.table_of(program, list(listing.rows[:MOST_EXPORTED]))
        return log_pdf.download(table, program, request.user) if kind == "pdf" else download(table, kind)
    own = logs.own_looks(program, request.user, int(listing.chosen["days"]))
    context = {"program": program, "own": own, "files": {"csv": "CSV", "xlsx": "Excel", "pdf": "PDF"}}
    response = show_list(request, of, entries, "privacy/log.html", context)
    if response.status_code == 200 and not logs.has_just_looked(own):
        journal.record_view(PrivacyVerb.LOG_VIEWED, program, by=request.user)
    return response


def decisions(request: PersonRequest, slug: str) -> HttpResponse:
    """Which figures of groups were shown on which basis, and which were held back and why."""
    program = membership.get_program(request.user, slug, Ability.SEE_LOGS)
    of, cells = gate_decisions.listed(program), gate_decisions.decisions_of(program)
    return show_list(request, of, cells, "privacy/decisions.html", {"program": program, "k": program.shown_from})


def decisions_past(request: PersonRequest, slug: str) -> HttpResponse:
    """The same over the last twelve months: what changed when, and why."""
    program = membership.get_program(request.user, slug, Ability.SEE_LOGS)
    of, rows = gate_decisions.past(program), gate_decisions.history_of(program)
    return show_list(request, of, rows, "privacy/decisions_past.html", {"program": program})


def _settings_of(program: Program) -> list[tuple[str, Any]]:
    return [
        (_("Country profile"), program.get_country_display()),
        (_("Smallest group shown (k)"), program.group_minimum),
        (_("People behind a figure, at least"), program.shown_from),
        (_("Working time per week, in minutes"), program.weekly_minutes),
        (_("Ranking of people"), _("does not exist")),
        (_("Posting in a person's name"), _("does not exist")),
        (_("Email tracking (opens, clicks)"), _("does not exist")),
    ]
