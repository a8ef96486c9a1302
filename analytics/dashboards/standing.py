"""Where a person's own accounts stand: followers, and people reached. Neither is added up over days or accounts."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from analytics.channels.models import Account
from analytics.metrics.models import Grain, Metric, Reading, Segment
from core.kit.templatetags.ui import day
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Standing:
    """The newest such figure of one account, with the days it stands for."""

    account: Account
    metric: int
    value: int
    first: date
    last: date

    @property
    def label(self) -> str:
        return _("Followers") if self.metric == Metric.FOLLOWERS_TOTAL else _("People reached")

    @property
    def days(self) -> str:
        if self.first == self.last:
            return day(self.last)
        return _("%(first)s to %(last)s") % {"first": day(self.first), "last": day(self.last)}


def standing_of(user: "User", program: Program) -> list[Standing]:
    """One query."""
    reached = Q(metric=Metric.MEMBERS_REACHED, grain=Grain.WINDOW)
    rows = (
        Reading.objects.filter(
            is_at_work(user, program, Purpose.OWN_FIGURES),
            reached | Q(metric=Metric.FOLLOWERS_TOTAL, grain=Grain.DAY),
            program=program,
            account__user=user,
            post=None,
            # said once more on its own, so that the index finds these two among years of other figures
            metric__in=(Metric.MEMBERS_REACHED, Metric.FOLLOWERS_TOTAL),
            segment=Segment.ALL,
        )
        .select_related("account")
        .order_by("account_id", "-metric", "-period_end", "period_start")
        .distinct("account_id", "metric")
    )
    return [
        Standing(row.account, row.metric, row.value, row.period_start, row.period_end - timedelta(days=1))
        for row in rows
    ]
