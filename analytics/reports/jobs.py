"""The month's report on its way to the executives."""

from datetime import timedelta

from django.utils import timezone

from analytics.reports import news
from analytics.reports.models import Report
from core.schedule.each import each

AFTER = timedelta(hours=1)  # so long whoever froze it can think again
UNTIL = timedelta(days=14)  # an older one is no news: after a standstill nobody gets a year of reports


def tell_months() -> None:
    """The newest edition of each month, frozen lately. Running it again, or twice at once, tells nobody twice."""
    now = timezone.now()
    rows = Report.objects.present().filter(made_at__gt=now - UNTIL, made_at__lte=now - AFTER)
    rows = rows.filter(program__archived_at=None).select_related("program")
    newest = rows.order_by("program", "month", "-edition").distinct("program", "month")
    each("reports.monthly", newest, news.tell_month, key=lambda report: report.pk)
