"""Publishing: read what is known, pass it through disclosure control, store the cells that changed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import chain, groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from analytics.kpis import contributions, least, row_sums
from analytics.kpis.already_seen import Sources
from analytics.kpis.book import Book, Key, generation_of, key_of
from analytics.kpis.cohorts import Presence, Stay, cohorts, together
from analytics.kpis.columns import Columns, Roll
from analytics.kpis.company_cells import company_cells, index_cells
from analytics.kpis.counted import Counted, Fetched
from analytics.kpis.drafts import Draft, Drafts
from analytics.kpis.marks import Marks
from analytics.kpis.models import Cell, CellDecision, PublishRequest
from analytics.kpis.program_cells import members, progress
from analytics.kpis.publish import Decision, Family, Released, released
from analytics.kpis.record_cells import record_cells, recorded
from analytics.kpis.voice_cells import voice_cells, voice_of_before
from analytics.kpis.weeks import ended_months, ended_weeks, thursday_of, weeks_of
from core.disclosure.crowd import Crowd
from core.disclosure.publication import TOTAL
from core.kit import page_cache
from programs.checklists.queries import phases_with_progress
from programs.consents.models import Purpose
from programs.consents.queries import people_granting, people_whose_rests
from programs.membership.models import Program

LOCK = 0x4B5049  # one publication per program at a time
REST = timedelta(seconds=30)  # many changes in a row are published together
#: KPIs that share numbers are decided together; what is read together is decided one after the other. Followers are
#: worked back through all weeks from the newest total, which comes every night: they are counted anew.
FAMILIES: tuple[tuple[contributions.Gather, row_sums.SumUp | None, tuple[tuple[str, ...], ...]], ...] = (
    (
        contributions.networks,
        row_sums.of_networks,
        (("impressions", "interactions", "engagement_rate", "dialog_rate"),),
    ),
    (
        contributions.from_log,
        row_sums.of_log,
        (
            ("value_mix", "topic_coverage"),
            ("label_rate",),
            ("time_budget",),
            ("posts_per_active",),
            ("activity_rate",),
            ("speaker_requests",),
        ),
    ),
    (contributions.followers, None, (("network_growth",), ("potential_reach",))),
    (contributions.scores, None, (("social_selling",),)),
)


DECISIONS_KEPT = timedelta(days=365)


def retention() -> int:
    """What the gate decided can be read for a year."""
    return CellDecision.objects.filter(decided_on__lt=timezone.localdate() - DECISIONS_KEPT).delete()[0]


def due(now: datetime | None = None) -> list[int]:
    """The programs to publish: those that asked for it, and each once a day because weeks end."""
    now = now or timezone.now()
    PublishRequest.objects.bulk_create(
        [PublishRequest(program_id=pk, asked_at=now) for pk in _never_asked()], ignore_conflicts=True
    )
    return list(_due(now).order_by("done_at", "pk").values_list("program_id", flat=True))


def publish_due(program_id: int, now: datetime | None = None) -> bool:
    """Publish a program if it is due; safe to run twice."""
    now = now or timezone.now()
    request = _due(now).select_related("program").filter(program=program_id).first()
    if request is None:
        return False
    today = now.astimezone(ZoneInfo(request.program.time_zone)).date()
    if publish(request.program, today, now=now) is None:
        return False
    PublishRequest.objects.filter(pk=request.pk).update(done_at=now)
    return True


def _due(now: datetime) -> QuerySet[PublishRequest]:
    changed = Q(asked_at__gt=F("done_at"), done_at__lt=now - REST)
    return PublishRequest.objects.filter(Q(done_at=None) | changed | Q(done_at__lt=_midnight(now)))


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
    stays = contributions.stays_of(program)
    book = Book(program, weeks[0], months[0], now or timezone.now())
    _people_cells(program, stays, weeks, months, book)
    book.keep(key for key in book.stored if key not in book.rows and book.stays(key))
    _company_cells(program, weeks, months, book)
    book.write(index_cells(book.rows))
    book.write(_program_cells(program, stays, weeks, months, book))
    book.write({key_of(row): row for row in voice_cells(program, months, today)})
    book.keep(voice_of_before(book.stored, today))
    changed = book.close()
    if changed:  # where nothing did, a page that is slow once would tell that somebody's figures were counted just now
        transaction.on_commit(lambda: page_cache.clear(f"cells:{program.pk}"), robust=True)
    return changed


def _people_cells(program: Program, stays: list[Stay], weeks: list[date], months: list[date], book: Book) -> None:
    """The figures of those who agreed to be counted, one family after the other."""
    roll = Roll(
        people_granting(program.pk, Purpose.GROUP_FIGURES),
        resting=people_whose_rests(program.pk, Purpose.OWN_FIGURES),
    )
    agreed = [stay for stay in stays if stay.person in roll.places]
    presence = Presence(agreed, roll)
    k, by_month = program.group_minimum, least.of_months(program, weeks, book.months_shown(), weeks[-1])
    circles = cohorts(agreed, weeks, roll, k=k, presence=presence, by_month=by_month)
    here: dict[tuple[str, date], Crowd] = {}
    for week in weeks:
        found = presence.on(thursday_of(week))
        here |= {(group, week): people for group, people in found.items()} | {(TOTAL, week): together(found.values())}
    key = settings.SECRET_KEY.encode()[:64]
    drafts = Drafts(circles, here, months, roll, key, k=max([k, *by_month.values()]))
    seen = book.seen()
    for gather, sum_up, families in FAMILIES:
        if sum_up:
            fetched = Fetched(gather, program, weeks, roll)
            counted = Counted(chain.from_iterable(families), fetched, sum_up, drafts)
            columns, rows, variants = counted.columns, counted.rows, counted.variants
        else:
            columns, variants = gather(program, weeks, roll), {}
            rows = {kpi: drafts.of(kpi, found) for kpi, found in columns.items()}
        for names in families:
            mine = {kpi: columns.pop(kpi) for kpi in names}
            family = {kpi: rows.pop(kpi) for kpi in names}
            marks = Marks(roll, key)
            Decision(family, seen, Sources(mine, marks, variants), k=k, by_month=by_month).take()
            _release(family, mine, marks, book, by_month)


def _release(family: Family, columns: Columns, marks: Marks, book: Book, by_month: Mapping[date, int]) -> None:
    """Store what was decided, and whose contributions stand behind it."""
    drafts: dict[Key, Draft] = {}
    rows: dict[Key, Released] = {}
    for draft in (draft for found in family.values() for draft in found):
        key = (draft.kpi, "people", generation_of(draft.group), draft.period, draft.start_on)
        row = released(draft, k=by_month[draft.block])
        if draft.kept or draft.waits or (row.state != Cell.State.SHOWN and book.stays(key)):
            book.keep([key])
        else:
            drafts[key], rows[key] = draft, row
    moved = sorted(book.write(rows), key=lambda key: drafts[key].block)
    book.write_backings(_with_marks(moved, drafts, columns, marks))


def _with_marks(
    keys: list[Key], drafts: dict[Key, Draft], columns: Columns, marks: Marks
) -> Iterator[tuple[Key, bytes]]:
    """Each cell with the marks of its contributions, month by month: all of them would fill the memory."""
    for _, month in groupby(keys, key=lambda key: drafts[key].block):
        for key in month:
            yield key, marks.packed(columns[key[0]], drafts[key].weeks)
        marks.forget()


def _company_cells(program: Program, weeks: list[date], months: list[date], book: Book) -> None:
    """The company account as a whole and, where a network tells them apart, without and with what was paid for."""
    rows = contributions.company_rows(program, weeks)
    organic, paid = contributions.company_apart(rows)
    for series, figures in (
        ("company", contributions.company_figures(rows)),
        ("organic", organic),
        ("paid", paid),
    ):
        book.write(company_cells(figures, weeks, months, series=series))


def _program_cells(
    program: Program, stays: list[Stay], weeks: list[date], months: list[date], book: Book
) -> dict[Key, Released]:
    """How many took part is counted once, when the week or the month is over: who left is gone from the lists after 90
    days, and a month that is told must not become smaller for that."""
    found = {key_of(row): row for row in members(stays, weeks, months, k=program.group_minimum)}
    told = [key for key, cell in book.stored.items() if key[0] == "members_active" and cell.state == Cell.State.SHOWN]
    book.keep(told)
    found = {key: row for key, row in found.items() if key not in book.rows}
    begun = [phase for phase in phases_with_progress(program) if phase.state in ("active", "finished")]
    done, counted = sum(phase.done for phase in begun), sum(phase.total for phase in begun)  # type: ignore[attr-defined]
    for row in progress(done, counted, weeks[-1], months[-1]):
        found[key_of(row)] = row
    for row in record_cells(recorded(program, weeks), months, k=program.group_minimum):
        found[key_of(row)] = row
    return found
