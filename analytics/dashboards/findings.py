"""The smaller charts of the dashboard, in their order, three beside each other."""

from collections.abc import Callable

from analytics.dashboards import beside_company, business, charts, company, voice
from analytics.dashboards.charts import Scene
from core.kit.charts import Chart

Maker = Callable[[Scene], Chart | None]
MAKERS: tuple[Maker, ...] = (
    beside_company.effect,
    charts.impressions,
    charts.interactions,
    charts.mix,
    charts.activity,
    charts.dialogue,
    charts.time_budget,
    charts.posts,
    charts.growth,
    charts.potential,
    charts.score,
    charts.labelling,
    charts.topics,
    charts.requests,
    voice.voice_chart,
)


def rows_of(scene: Scene) -> list[list[Chart]]:
    """Those that have something to show; what the program brought to HR, sales and the website has a row of its own."""
    found = [chart for make in MAKERS if (chart := make(scene))]
    brought = business.charts_of(scene)
    return [*(found[start : start + 3] for start in range(0, len(found), 3)), *([brought] if brought else [])]


def of_company(scene: Scene) -> list[Chart]:
    """The company's own accounts: what it paid for, and what the networks tell of its pages. One query."""
    paid = beside_company.paid_chart(scene)
    return [*([paid] if paid else []), *company.charts_of(scene.program, scene.months, scene.within_days)]
