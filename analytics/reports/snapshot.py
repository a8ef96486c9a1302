"""A month frozen: raw figures only, so that page, PDF and both languages are made from the same numbers.

Nothing in it is a person's: a told success is named by its number alone, so that it can be withdrawn. Texts are made
when somebody reads: a sentence is computed, never stored.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics.benefits.queries import for_report
from analytics.dashboards import beside_company, certainty, group_past
from analytics.dashboards.beside_company import every_times, times_of
from analytics.dashboards.charts import Scene, target_since
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS, index
from analytics.kpis.queries import Board, Point
from analytics.kpis.weeks import next_month, weeks_of
from analytics.reports import bringing, further
from analytics.reports.bringing import months_before
from analytics.reports.layouts import Block
from analytics.reports.planned import map_then, objectives_then
from analytics.reports.quarter_sums import quarter_then
from programs.membership.models import Program
from programs.phases.models import PhaseState
from programs.phases.queries import next_dates

VERSION = 8
MONTHS = 6
FIVE = ("activity_rate", "impressions", "interactions", "people_times", "value_mix")
NEXT = 4
TOLD, TOLD_MONTHS = 2, 2  # told successes, of that month and so many before
FROZEN = ("members_active", "engagement_rate", "time_budget", "phase_progress", *FIVE)
CHOSEN: dict[str, tuple[str, Callable[[Scene, date], Any]]] = {
    Block.OBJECTIVES: ("objectives", objectives_then),
    Block.AIMS: ("aims", map_then),
    Block.QUARTER: ("quarter_sum", quarter_then),
    Block.FORUM: ("forum", further.forum_then),
    Block.VOICE: ("voice", further.voice_then),
}  # what is frozen only where its block was chosen, and its name
OF_EVERYBODY = (
    Block.OBJECTIVES,
    Block.AIMS,
    Block.FORUM,
    Block.VOICE,
)  # of the program, which no generation has by itself


def freeze(scene: Scene, month: date, *, with_cost: bool = False, blocks: Collection[str] = ()) -> dict[str, Any]:
    """The figures of a month as plain data; the scene must not reach beyond it. The cost is in it where whoever freezes
    it says so: the budget is the lead's. So are the plans and the quarter's sum, where their blocks were chosen."""
    program, board = scene.program, scene.board
    known = [(start, value) for start, value in times_of(scene) if start <= month]
    return {
        "version": VERSION,
        "program": {"name": program.name, "company": program.company_name, "k": program.shown_from},
        "month": month.isoformat(),
        "until": _last_day(month).isoformat(),
        "members": _count(board, month),
        "five": [_figure(scene, kpi, month) for kpi in FIVE],
        "duel": _duel(scene, month),
        "times": [[start.isoformat(), str(value)] for start, value in known[-MONTHS:]],
        "impressions": _line("impressions", board.line("impressions"), month),
        "sure": _sure(scene, month),
        "allowance": _allowance(scene, month),
        "phases": _phases(scene),
        "next": _next(program, month),
        "cost": bringing.cost_of(scene, month) if with_cost else None,
        "goals": bringing.goals_of(scene, month),
        "before": bringing.before(scene, FIVE, month),
        "told": for_report(program, since=months_before(month, TOLD_MONTHS), until=_last_day(month), most=TOLD),
        "kinds": _line("value_mix", board.line("value_mix"), month),
        "generations": further.generations_of(scene, month),
        "formulas": _formulas(("share_of_voice",) if Block.VOICE in blocks else ()),
        "marks": _marks(scene, month),
        **({"generation": scene.generation.name} if scene.generation else {}),
        **{
            name: made(scene, month)
            for block, (name, made) in CHOSEN.items()
            if block in blocks and not (scene.generation and block in OF_EVERYBODY)
        },
    }


def _last_day(month: date) -> date:
    return weeks_of(month)[-1] + timedelta(days=6)


def _formulas(also: Collection[str]) -> list[dict[str, Any]]:
    """How each figure was calculated when the report was made: a changed formula never rewrites it."""
    return [
        {
            "kpi": kpi,
            "version": about.formula_version,
            **{text: about.texts[text] for text in ("name", "definition", "formula")},
        }
        for kpi, about in definitions().items()
        if kpi in FROZEN or kpi in also
    ]


def digest(data: dict[str, Any]) -> str:
    """The fingerprint of a snapshot: the same figures give the same one."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _at(line: list[Point], month: date) -> Point | None:
    return next((point for point in line if point.start_on == month), None)


def _text(point: Point | None) -> str | None:
    return str(point.value) if point is not None and point.is_shown and point.value is not None else None


def _count(board: Board, month: date) -> int | None:
    value = _text(_at(board.line("members_active"), month))
    return int(Decimal(value)) if value else None


def _line(kpi: str, points: list[Point], month: date) -> list[dict[str, Any]]:
    """The months of a picture, each with what was usual until then."""
    known = [point for point in points if point.start_on <= month][-MONTHS:]
    return [
        {
            "month": p.start_on.isoformat(),
            "state": p.state,
            "value": _text(p),
            "is_floor": bool(p.is_floor),
            "usual": _data(group_past.before(kpi, points, p)),
        }
        for p in known
    ]


