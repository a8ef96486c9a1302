"""Publishing: read what is known, pass it through disclosure control, store the cells that changed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from analytics.kpis import publish as rules
from analytics.kpis.cohorts import Stay, cohorts, present
from analytics.kpis.contributions import Figures, Gathered, common_formula, gather, stays_of
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import index, ratio
from analytics.kpis.models import Backing, Cell, PublishRequest
from analytics.kpis.program_cells import members, progress
from analytics.kpis.publish import Before, Place, Released
from analytics.kpis.weeks import ended_months, ended_weeks, thursday_of, weeks_of
from analytics.metrics.models import Metric
from core.disclosure.cells import TOTAL
from core.kit import shelf
from programs.checklists.access import phases_with_progress
from programs.consents.access import people_granting, people_whose_rests
from programs.consents.models import Purpose
from programs.membership.models import Program

Key = tuple[str, str, int | None, str, date]  # kpi, series, generation, period, first day
LOCK = 0x4B5049  # one publication per program at a time
REST = timedelta(seconds=30)  # many changes in a row are published together
FIELDS = ("state", "value", "numerator", "denominator", "people", "is_floor", "formula_version")


def publish_due(now: datetime | None = None) -> list[int]:
    """Publish every program that asked for it, and each once a day because weeks end. Safe to run twice."""
    now = now or timezone.now()
    PublishRequest.objects.bulk_create(
        [PublishRequest(program_id=pk, asked_at=now) for pk in _never_asked()], ignore_conflicts=True
    )
    done = []
    requests = PublishRequest.objects.select_related("program").order_by("done_at", "pk")
    changed = Q(asked_at__gt=F("done_at"), done_at__lt=now - REST)
    for request in requests.filter(Q(done_at=None) | changed | Q(done_at__lt=_midnight(now))):
        program = request.program
        today = now.astimezone(ZoneInfo(program.time_zone)).date()
        if publish(program, today, now=now) is not None:
            PublishRequest.objects.filter(pk=request.pk).update(done_at=now)
            done.append(program.pk)
    return done


def _midnight(now: datetime) -> datetime:
    return datetime.combine(timezone.localtime(now).date(), time(), tzinfo=timezone.get_current_timezone())


def _never_asked() -> Iterable[int]:
    return Program.objects.exclude(pk__in=PublishRequest.objects.values("program")).values_list("pk", flat=True)


@transaction.atomic
def publish(program: Program, today: date, *, now: datetime | None = None) -> int | None:
    """Make the program's cells anew; returns how many changed, None when somebody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, program.pk % 2**31])
        if not cursor.fetchone()[0]:
            return None
    weeks = ended_weeks(today)
    months = [month for month in ended_months(today) if weeks_of(month)[0] >= weeks[0]]
    stays = stays_of(program)
    gathered = gather(
        program,
        weeks,
        people_granting(program.pk, Purpose.GROUP_FIGURES),
        resting=people_whose_rests(program.pk, Purpose.OWN_FIGURES),
    )
    stored = _stored(program, weeks[0], months[0])
    wanted = _people_cells(program, stays, gathered, weeks, months, stored)
    wanted |= _company_cells(gathered.company, weeks, months)
    wanted |= _index_cells(wanted, stored)
    wanted |= _program_cells(program, stays, weeks, months)
    transaction.on_commit(lambda: shelf.clear(f"cells:{program.pk}"), robust=True)
    return _store(program, wanted, stored, now or timezone.now())


def _stored(program: Program, week: date, month: date) -> dict[Key, Cell]:
    cells = Cell.objects.filter(program=program).filter(
        Q(period="week", start_on__gte=week) | Q(period="month", start_on__gte=month)
    )
    return {_key(cell): cell for cell in cells.select_related("backing")}


def _key(cell: Cell) -> Key:
    return (cell.kpi, cell.series, cell.generation_id, cell.period, cell.start_on)


def _generation(group: str) -> int | None:
    return None if group == TOTAL else int(group)


def _before(stored: dict[Key, Cell]) -> Before:
    before = Before()
    for (kpi, series, generation, period, start), cell in stored.items():
        backing = getattr(cell, "backing", None)
        if series == "people" and cell.state == Cell.State.SHOWN and backing is not None:
            place: Place = (period, TOTAL if generation is None else str(generation), start)
            before.shown[kpi][place] = rules.unpacked(bytes(backing.atoms))
    return before


def _people_cells(
    program: Program,
    stays: list[Stay],
    gathered: Gathered,
    weeks: list[date],
    months: list[date],
    stored: dict[Key, Cell],
) -> dict[Key, Released]:
    k = program.group_minimum
    counted = people_granting(program.pk, Purpose.GROUP_FIGURES)
    agreed = [stay for stay in stays if stay.person in counted]
    circles = cohorts(agreed, weeks, k=k)
    here: dict[tuple[str, date], frozenset[int]] = {}
    for week in weeks:
        found = present(agreed, thursday_of(week))
        everybody = frozenset[int]().union(*found.values())
        here |= {(group, week): frozenset(people) for group, people in found.items()} | {(TOTAL, week): everybody}
    drafts = rules.drafts_of(gathered.people, circles, months, here=here, key=settings.SECRET_KEY.encode()[:64])
    rows, stands = rules.release(drafts, _before(stored), k=k)
    wanted = {(row.kpi, "people", _generation(row.group), row.period, row.start_on): row for row in rows}
    for kpi, (period, group, start) in stands:
        key = (kpi, "people", _generation(group), period, start)
        if cell := stored.get(key):
            wanted[key] = _as_stored(cell)
    return wanted


