"""The finding in one plain sentence. Each is a whole sentence in both languages, never glued from parts.

They take raw numbers, so that a page, a frozen report, a mail and a PDF say the same.
"""

from datetime import date
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.dashboards.words import month_name, said, times
from analytics.kpis.formulas import change
from core.kit.templatetags.ui import number, percent

SAME = Decimal("0.05")  # under 5 % a change is not worth a word


def duel(month: date, now: Decimal, first: date | None = None, before: Decimal | None = None) -> SafeString:
    """How people's posts do against the company account: interactions per impression."""
    if first is None or before is None or first == month or times(before) == times(now):
        return format_html(
            _(
                "In {month} people's posts drew <em>{times} times</em> as many interactions per impression "
                "as the company account."
            ),
            month=month_name(month),
            times=times(now),
        )
    return format_html(
        _(
            "In {month} people's posts drew <em>{times} times</em> as many interactions per impression "
            "as the company account. In {first} it was {before} times as many."
        ),
        month=month_name(month),
        times=times(now),
        first=month_name(first),
        before=times(before),
    )


def no_company() -> str:
    return _("Only people's posts are shown: the company page's export has not been imported yet.")


def grown(kpi: str, month: date, now: Decimal, before: Decimal | None) -> SafeString:
    """A sum of a month against the month before."""
    rate = change(before, now)
    words = {"month": month_name(month), "count": said(kpi, now)}
    if rate is None:
        text = {
            "impressions": _("{month} brought <em>{count}</em> impressions."),
            "interactions": _("{month} brought <em>{count}</em> interactions."),
        }[kpi]
    elif abs(rate) < SAME:
        text = {
            "impressions": _("{month} brought <em>{count}</em> impressions, about as many as the month before."),
            "interactions": _("{month} brought <em>{count}</em> interactions, about as many as the month before."),
        }[kpi]
    elif rate > 0:
        text = {
            "impressions": _("{month} brought <em>{count}</em> impressions, {change} more than the month before."),
            "interactions": _("{month} brought <em>{count}</em> interactions, {change} more than the month before."),
        }[kpi]
    else:
        text = {
            "impressions": _("{month} brought <em>{count}</em> impressions, {change} fewer than the month before."),
            "interactions": _("{month} brought <em>{count}</em> interactions, {change} fewer than the month before."),
        }[kpi]
    return format_html(text, change=percent(abs(rate or 0)), **words)


def mix(month: date, share: Decimal, target: Decimal | None, *, at_least: bool = False) -> SafeString:
    words = {"month": month_name(month), "share": percent(share)}
    if at_least:
        return format_html(_("In {month} at least <em>{share}</em> of the logged posts offered value."), **words)
    if target is None:
        return format_html(_("In {month} <em>{share}</em> of the logged posts offered value."), **words)
    if share >= target:
        text = _("In {month} <em>{share}</em> of the logged posts offered value; the aim is {target}.")
    else:
        text = _("In {month} <em>{share}</em> of the logged posts offered value, short of the aim of {target}.")
    return format_html(text, target=percent(target), **words)


def active(month: date, share: Decimal, *, at_least: bool) -> SafeString:
    words = {"month": month_name(month), "share": percent(share)}
    if at_least:
        return format_html(_("In {month} at least <em>{share}</em> of the group were active."), **words)
    return format_html(_("In {month} <em>{share}</em> of the group were active."), **words)


def allowance(month: date, spent: Decimal, allowed: int) -> SafeString:
    used = round(spent)
    return format_html(
        ngettext(
            "In {month} people used <em>{spent} minute</em> a week of the {allowed} agreed.",
            "In {month} people used <em>{spent} minutes</em> a week of the {allowed} agreed.",
            used,
        ),
        month=month_name(month),
        spent=number(used),
        allowed=number(allowed),
    )


def dialogue(month: date, share: Decimal) -> SafeString:
    return format_html(
        _("In {month} <em>{share}</em> of the interactions were comments."),
        month=month_name(month),
        share=percent(share),
    )


def labelled(month: date, share: Decimal) -> SafeString:
    return format_html(
        _("In {month} <em>{share}</em> of the posts that need a label had one."),
        month=month_name(month),
        share=percent(share),
    )


