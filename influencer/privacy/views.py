import json
from typing import Any

from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.journal import services as journal
from core.journal.models import Kind
from core.people.requests import PersonRequest
from influencer.privacy import access
from influencer.privacy import map as privacy_map
from influencer.privacy.verbs import PrivacyVerb
from influencer.privacy.words import ABILITIES
from programs.consents import access as consents
from programs.consents import notices
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program, Role


def mine(request: PersonRequest, slug: str) -> HttpResponse:
    """What is stored about me: purpose, who sees it, how long; with the consents and the export."""
    program = membership.get_program(request.user, slug)
    context = {
        "program": program,
        "areas": access.stored_about(request.user),
        "granted": consents.granted(request.user, program),
        "purposes": notices.purposes(),
    }
    return render(request, "privacy/mine.html", context)


def export(request: PersonRequest) -> HttpResponse:
    """Everything stored about me as one JSON file."""
    tables = dict(access.export_about(request.user))
    content = {"exported_at": timezone.now(), "person": request.user.email, "tables": tables}
    journal.record_view(PrivacyVerb.EXPORTED, request.user, by=request.user)
    response = HttpResponse(
        json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def council(request: PersonRequest, slug: str) -> HttpResponse:
    """The whole configuration that touches people: thresholds, roles, purposes, the data catalogue."""
    program = membership.get_program(request.user, slug, Ability.SEE_CONFIGURATION)
    context = {
        "program": program,
        "settings": _settings_of(program),
        "roles": [(Role(role).label, abilities) for role, abilities in membership.ABILITIES_OF.items()],
        "abilities": ABILITIES,
        "purposes": notices.purposes(),
        "catalogue": [rule for rule in privacy_map.rules().values() if rule.fields],
        "may_see_log": membership.can(request.user, Ability.SEE_LOGS, program),
    }
    return render(request, "privacy/council.html", context)


def log(request: PersonRequest, slug: str) -> HttpResponse:
    """Who changed something and who looked at a report. Looking at this page is noted as well."""
    program = membership.get_program(request.user, slug, Ability.SEE_LOGS)
    kind = request.GET.get("kind", "")
    page = Paginator(access.journal_of(program, kind=kind), 50).get_page(request.GET.get("page"))
    rows = access.log_lines(program, page)
    journal.record_view(PrivacyVerb.LOG_VIEWED, program, by=request.user)
    choices = [("", _("everything")), *((value, label) for value, label in Kind.choices)]
    filters = [{"name": "kind", "label": _("What"), "choices": choices, "value": kind}]
    return render(request, "privacy/log.html", {"program": program, "page": page, "rows": rows, "filters": filters})


def _settings_of(program: Program) -> list[tuple[str, Any]]:
    return [
        (_("Country profile"), program.get_country_display()),
        (_("Smallest group shown (k)"), program.group_minimum),
        (_("Working time per week, in minutes"), program.weekly_minutes),
        (_("Ranking of persons"), _("does not exist")),
        (_("Posting in a person's name"), _("does not exist")),
        (_("Tracking of mails (opens, clicks)"), _("does not exist")),
    ]
