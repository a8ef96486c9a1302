"""The published cells worked out plainly: every contribution on its own, sets of people, one audit after the other.

It takes minutes for a large program and is easy to read. The product must come to the very same cells, whether it
publishes everything for the first time or a single week has changed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from analytics.activities.models import Activity, SocialScore
from analytics.kpis.cohorts import cohorts, present
from analytics.kpis.columns import Roll
from analytics.kpis.contributions import PARTS, stays_of
from analytics.kpis.drafts import Draft, Side
from analytics.kpis.formulas import FORMULAS, folded, interactions
from analytics.kpis.jobs import FAMILIES
from analytics.kpis.marks import PACKED, mark
from analytics.kpis.models import Backing, Cell
from analytics.kpis.publish import released
from analytics.kpis.weeks import WEEK, ended_months, ended_weeks, monday_of, month_of, thursday_of, weeks_of
from analytics.metrics.models import Grain, Metric, Post, Reading, WeekTotal
from core.disclosure import publication as disclosure
from core.disclosure.publication import TOTAL, Reason
from core.disclosure.publish import Publication
from core.disclosure.shares import share_band
from programs.consents.models import Purpose
from programs.consents.queries import people_granting, people_whose_rests
from programs.membership.models import Program
from tests.analytics.kpis.weighed_plainly import Sums, of

Part = tuple[int, int]  # numerator and denominator of one person in one week
Place = tuple[str, str, date]
QUANTITIES = {
    ("impressions", "above"): "impressions",
    ("engagement_rate", "below"): "impressions",
    ("interactions", "above"): "interactions",
    ("engagement_rate", "above"): "interactions",
    ("dialog_rate", "below"): "interactions",
    ("value_mix", "below"): "posts logged",
    ("topic_coverage", "below"): "posts logged",
}
KEY = settings.SECRET_KEY.encode()[:64]


@dataclass
class Plain:
    """A cell before anybody decided about it."""

    kpi: str
    period: str
    group: str
    start_on: date
    parts: dict[tuple[int, date], Part]
    circle: frozenset[int]

    @property
    def place(self) -> Place:
        return (self.period, self.group, self.start_on)

    @property
    def block(self) -> date:
        return self.start_on if self.period == "month" else month_of(self.start_on)

    def backing(self) -> frozenset[tuple[int, int, bytes, bytes]]:
        return frozenset(
            (person, week.toordinal(), mark(person, week, above, KEY), mark(person, week, below, KEY))
            for (person, week), (above, below) in self.parts.items()
        )


def cells_of(program: Program, today: date) -> dict[tuple[str, Place], Any]:
    """What has to stand in the database after a publication, beside what stands there now."""
    k, weeks = program.group_minimum, ended_weeks(today)
    months = [month for month in ended_months(today) if weeks_of(month)[0] >= weeks[0]]
    seen = _seen(program, weeks[0], months[0])
    drafts = list(_drafts(program, weeks, months))
    found: dict[tuple[str, Place], Any] = {}
    for _, _, families in FAMILIES:
        for names in families:
            family = [draft for draft in drafts if draft.kpi in names]
            sums = of(program, family, k=k)
            settled = _decided(family, {name: rows for name, rows in seen.items() if name[0] in names}, sums, k=k)
            coarse = _coarse(family, settled, seen, _exact(program), k=k)
            for draft in family:
                name = (draft.kpi, draft.place)
                row = _row(draft, settled.get(name), k=k, is_coarse=name in coarse, is_weighed=name in sums.weighed)
                is_new = name in settled and (row[0] == "shown" or name not in seen) and name not in sums.waiting
                found[name] = row if is_new else "stands"
    return found


def _seen(program: Program, week: date, month: date) -> dict[tuple[str, Place], frozenset[Any]]:
    rows = Backing.objects.filter(cell__program=program, cell__series="people", cell__state="shown")
    found = {}
    for row in rows.select_related("cell"):
        cell = row.cell
        if cell.start_on >= (week if cell.period == "week" else month):
            place = (cell.period, str(cell.generation_id or TOTAL), cell.start_on)
            found[cell.kpi, place] = frozenset(PACKED.iter_unpack(bytes(row.atoms)))
    return dict(sorted(found.items()))


def _exact(program: Program) -> set[tuple[str, Place]]:
    """What readers have seen, and not only as "at least"."""
    rows = Cell.objects.filter(program=program, series="people", state="shown", is_floor=False)
    return {(row.kpi, (row.period, str(row.generation_id or TOTAL), row.start_on)) for row in rows}


def _drafts(program: Program, weeks: list[date], months: list[date]) -> Iterator[Plain]:
    counted = people_granting(program.pk, "group_figures")
    roll = Roll(counted)
    stays = [stay for stay in stays_of(program) if stay.person in counted]
    circles = cohorts(stays, weeks, roll, k=program.group_minimum)
    here = {week: present(stays, thursday_of(week), roll) for week in weeks}
    given = _contributions(program, weeks, counted)
    groups: dict[str, dict[date, tuple[frozenset[int], frozenset[int]]]] = defaultdict(dict)
    for (group, week), circle in circles.items():
        there = here[week].values() if group == TOTAL else [here[week].get(group, ())]
        inside = {roll.ids[place] for crowd in there for place in crowd}
        if inside:
            who = frozenset(roll.ids[place] for place in circle)
            groups[group][week] = who, who & inside
    for kpi in FORMULAS:
        for group, rows in groups.items():
            if FORMULAS[kpi].is_stock and group != TOTAL:
                continue
            in_week = {}
            for week, (circle, people) in rows.items():
                nothing = (0, 1) if kpi == "activity_rate" else None
                parts = {(person, week): given[kpi].get((person, week), nothing) for person in people}
                in_week[week] = {atom: part for atom, part in parts.items() if part is not None}
                if not FORMULAS[kpi].is_stock:
                    yield Plain(kpi, "week", group, week, in_week[week], circle)
            for month in months:
                own = [week for week in weeks_of(month) if week in rows]
                if FORMULAS[kpi].is_stock:
                    own = [week for week in own if week == weeks_of(month)[-1]]
                if own:
                    parts = {atom: part for week in own for atom, part in in_week[week].items()}
                    yield Plain(kpi, "month", group, month, parts, frozenset().union(*(rows[week][0] for week in own)))


def _covers(account: int, week: date) -> bool:
    """Its daily figures begin before the week does and go on to its end."""
    days = Reading.objects.filter(account=account, post=None, grain=Grain.DAY, segment=0)
    first, last = days.aggregate(first=Min("period_start"), last=Max("period_start")).values()
    return first is None or (first <= week and last >= week + timedelta(days=6))


def _contributions(program: Program, weeks: list[date], counted: set[int]) -> dict[str, dict[tuple[int, date], Part]]:
    bringing = counted.difference(people_whose_rests(program.pk, Purpose.OWN_FIGURES))
    days: dict[tuple[int, date], dict[int, int]] = defaultdict(dict)
    totals = WeekTotal.objects.filter(program=program, segment=0, account__kind="person", account__user__in=bringing)
    for row in totals.select_related("account"):
        if row.days == 7 and weeks[0] <= row.week <= weeks[-1] and _covers(row.account_id, row.week):
            figures = days[row.account.user_id, row.week]
            figures[row.metric] = figures.get(row.metric, 0) + row.value
    posts: dict[tuple[int, date], list[Post]] = defaultdict(list)
    known = Post.objects.filter(program=program, account__user__in=bringing).select_related("account")
    for post in known.prefetch_related("readings"):
        posts[post.account.user_id, monday_of(timezone.localtime(post.published_at).date())].append(post)
    logged: dict[tuple[int, date], list[Activity]] = defaultdict(list)
    for activity in Activity.objects.present().filter(program=program):
        logged[activity.user_id, monday_of(activity.on)].append(activity)
    found: dict[str, dict[tuple[int, date], Part]] = {kpi: {} for kpi in FORMULAS}
    for person in counted:
        for week in weeks:
            for kpi, part in _of(days.get((person, week), {}), posts[person, week], logged[person, week]):
                found[kpi][person, week] = part
        for score in SocialScore.objects.filter(program=program, user=person):
            found["social_selling"][person, weeks_of(score.month)[-1]] = (score.total, 1)
        if person in bringing:
            grown = _growth(program, person, weeks, days)
            found["network_growth"] |= grown
            found["potential_reach"] |= {place: (new + start, 0) for place, (new, start) in grown.items()}
    return found


def _of(figures: dict[int, int], posts: list[Post], logged: list[Activity]) -> Iterator[tuple[str, Part]]:
    seen = figures.get(Metric.IMPRESSIONS)
    answers = interactions(*(figures.get(metric) for metric in PARTS), figures.get(Metric.ENGAGEMENTS))
    if seen is not None:
        yield "impressions", (seen, 0)
    if answers is not None:
        yield "interactions", (answers, 0)
    if seen and answers is not None:
        yield "engagement_rate", (answers, seen)
    if not any(metric in figures for metric in PARTS):
        figures = defaultdict(int)
        for row in (row for post in posts for row in post.readings.all()):
            if row.grain == Grain.LIFETIME and row.segment == 0 and row.metric in PARTS:
                figures[row.metric] += row.value
    parts = sum(figures.get(metric, 0) for metric in PARTS)
    if parts > 0:
        yield "dialog_rate", (figures.get(Metric.COMMENTS, 0), parts)
    written = [row for row in logged if row.kind == "post"]
    if logged or posts:
        yield "activity_rate", (1, 1)
        comments = sum(row.kind == "comment" for row in logged)
        yield "posts_per_active", (max(len(written), len(posts)) + comments, 1)
    if logged:
        yield "time_budget", (sum(row.minutes for row in logged), 1)
    if written:
        yield "value_mix", (sum(row.purpose == "value" for row in written), len(written))
        yield "topic_coverage", (sum(bool(row.topics) for row in written), len(written))
    if asked := sum(row.kind == "request" for row in logged):
        yield "speaker_requests", (asked, 0)
    if needing := [row for row in written if row.label != "not_needed"]:
        yield "label_rate", (sum(row.label == "labelled" for row in needing), len(needing))


def _growth(program: Program, person: int, weeks: list[date], days: Any) -> dict[tuple[int, date], Part]:
    rows = Reading.objects.filter(program=program, metric=Metric.FOLLOWERS_TOTAL, segment=0, post=None)
    newest = rows.filter(account__kind="person", account__user=person).order_by("-period_start").first()
    found: dict[tuple[int, date], Part] = {}
    if newest is None:
        return found
    followers, day = newest.value, newest.period_start
    for week in reversed([week for week in weeks if week <= monday_of(day)]):
        new = days.get((person, week), {}).get(Metric.FOLLOWERS_NEW)
        if new is None:
            break
        within = week == monday_of(day) and day < week + WEEK - timedelta(days=1)
        followers -= new * (day - week).days // 7 if within else new
        if followers > 0:
            found[person, week] = (new, followers)
    return found


def _sides(kpi: str) -> tuple[str, ...]:
    return ("above", "below") if FORMULAS[kpi].divides else ("above",)


Settled = dict[tuple[str, Place], Reason | None]
Seen = dict[tuple[str, Place], frozenset[Any]]


def _decided(family: list[Plain], seen: Seen, sums: Sums, *, k: int) -> Settled:
    alone = _reasons(family, {}, sums, k=k)
    changed = {
        draft.block
        for draft in family
        if (name := (draft.kpi, draft.place)) in seen and (alone[name] is not None or seen[name] != draft.backing())
    }
    touched = [draft for draft in family if draft.block in changed]
    against = _reasons(touched, seen, sums, k=k) if touched else {}
    stuck = {d.block for d in touched if alone[d.kpi, d.place] is None and against[d.kpi, d.place] is not None}
    if not stuck:
        return alone
    stands = {(d.period, d.start_on) for d in family if d.block in stuck and (d.kpi, d.place) in seen}
    return _reasons([d for d in family if (d.period, d.start_on) not in stands], seen, sums, k=k)


def _reasons(family: list[Plain], seen: Seen, sums: Sums, *, k: int) -> Settled:
    tables: dict[str, list[disclosure.Cell]] = defaultdict(list)
    known: dict[str, list[disclosure.Cell]] = defaultdict(list)
    circles = {(draft.kpi, draft.place): draft.circle for draft in family}
    for draft in family:
        for number, side in enumerate(_sides(draft.kpi) if draft.parts else ()):
            values = {
                (person, f"{week.toordinal()}:{mark(person, week, part[number], KEY).hex()}"): Decimal(part[number])
                for (person, week), part in draft.parts.items()
            }
            series = f"{draft.period}|{draft.kpi}|{side}"
            tables[QUANTITIES.get((draft.kpi, side), f"{draft.kpi}/{side}")].append(
                disclosure.Cell.from_atoms(
                    draft.group, draft.start_on.isoformat(), values, cohort=draft.circle, series=series
                )
            )
    for (kpi, (period, group, start)), backing in seen.items():
        for number, side in enumerate(_sides(kpi)):
            marks = {(row[0], f"{row[1]}:{row[2 + number].hex()}"): Decimal(0) for row in backing}
            cell = disclosure.Cell.from_atoms(group, start.isoformat(), marks, series=f"{period}|{kpi}|{side}")
            known[QUANTITIES.get((kpi, side), f"{kpi}/{side}")].append(
                replace(cell, cohort=circles.get((kpi, (period, group, start))))
            )
    found: Settled = {(d.kpi, d.place): None if d.parts else Reason.TOO_FEW for d in family}
    hidden: set[disclosure.Key] = set()
    while True:
        count = len(hidden)
        for quantity, cells in _in_order(tables, family):
            publication = Publication(cells, k=k, shown_before=known[quantity])
            for cell in cells:
                period, kpi, _ = cell.series.split("|")
                name = (kpi, (period, cell.group, date.fromisoformat(cell.period)))
                if publication.primary.get(cell.key) == Reason.DOMINATED and kpi != "activity_rate":
                    sums.weighed.add(name)
                if name in sums.waiting:
                    publication.primary.setdefault(cell.key, Reason.DOMINATED)
            for each in publication.decide(hidden, are_secret=False):
                if not each.shown:
                    period, kpi, _ = each.series.split("|")
                    name = (kpi, (period, each.group, date.fromisoformat(each.period)))
                    found[name] = found[name] or each.reason
                    hidden |= {(f"{period}|{kpi}|{side}", each.group, each.period) for side in _sides(kpi)}
        if len(hidden) == count:
            return found


def _coarse(
    family: list[Plain], settled: Settled, seen: Seen, exact: set[tuple[str, Place]], *, k: int
) -> set[tuple[str, Place]]:
    """Parts of something of which the rest would tell too much of few people, beside what readers have seen."""
    found: set[tuple[str, Place]] = set()
    for kpi in dict.fromkeys(draft.kpi for draft in family if FORMULAS[draft.kpi].is_part):
        names, cells, few = [], [], {}
        for draft in (draft for draft in family if draft.kpi == kpi and draft.parts):
            name = (kpi, draft.place)
            if name not in settled or (name in exact and name in seen and seen[name] == draft.backing()):
                continue
            rest = {
                (person, f"{week.toordinal()}:{mark(person, week, b, KEY).hex()}"): Decimal(b - a)
                for (person, week), (a, b) in draft.parts.items()
            }
            names.append(name)
            start, series = draft.start_on.isoformat(), f"{draft.period}|rest"
            cells.append(disclosure.Cell.from_atoms(draft.group, start, rest, cohort=draft.circle, series=series))
            above, below, _, _ = _sums(draft)
            share = share_band(above, below, k=k)
            if share is None or share.exact is None:
                few[cells[-1].key] = Reason.TOO_FEW
        known = [
            disclosure.Cell.from_atoms(
                group, start.isoformat(), {(row[0], f"{row[1]}:{row[3].hex()}"): Decimal(0) for row in backing},
                series=f"{period}|rest",
            )
            for (name, (period, group, start)), backing in seen.items()
            if name == kpi and (name, (period, group, start)) in exact
        ]  # fmt: skip
        hidden = {cell.key for cell, name in zip(cells, names, strict=True) if settled.get(name)}
        publication = Publication(cells, k=k, shown_before=known, hold_steps=False)
        if kpi == "activity_rate":
            publication.primary = few
        decided = publication.decide(hidden, are_secret=False)
        found |= {name for name, each in zip(names, decided, strict=True) if not each.shown}
    return found


def _sums(draft: Plain) -> tuple[int, int, list[int], int]:
    """Numerator, denominator, what each person adds to it, the largest first, and how many are missing something."""
    people: dict[int, list[Part]] = defaultdict(list)
    for (person, _), part in sorted(draft.parts.items(), key=lambda item: item[0][1]):
        people[person].append(part)
    formula = FORMULAS[draft.kpi]
    above = sum(folded(formula.above, [a for a, _ in parts]) for parts in people.values())
    below = sum(folded(formula.below, [b for _, b in parts]) for parts in people.values())
    each = sorted((sum(b for _, b in parts) for parts in people.values()), reverse=True)
    return above, below, each, sum(any(a != b for a, b in parts) for parts in people.values())


def _in_order(tables: Any, family: list[Plain]) -> list[tuple[str, list[disclosure.Cell]]]:
    """As the product goes through them: by KPI, numerator first."""
    kpis = dict.fromkeys(draft.kpi for draft in family)
    names = dict.fromkeys(QUANTITIES.get((kpi, side), f"{kpi}/{side}") for kpi in kpis for side in _sides(kpi))
    order = {(kpi, side): (n, s) for n, kpi in enumerate(kpis) for s, side in enumerate(("above", "below"))}
    return [(name, sorted(tables[name], key=lambda cell: order[tuple(cell.series.split("|")[1:])])) for name in names]


def _row(draft: Plain, reason: Reason | None, *, k: int, is_coarse: bool, is_weighed: bool) -> tuple[Any, ...]:
    above, below, each, missing = _sums(draft)
    cell = Draft(
        draft.kpi,
        draft.period,
        draft.group,
        draft.start_on,
        {},
        draft.circle,
        Side(above),
        Side(below, tops=tuple(each[: disclosure.enough(k)])),
        len({person for person, _ in draft.parts}),
        b"x",
        Side(people=missing),
        reason=reason,
        is_coarse=is_coarse,
        is_weighed=is_weighed,
    )  # type: ignore[arg-type]
    row = released(cell, k=k)
    atoms = b"".join(PACKED.pack(*each) for each in sorted(draft.backing())) if row.digest else b""
    return row.state, row.value, row.above, row.below, row.people, row.is_floor, atoms


def stored(program: Program) -> dict[tuple[str, Place], tuple[Any, ...]]:
    """The people's cells as they stand in the database."""
    found = {}
    for cell in Cell.objects.filter(program=program, series="people", kpi__in=FORMULAS).select_related("backing"):
        backing = getattr(cell, "backing", None)
        found[cell.kpi, (cell.period, str(cell.generation_id or TOTAL), cell.start_on)] = (
            cell.state, cell.value, cell.numerator, cell.denominator, cell.people, cell.is_floor,
            bytes(backing.atoms) if backing else b"",
        )  # fmt: skip
    return found
