"""What the program brought to HR, sales and the website, out of lists that were counted when they were imported."""

from collections.abc import Callable
from datetime import date

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.dashboards.charts import Scene, monthly
from analytics.dashboards.words import month_name, said
from core.kit.charts import Chart

WHAT: dict[str, Promise] = {
    "applications": gettext_lazy("Applications by way of employees or social networks, per month, in steps of five"),
    "hires": gettext_lazy("Hires by way of employees or social networks, per month, in steps of five"),
    "web_traffic": gettext_lazy("Visits to the website from links that name the program, per month, in steps of five"),
    "leads": gettext_lazy("Leads by way of employees or social networks, per month, in steps of five"),
}


def charts_of(scene: Scene) -> list[Chart]:
    """One for each that a list told of; none where a generation is chosen: nobody asks who came by whom."""
    return [
        monthly(scene, kpi, _sentence(kpi, shown[-1].start_on, said(kpi, shown[-1].value)), what=str(what))
        for kpi, what in WHAT.items()
        if (shown := scene.shown(kpi))
    ]


def _sentence(kpi: str, month: date, count: str) -> SafeString:
    text: Callable[[], str] = {
        "applications": lambda: _("{month} brought at least <em>{count}</em> applications."),
        "hires": lambda: _("{month} brought at least <em>{count}</em> hires."),
        "web_traffic": lambda: _("{month} brought at least <em>{count}</em> visits to the website."),
        "leads": lambda: _("{month} brought at least <em>{count}</em> leads."),
    }[kpi]
    return format_html(text(), month=month_name(month), count=count)
