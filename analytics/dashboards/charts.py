"""The findings of the dashboard: sentence, picture and table, from published cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards import sentences
from analytics.dashboards.words import drawn, month_label, reason, said, said_point, week_label
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import index, ratio
from analytics.kpis.queries import Board, Point
from analytics.kpis.weeks import weeks_of
from core.kit.templatetags.ui import day, number, percent
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.models import Phase, PhaseState

Chart = dict[str, Any]


@dataclass
class Scene:
    """Everything the findings are made from; asked once per page."""

    program: Program
    board: Board
    targets: dict[str, Decimal]
    months: int = 6
    generation: Generation | None = None
    phases: Sequence[Phase] = ()
    generations: Sequence[Generation] = field(default_factory=list)
    method_url: str = ""

    @property
    def chosen(self) -> int | None:
        return self.generation.pk if self.generation else None

    def line(self, kpi: str, **more: Any) -> list[Point]:
        return self.board.line(kpi, self.chosen, **more)

    def recent(self, kpi: str) -> list[Point]:
        """The months of the chosen period in which the group existed."""
        return self.line(kpi)[-self.months :]

    @property
    def begun(self) -> list[Phase]:
        """Phases that are active or finished."""
        return [phase for phase in self.phases if phase.state in (PhaseState.ACTIVE, PhaseState.FINISHED)]

    @property
    def items(self) -> tuple[int, int]:
        """Checklist items done, and all that apply, in the phases that have begun."""
        return (
            sum(getattr(phase, "done", 0) for phase in self.begun),
            sum(getattr(phase, "total", 0) for phase in self.begun),
        )

    def shown(self, kpi: str) -> list[Point]:
        return [point for point in self.recent(kpi) if point.is_shown]


def cell(kpi: str, point: Point | None, k: int) -> dict[str, Any]:
    """What is drawn, and what is said: the words of the sentence, the bar and the table are the same."""
    if point is None:
        return {"value": None, "display": ""}
    if not point.is_shown:
        return {"hidden": True, "reason": reason(point.state, k)}
    return {"value": drawn(kpi, point.value), "display": said_point(kpi, point)}


def source(points: Sequence[Point]) -> str:
    """How many people stand behind the newest figure at least, and until when it counts."""
    last = points[-1]
    until = day(weeks_of(last.start_on)[-1] + timedelta(days=6))
    if last.people:
        return _("%(people)s+ people, until %(day)s") % {"people": number(last.people), "day": until}
    return _("Until %(day)s") % {"day": until}


def _monthly(scene: Scene, kpi: str, sentence: str, *, what: str, **more: Any) -> Chart:
    """One bar per month; hidden ones are hatched."""
    points = scene.recent(kpi)
    k = scene.program.group_minimum
    return {
        "id": kpi.replace("_", "-"),
        "kind": "bars",
        "size": "s",
        "sentence": sentence,
        "what": what,
        "columns": [_("Month"), definitions()[kpi].name],
        "rows": [{"label": month_label(p.start_on), "cells": [cell(kpi, p, k)]} for p in points],
        "unit": "%" if definitions()[kpi].unit == "ratio" else "",
        "source": source(scene.shown(kpi)),
        "quality": definitions()[kpi].badge,
        **_target(scene, kpi),
        **more,
    }


def _two(points: Sequence[Point]) -> tuple[Point, Point | None]:
    """The newest figure and the one of the month just before it."""
    now = points[-1]
    before = points[-2] if len(points) > 1 else None
    if before and (now.start_on - before.start_on).days > 31:
        before = None
    return now, before


def impressions(scene: Scene) -> Chart | None:
    return _sum(scene, "impressions", _("Impressions per month"))


def interactions(scene: Scene) -> Chart | None:
    return _sum(scene, "interactions", _("Interactions per month, as reported"))


def _sum(scene: Scene, kpi: str, what: str) -> Chart | None:
    points = scene.shown(kpi)
    if not points:
        return None
    now, before = _two(points)
    sentence = sentences.grown(kpi, now.start_on, now.value or Decimal(0), before.value if before else None)
    return _monthly(scene, kpi, sentence, what=what)


def activity(scene: Scene) -> Chart | None:
    points = scene.shown("activity_rate")
    if not points:
        return None
    now = points[-1]
    sentence = sentences.active(now.start_on, now.value or Decimal(0), at_least=now.is_floor)
    return _monthly(scene, "activity_rate", sentence, what=_("Share of the group with an activity"))


def _target(scene: Scene, kpi: str) -> dict[str, Any]:
    target = scene.targets.get(kpi)
    if target is None:
        return {}
    return {"target": drawn(kpi, target), "target_label": _("Target %(value)s") % {"value": said(kpi, target)}}


def time_budget(scene: Scene) -> Chart | None:
    points = scene.shown("time_budget")
    if not points:
        return None
    sentence = sentences.allowance(points[-1].start_on, points[-1].value or Decimal(0), scene.program.weekly_minutes)
    return _monthly(scene, "time_budget", sentence, what=_("Minutes a week, mean of those with an entry"))


def dialogue(scene: Scene) -> Chart | None:
    points = scene.shown("dialog_rate")
    if not points:
        return None
    sentence = sentences.dialogue(points[-1].start_on, points[-1].value or Decimal(0))
    return _monthly(
        scene,
        "dialog_rate",
        sentence,
        what=_("Comments among all interactions"),
    )


def labelling(scene: Scene) -> Chart | None:
    points = scene.shown("label_rate")
    if not points:
        return None
    sentence = sentences.labelled(points[-1].start_on, points[-1].value or Decimal(0))
    return _monthly(
        scene,
        "label_rate",
        sentence,
        what=_("Labelled posts among those that need a label"),
    )


def mix(scene: Scene) -> Chart | None:
    """Value and promotional, as parts of a whole with the aim as a line."""
    points = scene.shown("value_mix")
    if not points:
        return None
    now, target = points[-1], scene.targets.get("value_mix")
    k = scene.program.group_minimum
    rows = []
    for point in scene.recent("value_mix"):
        if point.is_shown and point.value is not None:
            shares = [point.value, 1 - point.value]
            cells: list[dict[str, Any]] = [
                {"value": drawn("value_mix", share), "display": percent(share)} for share in shares
            ]
        else:
            cells = [{"hidden": True, "reason": reason(point.state, k)}] * 2
        rows.append({"label": month_label(point.start_on), "cells": cells})
    return {
        "id": "value-mix",
        "kind": "stack",
        "size": "s",
        "sentence": sentences.mix(now.start_on, now.value or Decimal(0), target),
        "columns": [_("Month"), _("Value"), _("Promotional")],
        "rows": rows,
        "unit": "%",
        "source": source(points),
        "quality": definitions()["value_mix"].badge,
        **_target(scene, "value_mix"),
    }


def duel(scene: Scene) -> Chart | None:
    """People's profiles against the company account per week, with the starts of phases as marks."""
    people = scene.line("engagement_rate", period="week")[-_weeks(scene.months) :]
    if not any(point.is_shown for point in people):
        return None
    company = {p.start_on: p for p in scene.board.line("engagement_rate", period="week", series="company")}
    first = next((company[p.start_on] for p in people if p.start_on in company and company[p.start_on].value), None)
    base = first.value if first else next((p.value for p in people if p.is_shown and p.value), None)
    k = scene.program.group_minimum
    rows = []
    for point in people:
        cells = [_indexed(point, base, k)]
        if first:
            cells.append(_indexed(company.get(point.start_on), base, k))
        rows.append({"label": week_label(point.start_on), "cells": cells})
    columns = [_("Week"), _("People's profiles"), *([_("Company account")] if first else [])]
    return {
        "id": "duel",
        "kind": "duel" if first else "lines",
        "size": "l",
        "sentence": _duel_sentence(scene),
        "what": _duel_what(first, people),
        "columns": columns,
        "rows": rows,
        "marks": marks(scene, {point.start_on: week_label(point.start_on) for point in people}),
        "source": _duel_source(people),
        "quality": "imported",
        "method_url": scene.method_url,
    }


