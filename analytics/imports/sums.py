"""What the days of a file and its posts add up to, beside a small curve: whoever compares with the network sees what
is missing."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

from analytics.imports.models import ImportRun
from analytics.metrics.models import Metric, Segment
from core.kit.templatetags.ui import number

HEIGHT = 30
#: Where a network shows these figures itself, in the words of its own menus.
THERE = {
    "linkedin_profile": gettext_lazy("LinkedIn: your profile, Analytics, Post impressions"),
    "linkedin_post": gettext_lazy("LinkedIn: your post, View analytics"),
    "linkedin_company_content": gettext_lazy("LinkedIn: the page, Analytics, Content"),
    "linkedin_company_followers": gettext_lazy("LinkedIn: the page, Analytics, Followers"),
    "linkedin_company_visitors": gettext_lazy("LinkedIn: the page, Analytics, Visitors"),
    "x_content": gettext_lazy("X: Analytics, Content"),
    "x_overview": gettext_lazy("X: Analytics, Overview"),
    "meta_content": gettext_lazy("Meta Business Suite: Insights, Content"),
    "facebook_content": gettext_lazy("Meta Business Suite: Insights, Content"),
    "meta_chart": gettext_lazy("Meta Business Suite: Insights, Results"),
    "youtube_content": gettext_lazy("YouTube Studio: Analytics, Advanced mode"),
    "youtube_days": gettext_lazy("YouTube Studio: Analytics, Advanced mode"),
    "tiktok_videos": gettext_lazy("TikTok Studio: Analytics, Content"),
    "tiktok_overview": gettext_lazy("TikTok Studio: Analytics, Overview"),
    "tiktok_followers": gettext_lazy("TikTok Studio: Analytics, Followers"),
}
SHORTEST = 3  # points that make a curve


@dataclass(frozen=True)
class Sum:
    """One line to compare: the figure, its sum, over how many days, and its curve as points of a picture 100 wide."""

    label: str
    total: int
    days: str
    line: str
    area: str
    parts: list[tuple[str, str]]  # the curve in numbers: which days, and what they add up to


def there(run: ImportRun) -> str:
    """Where to look at the network; nothing for tables that are nobody's but one's own."""
    return str(THERE.get(run.kind, ""))


def rows(run: ImportRun) -> list[Sum]:
    return [_row(*told) for told in run.preview.get("totals", [])]


def _row(metric: str, total: int, days: int, curve: list[int], of: str = "day") -> Sum:
    told = ngettext("%(count)s day", "%(count)s days", days) % {"count": number(days)}
    if of == "post":
        told = ngettext("%(count)s post", "%(count)s posts", days) % {"count": number(days)}
    line = points(curve) if len(curve) >= SHORTEST else ""
    area = f"0,{HEIGHT} {line} 100,{HEIGHT}" if line else ""
    name, _, segment = metric.partition(":")
    label = str(Metric[name.upper()].label)
    if segment:
        label = f"{label} ({Segment[segment.upper()].label})"
    return Sum(capfirst(label), total, told, line, area, _parts(days, curve) if line else [])


def _parts(days: int, curve: list[int]) -> list[tuple[str, str]]:
    """Each point of the curve stands for as many days; the last one for what is left."""
    width = -(-days // len(curve))
    names = [(place * width + 1, min((place + 1) * width, days)) for place in range(len(curve))]
    return [
        (number(first) if first >= last else f"{number(first)}–{number(last)}", number(value))
        for (first, last), value in zip(names, curve, strict=True)
    ]


def points(curve: list[int]) -> str:
    low, high = min(0, *curve), max(curve)
    step, span = 100 / (len(curve) - 1), (high - low) or 1
    return " ".join(
        f"{i * step:.1f},{HEIGHT - (HEIGHT - 2) * (value - low) / span:.1f}" for i, value in enumerate(curve)
    )
