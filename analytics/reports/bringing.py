"""What a program takes, what its goals show, and how it was a quarter and a year before: frozen beside the figures.

Every number of people is a published cell; what is hidden there is hidden here.
"""

from datetime import date
from typing import Any

from analytics.dashboards.beside_company import times_of
from analytics.dashboards.charts import Scene
from analytics.kpis.cost import Spending, company_spending, people_spending
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS
from analytics.kpis.queries import Point

MONTHS_BEFORE = {"quarter": 3, "year": 12}
ANOTHER_GROUP = "another_group"  # a sum of more people is no growth


def cost_of(scene: Scene, month: date) -> dict[str, Any] | None:
    """The charter's budget in two sums, as it is on the day, and what to divide it by; nothing where there is none.
    Beside it what the company account took, of the months of which that is known."""
    people = people_spending(scene.program, scene.board, month)
    if people is None:
        return None
    company = company_spending(scene.program, scene.board, month)
    return {
        "planned": str(people.planned),
        "actual": str(people.amount),
        "currency": people.currency,
        "impressions": None if people.impressions is None else str(people.impressions),
        "since": people.since.isoformat() if people.since else None,
        "company": _company_cost(company) if company else None,
    }


def _company_cost(found: Spending) -> dict[str, Any]:
    days = {name: day.isoformat() for name, day in (("since", found.since), ("until", found.until)) if day}
    return {"amount": str(found.amount), "currency": found.currency, "impressions": str(found.impressions), **days}


def goals_of(scene: Scene, month: date) -> list[dict[str, Any]]:
    """The program's goals, each with its figures in that month and what is aimed at."""
    known = definitions()
    return [
        {"text": goal.text, "figures": [_goal_figure(scene, kpi, month) for kpi in goal.figures if kpi in known]}
        for goal in scene.program.goals.all()
    ]


def before(scene: Scene, kpis: tuple[str, ...], month: date) -> list[dict[str, Any]]:
    """Each figure three months and a year before."""
    times = dict(times_of(scene))
    rows = []
    for kpi in kpis:
        line = {p.start_on: p for p in scene.board.line("engagement_rate" if kpi == "people_times" else kpi)}
        row: dict[str, Any] = {"kpi": kpi}
        for name, months in MONTHS_BEFORE.items():
            then = months_before(month, months)
            if kpi == "people_times":
                value = times.get(then)
                state = line[then].state if then in line else "none"
                row[name] = {"state": state, "value": None if value is None else str(value), "is_floor": False}
            else:
                row[name] = _then(kpi, line.get(then), line.get(month))
        rows.append(row)
    return rows


def months_before(month: date, months: int) -> date:
    """The first day of the month so many months before."""
    years, place = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(years, place + 1, 1)


def _goal_figure(scene: Scene, kpi: str, month: date) -> dict[str, Any]:
    point = next((p for p in scene.board.line(kpi) if p.start_on == month), None)
    target = scene.targets.get(kpi)
    return {"kpi": kpi, "target": None if target is None else str(target), **_told(point)}


def _then(kpi: str, point: Point | None, now: Point | None) -> dict[str, Any]:
    formula = FORMULAS.get(kpi)
    if point and now and formula and not formula.divides and not now.is_comparable(point):
        return {"state": ANOTHER_GROUP, "value": None, "is_floor": False}
    return _told(point)


def _told(point: Point | None) -> dict[str, Any]:
    if point is None:
        return {"state": "none", "value": None, "is_floor": False}
    value = str(point.value) if point.is_shown and point.value is not None else None
    return {"state": point.state, "value": value, "is_floor": point.is_floor}