def _weeks(months: int) -> int:
    return {3: 13, 6: 26}.get(months, 52)


def _indexed(point: Point | None, base: Decimal | None, k: int) -> dict[str, Any]:
    if point is None:
        return {"value": None, "display": ""}
    if not point.is_shown:
        return {"hidden": True, "reason": reason(point.state, k)}
    value = index(point.above or Decimal(0), point.below or Decimal(0), base)
    return {"value": None if value is None else f"{value:.1f}", "display": number(value, 0)}


def times_of(scene: Scene) -> list[tuple[date, Decimal]]:
    """How many times the company's rate people's posts reach, in the months where both are known."""
    company = {p.start_on: p for p in scene.board.line("engagement_rate", series="company")}
    return [
        (point.start_on, times)
        for point in scene.shown("engagement_rate")
        if (other := company.get(point.start_on)) is not None
        and point.value is not None
        and other.value
        and (times := ratio(point.value, other.value)) is not None
    ]


def _duel_sentence(scene: Scene) -> str:
    known = times_of(scene)
    if not known:
        return sentences.no_company()
    return sentences.duel(*known[-1], *known[0])


def _duel_what(first: Point | None, people: Sequence[Point]) -> str:
    if first is None:
        return _("Interactions per impression and week, index: 100 is the first week shown")
    return _("Interactions per impression and week, index: 100 is the company account in %(week)s") % {
        "week": week_label(first.start_on)
    }


