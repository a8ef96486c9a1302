"""Which accounts of the company are added up where people stand beside “the company account”."""

from django.db.models import Exists, OuterRef

from analytics.channels.models import Account
from analytics.channels.pages_of_company import names_apart
from analytics.metrics.models import Metric, WeekTotal
from core.kit import page_cache
from programs.membership.models import Program


def summed_accounts(program: Program) -> list[str]:
    """Those with impressions by week; kept until what is published of them changes."""

    def look() -> list[str]:
        told = WeekTotal.objects.filter(program=program, account=OuterRef("pk"), metric=Metric.IMPRESSIONS)
        mine = Account.objects.filter(Exists(told), program=program, kind=Account.Kind.COMPANY)
        rows = mine.order_by("network", "source", "handle").values_list("pk", "network", "source", "handle")
        return list(names_apart(rows).values())

    return page_cache.taken((f"cells:{program.pk}", f"program:{program.pk}"), "company-accounts", look)
