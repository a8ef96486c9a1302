"""Reports on their way to the people who get them."""

from datetime import timedelta

from django.utils import timezone

from analytics.reports import news
from analytics.reports.models import Report
from core.schedule.each import each

AFTER = timedelta(hours=1)  # so long whoever froze it can think again
UNTIL = timedelta(days=100)  # an older one is no news; a quarter with its day at the end of the next month is younger


def tell_months() -> None:
    """The newest edition of each month, once it is due. Running it again, or twice at once, tells nobody twice."""
    now = timezone.now()
    rows = Report.objects.present().filter(made_at__gt=now - UNTIL, made_at__lte=now - AFTER, of_generation=0)
    rows = rows.filter(program__archived_at=None).select_related("program")
    newest = rows.order_by("program", "month", "-edition").distinct("program", "month")
    each("reports.monthly", newest, news.tell_month, key=lambda report: report.pk)
