"""The demo's strategy map: how one thing leads to another; and the objectives of the quarter."""

from decimal import Decimal
from typing import Any

from analytics.scorecard import services, services_objectives
from analytics.scorecard.models import StrategyAim, StrategyLine
from analytics.scorecard.quarters import quarter_of
from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo


def load(demo: Demo) -> None:
    language = texts.company(demo.company)["language"]
    told = texts.read("scorecard")
    known: dict[str, StrategyAim] = {}
    for row in told["aims"]:
        known[row["key"]] = services.add_aim(
            demo.program,
            text=in_language(row["text"], language),
            perspective=row["perspective"],
            kpi=row["kpi"],
            feeds=[known[key] for key in row.get("feeds", [])],
            by=demo.manager,
        )
    for row in told["proven"]:
        line = StrategyLine.objects.get(source=known[row["from"]], goal=known[row["to"]])
        services.edit_line(line, is_proven=True, why=in_language(row["why"], language), by=demo.manager)
    for place, row in enumerate(told["objectives"], start=1):
        text = in_language(row["text"], language)
        quarter = quarter_of(demo.today)
        objective = services_objectives.add_objective(
            demo.program, quarter=quarter, text=text, place=place, by=demo.manager
        )
        for number, each in enumerate(row["results"], start=1):
            _result(demo, objective, each, number, language)


def _result(demo: Demo, objective: Any, row: dict[str, Any], place: int, language: str) -> None:
    result = services_objectives.add_result(
        objective,
        text=in_language(row["text"], language),
        kpi=row["kpi"],
        unit=in_language(row["unit"], language) if "unit" in row else "",
        start=Decimal(row["start"]) if "start" in row else None,
        target=Decimal(row["target"]),
        place=place,
        by=demo.manager,
    )
    if "said" in row:
        words = {"outlook": row["outlook"], "text": in_language(row["said"], language)}
        services_objectives.check_in(result, value=Decimal(row["value"]), by=demo.manager, **words)