def _as_stored(cell: Cell) -> Released:
    backing = getattr(cell, "backing", None)
    return Released(
        kpi=cell.kpi,
        period=cell.period,
        group=TOTAL if cell.generation_id is None else str(cell.generation_id),
        start_on=cell.start_on,
        state=cell.state,
        value=cell.value,
        above=cell.numerator,
        below=cell.denominator,
        people=cell.people,
        is_floor=cell.is_floor,
        atoms=bytes(backing.atoms) if backing else b"",
    )


def _company_cells(company: dict[date, Figures], weeks: list[date], months: list[date]) -> dict[Key, Released]:
    """The company account's own figures: no person stands behind them."""
    found: dict[Key, Released] = {}
    spans = [("week", week, [week]) for week in weeks] + [("month", month, weeks_of(month)) for month in months]
    for period, start, within in spans:
        known = [company[week] for week in within if week in company]
        seen = [figures[Metric.IMPRESSIONS] for figures in known if Metric.IMPRESSIONS in figures]
        answers = [answer for figures in known if (answer := common_formula(figures)) is not None]
        above, below = Decimal(sum(answers)), Decimal(sum(seen))
        if seen:
            found |= _company("impressions", period, start, below, below, None)
        if answers:
            found |= _company("interactions", period, start, above, above, None)
        if seen and answers and below > 0:
            found |= _company("engagement_rate", period, start, ratio(above, below), above, below)
    return found


def _company(
    kpi: str, period: str, start: date, value: Decimal | None, above: Decimal, below: Decimal | None
) -> dict[Key, Released]:
    return {
        (kpi, "company", None, period, start): Released(kpi, period, TOTAL, start, "shown", value, above, below, None)
    }


def _index_cells(wanted: dict[Key, Released], stored: dict[Key, Cell]) -> dict[Key, Released]:
    """People's profiles against the company account, both as an index of its first week in view.

    Worked out from released cells alone, so it tells nothing they do not.
    """
    found: dict[Key, Released] = {}
    for period in ("week", "month"):
        company = {
            key[4]: row
            for key, row in wanted.items()
            if key[0] == "engagement_rate" and key[1] == "company" and key[3] == period and row.value
        }
        if not company:
            continue
        base = company[min(company)].value
        for key, row in wanted.items():
            kpi, series, generation, where, start = key
            if kpi != "engagement_rate" or where != period:
                continue
            value = index(row.above or Decimal(0), row.below or Decimal(0), base) if row.state == "shown" else None
            state = row.state if value is not None or row.state != "shown" else "too_few"
            people = row.people if state == "shown" else None
            found["people_vs_company", series, generation, where, start] = Released(
                "people_vs_company", period, row.group, start, state, value, None, None, people
            )
    return found


def _program_cells(program: Program, stays: list[Stay], weeks: list[date], months: list[date]) -> dict[Key, Released]:
    found = {
        (row.kpi, "people", _generation(row.group), row.period, row.start_on): row
        for row in members(stays, weeks, months, k=program.group_minimum)
    }
    begun = [phase for phase in phases_with_progress(program) if phase.state in ("active", "finished")]
    done, counted = sum(phase.done for phase in begun), sum(phase.total for phase in begun)  # type: ignore[attr-defined]
    for row in progress(done, counted, weeks[-1], months[-1]):
        found[row.kpi, "people", None, row.period, row.start_on] = row
    return found


def _store(program: Program, wanted: dict[Key, Released], stored: dict[Key, Cell], now: datetime) -> int:
    """Write what differs; unchanged rows are not touched."""
    versions = {key: definition.formula_version for key, definition in definitions().items()}
    new: list[Cell] = []
    changed: list[Cell] = []
    backings: list[tuple[Cell, bytes]] = []
    for key, row in wanted.items():
        cell = stored.get(key) or Cell(
            program=program, kpi=key[0], series=key[1], generation_id=key[2], period=key[3], start_on=key[4]
        )
        values: dict[str, Any] = {
            "state": row.state,
            "value": row.value,
            "numerator": row.above,
            "denominator": row.below,
            "people": row.people,
            "is_floor": row.is_floor,
            "formula_version": versions[key[0]],
        }
        if cell.pk is None or any(getattr(cell, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(cell, name, value)
            cell.published_at = now
            (new if cell.pk is None else changed).append(cell)
        backing = getattr(cell, "backing", None) if cell.pk else None
        if row.atoms != (bytes(backing.atoms) if backing else b""):
            backings.append((cell, row.atoms))
    # A phase's progress is a fact of its day: earlier days keep theirs.
    gone = [cell.pk for key, cell in stored.items() if key not in wanted and key[0] != "phase_progress"]
    Cell.objects.filter(pk__in=gone).delete()
    Cell.objects.bulk_create(new, batch_size=1000)
    Cell.objects.bulk_update(changed, [*FIELDS, "published_at"], batch_size=500)
    Backing.objects.filter(cell__in=[cell for cell, atoms in backings if not atoms and cell.pk]).delete()
    Backing.objects.bulk_create(
        [Backing(cell=cell, atoms=atoms) for cell, atoms in backings if atoms],
        update_conflicts=True,
        unique_fields=["cell"],
        update_fields=["atoms"],
        batch_size=500,
    )
    return len(new) + len(changed) + len(gone)
