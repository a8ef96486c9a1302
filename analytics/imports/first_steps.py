from django.urls import reverse

from analytics.channels.models import Account
from analytics.imports.models import ImportRun, RunState
from programs.membership.models import Program

BROUGHT = (RunState.APPLYING, RunState.APPLIED)


def company_page(program: Program) -> tuple[bool, str]:
    """The company page's figures were brought in."""
    runs = ImportRun.objects.filter(account__kind=Account.Kind.COMPANY, program=program, state__in=BROUGHT)
    return runs.exists(), reverse("analytics:import_new", args=[program.slug])
