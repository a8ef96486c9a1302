from django.db.models import QuerySet
from django.urls import reverse

from analytics.channels.models import Account
from analytics.imports.models import ImportRun, RunState
from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program

BROUGHT = (RunState.APPLYING, RunState.APPLIED)


def _brought_in() -> "QuerySet[ImportRun, int]":
    runs = ImportRun.objects.filter(account__kind=Account.Kind.COMPANY, program=Blank("program"), state__in=BROUGHT)
    return runs.order_by().values_list("pk", flat=True)[:1]


BROUGHT_IN = Compiled(_brought_in)


def company_page(program: Program) -> tuple[bool, str]:
    """The company page's figures were brought in."""
    return bool(BROUGHT_IN.rows(program=program.pk)), reverse("analytics:import_new", args=[program.slug])