def _duel_source(people: Sequence[Point]) -> str:
    last = [point for point in people if point.is_shown][-1]
    return _(
        "At least %(people)s people and the company page, until %(day)s; people's interactions as LinkedIn reports them"
    ) % {"people": number(last.people or 0), "day": day(last.start_on + timedelta(days=6))}


def marks(scene: Scene, labels: dict[date, str]) -> list[dict[str, str]]:
    """Phases and generations that began within the picture."""
    found = []
    begun = [(phase.started_on or phase.start_on, str(phase.title)) for phase in scene.begun]
    begun += [(generation.start_on, generation.name) for generation in scene.generations]
    taken: set[date] = set()
    for on, name in sorted(begun):
        monday = on - timedelta(days=on.weekday())
        if monday in labels and not any(abs((monday - other).days) < 28 for other in taken):
            taken.add(monday)
            found.append({"at": labels[monday], "name": name})
    return found


GENERATION_KPIS = ("activity_rate", "posts_per_active", "engagement_rate", "value_mix", "network_growth")


def generations(scene: Scene) -> dict[str, Any] | None:
    """The generations beside each other in the newest month: the same bar for all, no order of rank."""
    newest, k = scene.board.newest, scene.program.group_minimum
    if newest is None or not scene.generations:
        return None
    points: dict[tuple[int, str], Point | None] = {}
    for generation in scene.generations:
        for kpi in GENERATION_KPIS:
            line = scene.board.line(kpi, generation.pk)
            points[generation.pk, kpi] = next((p for p in line if p.start_on == newest), None)
    tops = {
        kpi: max((p.value for (_g, name), p in points.items() if name == kpi and p and p.value), default=None)
        for kpi in GENERATION_KPIS
    }
    rows: list[dict[str, Any]] = []
    for generation in scene.generations:
        cells = [_bar(kpi, points[generation.pk, kpi], tops[kpi], k) for kpi in GENERATION_KPIS]
        if any(point for (pk, _kpi), point in points.items() if pk == generation.pk):
            rows.append({"generation": generation, "cells": cells})
    if not rows:
        return None
    hidden = [cell["reason"] for row in rows for cell in row["cells"] if cell.get("hidden")]
    return {
        "sentence": sentences.generations(len(rows), newest),
        "columns": [definitions()[kpi].name for kpi in GENERATION_KPIS],
        "rows": rows,
        "hidden": list(dict.fromkeys(hidden)),
    }


def _bar(kpi: str, point: Point | None, top: Decimal | None, k: int) -> dict[str, Any]:
    share = definitions()[kpi].unit == "ratio" and kpi in ("activity_rate", "value_mix")
    full = Decimal(1) if share else (top or Decimal(1)) * Decimal("1.2")
    name = definitions()[kpi].name
    if point is None:
        return {"label": name, "display": ""}
    if not point.is_shown:
        return {"label": name, "hidden": True, "reason": reason(point.state, k)}
    return {
        "label": name,
        "display": said_point(kpi, point),
        "width": min(100, max(0, float((point.value or 0) / full * 100))),
    }


Maker = Callable[[Scene], Chart | None]
ROWS: tuple[tuple[Maker, ...], ...] = ((impressions, interactions, mix), (activity, time_budget, dialogue))