def members(count: int) -> SafeString:
    return format_html(
        ngettext("<em>{count} person</em> takes part.", "<em>{count} people</em> take part.", count),
        count=number(count),
    )


def generations(count: int, month: date) -> SafeString:
    return format_html(
        ngettext(
            "<em>{count} generation</em> in {month}.",
            "<em>{count} generations</em> side by side in {month}.",
            count,
        ),
        count=count,
        month=month_name(month),
    )


def phases(done: int, total: int) -> SafeString:
    return format_html(
        ngettext(
            "<em>{done} of {total}</em> checklist item is done in the phases that have begun.",
            "<em>{done} of {total}</em> checklist items are done in the phases that have begun.",
            total,
        ),
        done=number(done),
        total=number(total),
    )


def own_week(count: int) -> SafeString:
    return format_html(
        ngettext(
            "Your posts were seen <em>{count} time</em> in the last week of your import.",
            "Your posts were seen <em>{count} times</em> in the last week of your import.",
            count,
        ),
        count=number(count),
    )


def own_answers(count: int) -> SafeString:
    return format_html(
        ngettext(
            "They drew <em>{count} interaction</em> in the same week.",
            "They drew <em>{count} interactions</em> in the same week.",
            count,
        ),
        count=number(count),
    )


def own_mix(value: int, total: int) -> SafeString:
    return format_html(
        ngettext(
            "<em>{value} of {total}</em> post you logged offered value.",
            "<em>{value} of {total}</em> posts you logged offered value.",
            total,
        ),
        value=number(value),
        total=number(total),
    )


def lead(course: list[Decimal]) -> int:
    """Whether people's profiles have gained on the company account over these months (1), lost (-1) or neither: the
    one threshold for everything a report says about it."""
    if len(course) < 2 or abs(course[-1] - course[0]) < Decimal("0.1"):
        return 0
    return 1 if course[-1] > course[0] else -1


def is_ahead(value: Decimal) -> bool:
    """People's profiles get more than the company account, also as the number is written, to one place."""
    return round(value, 1) > 1


def heard(course: list[Decimal]) -> str:
    """The distance between people's profiles and the company account over the months, in words."""
    way = lead(course)
    if way > 0:
        if is_ahead(course[-1]):
            return _("People get more response: their lead over the company account has grown.")
        return _("People's profiles have moved closer to the company account.")
    if way < 0:
        if is_ahead(course[-1]) or round(course[-1], 1) == 1:
            return _("The company account has moved closer to people's profiles.")
        return _("The company account now gets more response than people's profiles.")
    return _("The gap between people's profiles and the company account is unchanged.")


def course(now: Decimal, first: date, before: Decimal) -> SafeString:
    """How far impressions have come over the months of a picture."""
    words = {"times": times(now / before), "first": month_name(first)}
    if now > before * Decimal("1.1"):
        return format_html(_("Impressions have grown to <em>{times} times</em> those of {first}."), **words)
    if now < before * Decimal("0.9"):
        return format_html(_("Impressions are at <em>{times} times</em> those of {first}."), **words)
    return format_html(_("Impressions are <em>at the same level</em> as in {first}."), **words)


def seen() -> str:
    return _("How often participants' posts were shown.")


def company_views(count: int) -> SafeString:
    return format_html(
        ngettext(
            "The company page was viewed <em>{count} time</em> in the last whole week.",
            "The company page was viewed <em>{count} times</em> in the last whole week.",
            count,
        ),
        count=number(count),
    )


def company_visitors(count: int) -> SafeString:
    return format_html(
        ngettext(
            "<em>{count} visitor</em> a day came to the company page in the last whole week.",
            "<em>{count} visitors</em> a day came to the company page in the last whole week.",
            count,
        ),
        count=number(count),
    )


def company_followers(count: int) -> SafeString:
    return format_html(
        ngettext(
            "<em>{count} person</em> follows the company account.",
            "<em>{count} people</em> follow the company account.",
            count,
        ),
        count=number(count),
    )


def company_gained(count: int) -> SafeString:
    return format_html(
        ngettext(
            "The company account gained <em>{count} new follower</em> in the last whole week.",
            "The company account gained <em>{count} new followers</em> in the last whole week.",
            count,
        ),
        count=number(count),
    )
