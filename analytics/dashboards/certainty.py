"""How sure one can be of a finding, in plain words above its picture: of how many weeks or months it is, how much they
differ anyway, and whether the company account went the same way. From published cells alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import quantiles
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.group_past import FEW, FEW_POSTS, LEAST, GroupPast, range_of
from analytics.dashboards.words import month_name, said, times
from analytics.kpis.formulas import ratio
from analytics.kpis.queries import Point
from core.kit.templatetags.ui import number, percent

ENOUGH_WEEKS = 8
WELL = Decimal("0.9")  # of the weeks on one side: that is no chance


@dataclass(frozen=True)
class WeeksBeside:
    """The weeks in which people and company are both known, with interactions enough to compare."""

    known: int
    ahead: int  # in which people got more response
    low: Decimal  # half of the weeks lie between these, as times of the company's response
    high: Decimal

    @property
    def as_data(self) -> dict[str, Any]:
        return {"known": self.known, "ahead": self.ahead, "low": str(self.low), "high": str(self.high)}


def of_frozen(sure: dict[str, Any] | None) -> str:
    """What a report froze of it; older ones do not know."""
    if sure is None:
        return ""
    data = sure["weeks"]
    return of_weeks(WeeksBeside(data["known"], data["ahead"], Decimal(data["low"]), Decimal(data["high"])))


def is_few(point: Point | None) -> bool:
    """So few interactions that a rate of them is chance; where they are not told apart nobody can say."""
    return point is not None and point.above is not None and point.above < FEW


def weeks_beside(people: Iterable[Point], company: Iterable[Point]) -> WeeksBeside:
    other = {point.start_on: point for point in company if point.value and not is_few(point)}
    found = [
        times_more
        for point in people
        if point.is_shown
        and point.value is not None
        and not is_few(point)
        and (beside := other.get(point.start_on)) is not None
        and (times_more := ratio(point.value, beside.value or Decimal(0))) is not None
    ]
    low, _middle, high = quantiles(found, n=4, method="inclusive") if len(found) > 1 else (Decimal(0),) * 3
    return WeeksBeside(len(found), sum(value > 1 for value in found), round(low, 2), round(high, 2))


def of_weeks(found: WeeksBeside) -> str:
    """How well the comparison with the company account is supported."""
    words = {
        "known": found.known,
        "ahead": found.ahead,
        "behind": found.known - found.ahead,
        "low": times(found.low),
        "high": times(found.high),
    }
    if found.known < ENOUGH_WEEKS:
        return _(
            "Too few weeks to tell how sure this is: both sides need %(least)s weeks of 30 interactions or more."
        ) % {"least": ENOUGH_WEEKS}
    if found.ahead >= found.known * WELL:
        return (
            _(
                "Well supported: in %(ahead)s of %(known)s weeks people's posts drew more response than the company "
                "account; in half of the weeks it was %(low)s to %(high)s times."
            )
            % words
        )
    if found.known - found.ahead >= found.known * WELL:
        return (
            _(
                "Well supported: in %(behind)s of %(known)s weeks the company account drew as much response as "
                "people's posts or more; in half of the weeks people's was %(low)s to %(high)s times as high."
            )
            % words
        )
    return (
        _(
            "Still uncertain: people's posts drew more response in %(ahead)s of %(known)s weeks; "
            "in half of the weeks it was %(low)s to %(high)s times the company account's."
        )
        % words
    )


def of_sum(
    kpi: str, now: Decimal, found: GroupPast | None, company: Decimal | None, company_found: GroupPast | None
) -> str:
    """How much months differ anyway, and what the company account did in the same month: where it went the same way,
    the network may have changed for everybody."""
    return " ".join(filter(None, (of_months(found), _company_too(kpi, now, found, company, company_found))))


def of_months(found: GroupPast | None) -> str:
    if found is None:
        return _("Too few months to tell: fewer than %(least)s months before have figures of as many people.") % {
            "least": LEAST
        }
    if found.swing is None:
        return ""
    return _("Half of the months before differ from their middle by %(swing)s or less.") % {
        "swing": percent(max(found.swing, Decimal("0.01")))
    }


def _company_too(
    kpi: str, now: Decimal, found: GroupPast | None, company: Decimal | None, company_found: GroupPast | None
) -> str:
    if company is None:
        return ""
    words = {"count": said(kpi, company)}
    if company_found is None:
        return _("The company account had %(count)s in the same month.") % words
    words["range"] = range_of(kpi, company_found)
    place = company_found.place_of(company)
    if place and found is not None and found.place_of(now) == place:
        return (
            _(
                "The company account went the same way (%(count)s, before %(range)s), so the network may have changed "
                "for everybody."
            )
            % words
        )
    return _("The company account had %(count)s in the same month, before %(range)s.") % words


def of_share(kpi: str, found: GroupPast | None, counted: Decimal | None = None) -> str:
    """What was usual; before it, where so few were counted that the share is chance, that nobody can tell."""
    words = []
    if counted is not None and kpi == "dialog_rate" and counted < FEW:
        words.append(_("Too few interactions to tell: only %(count)s were counted.") % {"count": number(counted, 0)})
    if counted is not None and kpi in ("value_mix", "topic_coverage", "label_rate") and counted < FEW_POSTS:
        words.append(_("Too few posts to tell: only %(count)s were logged.") % {"count": number(counted, 0)})
    if counted is not None and kpi == "share_of_voice" and counted < FEW:
        words.append(_("Too few mentions to tell: only %(count)s were counted.") % {"count": number(counted, 0)})
    if found is None:
        words.append(_("Too few months to tell what is usual."))
    else:
        told = {"months": found.months, "range": range_of(kpi, found), "middle": said(kpi, found.middle)}
        words.append(_("In the %(months)s months before it was %(range)s, in the middle %(middle)s.") % told)
    return " ".join(words)


def of_effect(found: GroupPast | None) -> str:
    if found is None:
        return ""
    return _(
        "A network that changes for everybody moves both sides; what remains is this distance. Half of the months "
        "before differ from their middle by %(swing)s or less."
    ) % {"swing": percent(max(found.swing or Decimal(0), Decimal("0.01")))}


def of_summed(names: Sequence[str]) -> str:
    """Of several accounts of the company that it is their sum; of one there is nothing to say."""
    if len(names) < 2:
        return ""
    words = _("The company account is the sum of %(count)s accounts, each with the whole weeks known of it: %(names)s.")
    return words % {"count": len(names), "names": ", ".join(names)}


def how_counted() -> str:
    """People's interactions and the company's are not the same number."""
    return _(
        "People's interactions are counted as their network reports them and may include clicks; the company account's "
        "are reactions, comments and reposts. Part of the distance may come from counting."
    )


@dataclass(frozen=True)
class PaidMonth:
    """The company's impressions in a month: paid for, and not."""

    month: date
    paid: Decimal
    organic: Decimal

    @property
    def as_data(self) -> dict[str, str]:
        return {"month": self.month.isoformat(), "paid": str(self.paid), "organic": str(self.organic)}


def paid_month_of(data: dict[str, str] | None) -> PaidMonth | None:
    if data is None:
        return None
    return PaidMonth(date.fromisoformat(data["month"]), Decimal(data["paid"]), Decimal(data["organic"]))


def of_paid(found: PaidMonth | None, *, is_apart: bool) -> str:
    """What the company paid for is no part of the comparison, where the network tells it apart."""
    if not is_apart:
        return _("The networks do not tell what the company paid for: paid posts are included in its figures.")
    if found is None or not found.paid:
        return _("The company account is compared without posts it paid for.")
    share = found.paid / (found.paid + found.organic)
    return _(
        "The company account is compared without posts it paid for; in %(month)s these had %(share)s of its "
        "impressions."
    ) % {"share": percent(share), "month": month_name(found.month)}
