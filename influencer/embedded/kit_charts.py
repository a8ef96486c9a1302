"""What the charts can show: each kind, with a target, with hidden cells, with few and with many periods."""

from dataclasses import replace
from decimal import Decimal

from django.utils.html import format_html

from core.kit.charts import Chart, ChartCell, ChartKind, ChartMark, ChartTarget, series_of
from influencer.embedded.kit import Sample

MONTHS = "Dec 2025|Jan 2026|Feb 2026|Mar 2026|Apr 2026|May 2026|Jun 2026|Jul 2026|Aug 2026|Sep 2026|Oct 2026|Nov 2026"
PEOPLE = (14.0, 18.5, 17.0, 22.5, 26.0, 24.5, 31.0, 30.0, 34.5, 33.0, 38.0, 41.5)
COMPANY = (11.0, 12.5, 12.0, 13.0, 12.5, 14.0, 13.5, 15.0, 14.5, 15.5, 15.0, 16.0)
NAMES = ("People's profiles", "Company account", "Another account")
THINGS = ("Post", "Comment", "Talk in person or by phone", "Article", "Podcast", "Event", "Recruiting talk", "Coaching")
TOO_FEW = ChartCell(hidden=True, reason="Fewer than 5 people shared this.")


def samples(theme: str) -> list[Sample]:
    """Charts have names that are unique on a page, so each theme has its own."""
    rows = [
        ("duel, 12 months", chart(ChartKind.DUEL, (PEOPLE, COMPANY))),
        ("duel, hidden cells, phases", chart(ChartKind.DUEL, (PEOPLE, COMPANY), hidden={0, 1, 5}, marks=(2, 8))),
        ("duel, phases and notes", chart(ChartKind.DUEL, (PEOPLE, COMPANY), marks=(2, 8), notes=(0, 2, 5, 11))),
        ("lines", chart(ChartKind.LINES, (PEOPLE, COMPANY, PEOPLE[::-1]))),
        ("one line, notes at both ends", chart(ChartKind.LINES, (PEOPLE,), notes=(0, 11))),
        ("bars with notes", chart(ChartKind.BARS, (PEOPLE[:6],), target=30, notes=(1, 4))),
        ("stack with a note", chart(ChartKind.STACK, ((80, 78, 82, 75), (20, 22, 18, 25)), unit="%", notes=(2,))),
        ("bars with a target", chart(ChartKind.BARS, (PEOPLE,), target=30)),
        ("bars, target near the values", chart(ChartKind.BARS, (PEOPLE[:6],), target=24)),
        ("bars, 12 months, hidden cells", chart(ChartKind.BARS, (PEOPLE,), hidden={0, 3, 4, 7}, target=30)),
        ("bars, all hidden but one", chart(ChartKind.BARS, (PEOPLE,), hidden=set(range(11)))),
        ("bars of things", replace(chart(ChartKind.BARS, (PEOPLE[:8],), hidden={2}), labels=THINGS, things="equal")),
        ("stack in percent", chart(ChartKind.STACK, ((80, 78, 82, 75), (20, 22, 18, 25)), unit="%", target=80)),
        ("stack, 12 months, hidden cells", chart(ChartKind.STACK, (PEOPLE, COMPANY), hidden={1, 6})),
        ("bars, some open", chart(ChartKind.BARS, (PEOPLE[:6],), unit="%", hidden={1}, target=60, floors={2, 4, 5})),
        ("stack, some open", chart(ChartKind.STACK, ((80, 78, 55, 75), (20, 22, 45, 25)), unit="%", floors={2})),
        ("spark", chart(ChartKind.SPARK, (PEOPLE,), size="s")),
        ("spark with a gap", chart(ChartKind.SPARK, ((14, None, 17, 22, None, 31),), size="s")),
        ("spark, one value", chart(ChartKind.SPARK, ((None, None, 17),), size="s")),
        ("small lines", chart(ChartKind.LINES, (PEOPLE, COMPANY), size="s")),
        ("table alone", chart(ChartKind.TABLE, (PEOPLE[:3], COMPANY[:3]), hidden={1})),
    ]
    return [
        Sample(
            part="_finding",
            title=title,
            context={"chart": replace(figure, id=f"{theme}-{number}"), "lead": not number},
        )
        for number, (title, figure) in enumerate(rows)
    ]


def chart(
    kind: ChartKind,
    series: tuple[tuple[float | None, ...], ...],
    *,
    size: str = "m",
    unit: str = "",
    target: float | None = None,
    hidden: set[int] | None = None,
    marks: tuple[int, ...] = (),
    notes: tuple[int, ...] = (),
    floors: frozenset[int] | set[int] = frozenset(),
) -> Chart:
    months = MONTHS.split("|")[-len(series[0]) :]
    cells = [
        [
            TOO_FEW if at in (hidden or ()) else _cell(each[at], "≥≤"[place] if at in floors else "")
            for place, each in enumerate(series)
        ]
        for at in range(len(months))
    ]
    phases = (ChartMark(months[at], name) for at, name in zip(marks, ("Pilot", "Roll-out"), strict=False))
    noted = (ChartMark(months[at], "Campaign", str(number), at) for number, at in enumerate(notes, start=1))
    return Chart(
        id=kind,
        kind=kind,
        size=size,
        unit=unit,
        sentence=format_html("People were heard <em>{}</em> as often as the company page.", "2.6 times"),
        what="Interactions per post and month",
        over="Month",
        labels=tuple(months),
        series=series_of(NAMES[: len(series)], cells),
        target=ChartTarget(Decimal(str(target)), f"Target {target:g}") if target else None,
        marks=(*phases, *noted),
        source="LinkedIn exports, until 22.11.2026",
        quality="imported",
        shield="Groups of 5 and more",
    )


def _cell(value: float | None, sign: str = "") -> ChartCell:
    if value is None:
        return ChartCell()
    return ChartCell(Decimal(str(value)), f"{sign} {value:g} %" if sign else f"{value:g}", is_floor=bool(sign))