def _data(found: group_past.GroupPast | None) -> dict[str, Any] | None:
    return found.as_data if found else None


def _sure(scene: Scene, month: date) -> dict[str, Any]:
    """What says how sure one can be: weeks, the company's own months, posts that are too few, what was paid for."""
    last = _last_day(month)
    first = last - timedelta(weeks=beside_company.WEEKS_SURE)
    people = [p for p in scene.line("engagement_rate", period="week") if first < p.start_on <= last]
    company = scene.company("engagement_rate", period="week")
    few = beside_company.few_in(scene, month)
    paid = beside_company.paid_until(scene, month)
    posts = _at(scene.board.line("value_mix"), month)
    return {
        "weeks": certainty.weeks_beside(people, company.values()).as_data,
        "few": [str(number) for number in few] if few else None,
        "paid": paid.as_data if paid else None,
        "is_apart": beside_company.is_apart(scene),
        "summed": list(scene.summed),
        "company": _company_month(scene, month),
        "posts": str(posts.below) if posts and posts.is_shown and posts.below is not None else None,
    }


def _company_month(scene: Scene, month: date) -> dict[str, Any] | None:
    """The company account's impressions beside its own months before."""
    known = {start: p.value for start, p in scene.company("impressions").items() if p.value is not None}
    if month not in known:
        return None
    found = group_past.before_month(sorted(known.items()), month)
    return {"value": str(known[month]), "usual": _data(found)}


def _figure(scene: Scene, kpi: str, month: date) -> dict[str, Any]:
    """One of the five figures: value, the month before, the target."""
    if kpi == "people_times":
        known = dict(times_of(scene))
        target = scene.targets.get("people_vs_company")
        point = _at(scene.board.line("engagement_rate"), month)
        return {
            "kpi": kpi,
            "state": point.state if point else "none",
            "value": str(known[month]) if month in known else None,
            "before": _previous_of(known, month),
            "usual": _data(group_past.before_month(every_times(scene), month)),
            "few": beside_company.few_in(scene, month) is not None,
            "target": str(target / 100) if target else None,
            "people": point.people if point else None,
            "is_floor": False,
        }
    line = scene.board.line(kpi)
    point = _at(line, month)
    before = _at(line, _before(month))
    if not FORMULAS[kpi].divides and point and before and not point.is_comparable(before):
        before = None
    target = scene.targets.get(kpi)
    return {
        "kpi": kpi,
        "state": point.state if point else "none",
        "value": _text(point),
        "before": _text(before),
        "usual": _data(group_past.before(kpi, line, point)) if point else None,
        "target": str(target) if target is not None else None,
        "target_since": start.isoformat() if (start := target_since(scene, kpi)) else None,
        "people": point.people if point else None,
        "is_floor": bool(point and point.is_floor),
    }


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _previous_of(known: dict[date, Decimal], month: date) -> str | None:
    value = known.get(_before(month))
    return str(value) if value is not None else None


def _duel(scene: Scene, month: date) -> list[dict[str, Any]]:
    """People and company per month as an index of the company's first month."""
    people = [p for p in scene.board.line("engagement_rate") if p.start_on <= month][-MONTHS:]
    company = scene.company("engagement_rate")
    base = next((company[p.start_on].value for p in people if p.start_on in company), None)
    rows = []
    for point in people:
        other = company.get(point.start_on)
        rows.append(
            {
                "month": point.start_on.isoformat(),
                "state": point.state,
                "people": _indexed(point, base),
                "company": _indexed(other, base) if other else None,
            }
        )
    return rows if base else []


def _indexed(point: Point, base: Decimal | None) -> str | None:
    if not point.is_shown:
        return None
    value = index(point.above or Decimal(0), point.below or Decimal(0), base)
    return None if value is None else str(value)


def _allowance(scene: Scene, month: date) -> dict[str, Any]:
    """Minutes of a person and week, and everybody's of the month as they are published."""
    point = _at(scene.board.line("time_budget"), month)
    minutes = str(point.above) if point and point.is_shown and point.above is not None else None
    return {"value": _text(point), "allowed": scene.program.weekly_minutes, "minutes": minutes}


def _phases(scene: Scene) -> dict[str, Any]:
    done, total = scene.items
    active = [p.title.texts for p in scene.begun if p.state == PhaseState.ACTIVE]
    return {"done": done, "total": total, "active": active[:2]}


def _marks(scene: Scene, month: date) -> list[dict[str, Any]]:
    """The notes on the time line as they are now, of the months that pictures show."""
    first = weeks_of(months_before(month, MONTHS - 1))[0]
    return [note.as_data for note in scene.notes if first <= note.on <= _last_day(month)]


def _next(program: Program, month: date) -> list[dict[str, Any]]:
    dates = next_dates(program, next_month(month), NEXT)
    return [{"on": each.on.isoformat(), "title": each.title.texts} for each in dates]
