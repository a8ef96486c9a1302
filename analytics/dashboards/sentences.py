"""The finding in one plain sentence. Each is a whole sentence in both languages, never glued from parts.

They take raw numbers, so that a page, a frozen report, a mail and a PDF say the same.
"""

from datetime import date
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.dashboards.group_past import GroupPast, range_of
from analytics.dashboards.words import month_name, said, times
from core.kit.templatetags.ui import number, percent


def duel(month: date, now: Decimal, found: GroupPast | None = None) -> SafeString:
    """How people's posts do against the company account: interactions per impression. Beside it how it was in the
    months before, never one of them alone."""
    words = {"month": month_name(month), "times": times(now)}
    if found is None:
        return format_html(
            _(
                "In {month} people's posts drew <em>{times} times</em> as many interactions per impression "
                "as the company account."
            ),
            **words,
        )
    if times(found.low) == times(found.high):
        text = _(
            "In {month} people's posts drew <em>{times} times</em> as many interactions per impression "
            "as the company account. In each of the {months} months before it was {middle} times."
        )
    else:
        text = _(
            "In {month} people's posts drew <em>{times} times</em> as many interactions per impression "
            "as the company account. In the {months} months before it was {low} to {high} times, "
            "in the middle {middle}."
        )
    numbers = {"low": times(found.low), "middle": times(found.middle), "high": times(found.high)}
    return format_html(text, months=found.months, **words, **numbers)


def no_company() -> str:
    return _("Only people's posts are shown: the company page's export has not been imported yet.")


def sum_alone(kpi: str, month: date, now: Decimal) -> SafeString:
    """A sum of a month, where nothing is known to hold beside it."""
    text = {
        "impressions": _("{month} brought <em>{count}</em> impressions."),
        "interactions": _("{month} brought <em>{count}</em> interactions."),
    }[kpi]
    return format_html(text, month=month_name(month), count=said(kpi, now))


def sum_beside(kpi: str, month: date, now: Decimal, found: GroupPast | None) -> SafeString:
    """A sum of a month beside the months before it. One month against the next would say nothing: a network changes
    for everybody, and months swing."""
    if found is None:
        return sum_alone(kpi, month, now)
    is_seen = kpi == "impressions"
    place = found.place_of(now)
    if place > 0:
        text = (
            _("{month} brought <em>{count}</em> impressions, more than any of the {months} months before ({range}).")
            if is_seen
            else _(
                "{month} brought <em>{count}</em> interactions, more than any of the {months} months before ({range})."
            )
        )
    elif place < 0:
        text = (
            _("{month} brought <em>{count}</em> impressions, fewer than any of the {months} months before ({range}).")
            if is_seen
            else _(
                "{month} brought <em>{count}</em> interactions, fewer than any of the {months} months before ({range})."
            )
        )
    else:
        text = (
            _("{month} brought <em>{count}</em> impressions, within the range of the {months} months before ({range}).")
            if is_seen
            else _(
                "{month} brought <em>{count}</em> interactions, within the range of the {months} months before "
                "({range})."
            )
        )
    words = {"month": month_name(month), "count": said(kpi, now), "range": range_of(kpi, found)}
    return format_html(text, months=found.months, **words)


def reach_placed(now: Decimal | None, found: GroupPast | None) -> str:
    """The same above a picture that shows the months themselves."""
    if found is None or now is None:
        return _("How often participants' posts were shown.")
    place = found.place_of(now)
    if place > 0:
        return _("Participants' posts were shown more often than in any of the months before.")
    if place < 0:
        return _("Participants' posts were shown less often than in any of the months before.")
    return _("Participants' posts were shown about as often as in the months before.")


def effect(now: Decimal, found: GroupPast | None) -> str:
    """Above the picture of how people did against the company account, month by month."""
    if found is None:
        return _("There are too few months to tell whether people's lead over the company account has changed.")
    place = 0 if times(found.low) == times(now) or times(found.high) == times(now) else found.place_of(now)
    if place > 0:
        text = _(
            "Against the company account, people got <em>more</em> response than in any of the {months} months before."
        )
    elif place < 0:
        text = _(
            "Against the company account, people got <em>less</em> response than in any of the {months} months before."
        )
    else:
        text = _(
            "Against the company account, people's response is <em>within the range</em> of the {months} months before."
        )
    return format_html(text, months=found.months)


def too_few(month: date, people: Decimal, company: Decimal) -> SafeString:
    """A comparison of a handful of interactions is chance."""
    return format_html(
        _(
            "In {month} there were <em>too few posts to tell</em>: people's posts drew {people} interactions, "
            "those of the company account {company}."
        ),
        month=month_name(month),
        people=number(people, 0),
        company=number(company, 0),
    )


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


def labelled(month: date, share: Decimal, *, at_least: bool = False) -> SafeString:
    words = {"month": month_name(month), "share": percent(share)}
    if at_least:
        return format_html(_("In {month} at least <em>{share}</em> of the posts that need a label had one."), **words)
    return format_html(_("In {month} <em>{share}</em> of the posts that need a label had one."), **words)


def on_topic(month: date, share: Decimal, *, at_least: bool = False) -> SafeString:
    words = {"month": month_name(month), "share": percent(share)}
    if at_least:
        text = _("In {month} at least <em>{share}</em> of the logged posts had a topic of the program.")
        return format_html(text, **words)
    return format_html(_("In {month} <em>{share}</em> of the logged posts had a topic of the program."), **words)


def asked(month: date, count: Decimal) -> SafeString:
    return format_html(
        _("In {month} media and organizers asked <em>{count}</em> times for an interview, a talk or an article."),
        month=month_name(month),
        count=said("speaker_requests", count),
    )


def posts(month: date, each: Decimal) -> SafeString:
    return format_html(
        _("In {month} there were <em>{each}</em> posts and comments for each active person."),
        month=month_name(month),
        each=said("posts_per_active", each),
    )


def growth(month: date, share: Decimal) -> SafeString:
    return format_html(
        _("In {month} participants' followers grew by <em>{share}</em>."),
        month=month_name(month),
        share=said("network_growth", share),
    )


def potential(month: date, count: Decimal) -> SafeString:
    return format_html(
        _("At the end of {month} participants had at least <em>{count}</em> followers together, as potential only."),
        month=month_name(month),
        count=said("potential_reach", count),
    )


def score(month: date, mean: Decimal, before: Decimal | None) -> SafeString:
    words = {"month": month_name(month), "mean": said("social_selling", mean)}
    if before is None:
        return format_html(
            _("In {month} the Social Selling Index entered was <em>{mean}</em> of 100 on average."), **words
        )
    change = round(mean - before)
    words["change"] = f"{change:+d}".replace("-", "\N{MINUS SIGN}") if change else "±0"
    text = _(
        "In {month} the Social Selling Index entered was <em>{mean}</em> of 100 on average, {change} on the month "
        "before."
    )
    return format_html(text, **words)


def voice(month: date, share: Decimal) -> SafeString:
    return format_html(
        _("In {month} <em>{share}</em> of the mentions counted were about our own company."),
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


def company_paid(month: date, organic: Decimal, paid: Decimal) -> SafeString:
    whole = organic + paid
    if not paid or not whole:
        return format_html(
            _("In {month} the company account's posts were shown without advertising."), month=month_name(month)
        )
    return format_html(
        _("In {month} <em>{share}</em> of the company account's impressions were paid for."),
        month=month_name(month),
        share=percent(paid / whole),
    )
