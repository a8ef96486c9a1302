"""Where everything stands on the timeline: percent across, pixels down. Pure; the words come from outside."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ROW, LANE = 46, 36  # height of a phase's and a generation's row
FIRST_ROW = 66
TRACK = 26
NARROW, LETTER = 328, 6.9  # a phone's picture, and a letter of a label, in pixels
WIDE = 1040  # a desk's picture: labels of dates must not run into each other there
ROOMY = 4  # months; of so few, a phone names each
FEW = 15  # months; of more, a phone names only every sixth
EDGE = 20  # percent: nearer to the edge the tag of today stands beside its line, also on a phone


@dataclass(frozen=True)
class Stretch:
    """A phase: `share` of it is done (0 to 1), `look` is past, current or next."""

    title: str
    status: str
    start_on: date
    end_on: date
    look: str
    share: float = 0
    url: str = ""
    words: str = ""
    key: int = 0  # of a phase that can be moved
    was: tuple[date, date] | None = None  # in the baseline
    ran: tuple[date, date] | None = None  # from the day it really started to the day it ended, or today


@dataclass(frozen=True)
class Start:
    """A generation begins and goes on."""

    title: str
    status: str
    start_on: date
    end_on: date | None = None


@dataclass(frozen=True)
class Point:
    """A date: a review (diamond), a milestone (circle) or an event (square)."""

    title: str
    on: date
    kind: str  # "review", "milestone" or "event"
    words: str = ""


@dataclass
class Line:
    """One drawn thing; which of its numbers count depends on what it is."""

    title: str
    x: float
    y: float
    status: str = ""
    look: str = ""
    width: float = 0
    done_width: float = 0
    was_x: float = 0
    was_width: float = 0
    ran_x: float = 0
    ran_width: float = 0
    end: float = 0
    label_x: float = 0
    is_from_right: bool = False
    url: str = ""
    words: str = ""
    on: date | None = None
    key: int = 0
    until: date | None = None


@dataclass
class Gantt:
    """The whole picture."""

    height: int = 0
    days: int = 0  # from the left edge to the right one
    months: list[Line] = field(default_factory=list)
    bars: list[Line] = field(default_factory=list)
    generations: list[Line] = field(default_factory=list)
    generations_y: int = 0
    marks: list[Line] = field(default_factory=list)
    marks_y: int = 0
    today: float | None = None
    today_side: str = "middle"


class Scale:
    """From days to percent, over whole months."""

    def __init__(self, days: list[date]) -> None:
        self.first = min(days).replace(day=1)
        last = max(days)
        self.after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
        self.days = (self.after - self.first).days

    def at(self, day: date) -> float:
        return round(max(0.0, min(100.0, (day - self.first).days / self.days * 100)), 2)

    def span(self, first: date, last: date) -> tuple[float, float]:
        """Where it is drawn and how wide, both days included; without a width where none of it lies within."""
        x = self.at(first)
        is_within = first < self.after and last >= self.first
        return x, max(round(self.at(last + timedelta(days=1)) - x, 2), 0.5) if is_within else 0

    def holds(self, day: date) -> bool:
        return self.first <= day < self.after

    def months(self) -> list[date]:
        months, month = [], self.first
        while month < self.after:
            months.append(month)
            month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        return months


def draw(
    stretches: list[Stretch],
    starts: list[Start],
    points: list[Point],
    *,
    today: date,
    month_names: list[str],
    between: tuple[date, date] | None = None,
) -> Gantt:
    """`month_names` are January to December, as short as the reader writes them. `between`: only these days are drawn,
    of things that begin before or end after them what lies within."""
    days = [day for row in stretches for day in (row.start_on, row.end_on, *(row.was or ()), *(row.ran or ()))]
    days += [row.start_on for row in starts] + [row.on for row in points]
    scale = Scale(list(between) if between else days or [today])
    gantt = Gantt(days=scale.days, months=_months(scale, month_names))
    gantt.bars = [_bar(row, FIRST_ROW + ROW * index, scale) for index, row in enumerate(stretches)]
    y = FIRST_ROW + ROW * len(stretches)
    if starts:
        gantt.generations_y = y + 6
        gantt.generations = [_generation(row, y + 30 + LANE * i, scale, today) for i, row in enumerate(starts)]
        y += 30 + LANE * len(starts)
    if points:
        gantt.marks_y = y + 6
        gantt.marks, tracks = _marks(sorted(points, key=lambda row: (row.on, row.title)), y + 46, scale, today)
        y += 46 + TRACK * tracks - 6
    gantt.height = y
    if scale.holds(today):
        gantt.today = scale.at(today)
        gantt.today_side = "start" if gantt.today < EDGE else "end" if gantt.today > 100 - EDGE else "middle"
    return gantt


def _months(scale: Scale, names: list[str]) -> list[Line]:
    """Every month, from two years on only quarters, from five years on only years; January says the year."""
    months = scale.months()
    step = 1 if len(months) <= 24 else 3 if len(months) <= 60 else 12
    lines = []
    for index, month in enumerate(months):
        if (month.month - 1) % step:
            continue
        is_quarter = not (month.month - 1) % (3 if step < 12 else 12)
        title = names[month.month - 1]
        if step > 1 and (month.month == 1 or (index == 0 and is_quarter)):
            title = f"{title} {month.year}"
        elif month.month == 1:  # where every month has its word there is no room for two
            title = str(month.year)
        is_on_phone = len(months) <= ROOMY or (is_quarter and (len(months) <= FEW or month.month in (1, 7)))
        look = "strong" if month.month == 1 else "" if is_on_phone else "mo"
        lines.append(Line(title, scale.at(month), 0, look=look))
    return lines


def _bar(row: Stretch, y: int, scale: Scale) -> Line:
    x, width = scale.span(row.start_on, row.end_on)
    end = scale.at(row.end_on + timedelta(days=1))
    line = Line(row.title, x, y, row.status, row.look, width, end=end, url=row.url, words=row.words)
    line.key, line.on, line.until = row.key, row.start_on, row.end_on
    line.done_width = round(line.width * row.share, 2)
    if row.was:
        line.was_x, line.was_width = scale.span(*row.was)
    if row.ran:
        line.ran_x, line.ran_width = scale.span(*row.ran)
    _anchor(line)
    return line


def _generation(row: Start, y: int, scale: Scale, today: date) -> Line:
    end = scale.at(row.end_on) if row.end_on else 100.0
    look = "planned" if row.start_on > today else "" if scale.holds(row.start_on) else "earlier"
    line = Line(row.title, scale.at(row.start_on), y, row.status, look, end=max(end, scale.at(row.start_on)))
    _anchor(line)
    return line


def _anchor(line: Line) -> None:
    """A label begins where its bar begins, or ends where it ends when it would not fit on a phone."""
    long = len(line.title) * LETTER
    fits = line.x / 100 * NARROW + long <= NARROW
    line.is_from_right = not fits and line.end / 100 * NARROW >= long
    line.label_x = line.end if line.is_from_right else line.x if fits else 0


def _marks(points: list[Point], y: int, scale: Scale, today: date) -> tuple[list[Line], int]:
    """Each label beside its mark, in the first track where nothing else stands."""
    ends: list[float] = []
    lines = []
    for row in points:
        x, long = scale.at(row.on), (len(row.title) * LETTER + 30) / WIDE * 100
        from_right = x + long > 104
        left, right = (x - long, x + 1.5) if from_right else (x - 1, x + long)
        track = next((index for index, end in enumerate(ends) if end <= left), len(ends))
        if track == len(ends):
            ends.append(0)
        ends[track] = right
        look = row.kind[0] + (" ahead" if row.on >= today else "")
        place = y + TRACK * track
        lines.append(Line(row.title, x, place, look=look, is_from_right=from_right, words=row.words, on=row.on))
    return lines, max(len(ends), 1)
