"""Series that open a topic every week. Only a host says yes to one, for themselves alone: the topics bear their name.

A yes is about one version of the series and ends with its weeks. When another host changes a text, or the one who said
yes no longer hosts, it falls: nothing is said in somebody's name that they have not seen.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from community.forum import news_rituals, services
from community.forum.models import Board, Topic
from community.forum.models_rituals import Lapse, Ritual, RitualDay, RitualText
from community.forum.ritual_days import due_day, is_over, text_in_turn
from community.forum.ritual_templates import RitualTemplate
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import holders_of, people_with

if TYPE_CHECKING:
    from core.people.models import User

NO_YES = {"approved_at": None, "until": None, "active_from": None}


class RitualChanged(Exception):
    """Somebody else has changed the series meanwhile."""


class RitualIsThere(Exception):
    """The program has a series of this kind."""


@transaction.atomic
def begin(program: Program, template: RitualTemplate, *, by: "User") -> Ritual:
    """A series with the texts of its template; the one that is there when somebody was faster. Nothing is opened
    before a host says yes."""
    if there := Ritual.objects.present().filter(program=program, key=template.key).first():
        return there
    boards = Board.objects.filter(program=program)
    board = boards.filter(key=template.board).first() or boards.earliest("position")
    fresh = Ritual(program=program, key=template.key, board=board, name=template.name, weekday=template.weekday)
    fresh.at = template.at
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError:
        return Ritual.objects.present().get(program=program, key=template.key)
    _set_texts(fresh, template.texts)
    journal.record(ForumVerb.RITUAL_BEGUN, by=by, program_id=program.pk, name=fresh.name)
    return fresh


@transaction.atomic
def change(
    ritual: Ritual,
    *,
    version: int,
    name: str,
    board: Board,
    weekday: int,
    at: time,
    texts: Sequence[tuple[str, str]],
    by: "User",
) -> Ritual:
    """Other texts or another day. The yes stays when it is changed by whoever gave it. Raises RitualChanged."""
    held = _held(ritual, version)
    held.name, held.board, held.weekday, held.at = name, board, weekday, at
    held.version += 1
    changed = changes_of(held, ("name", "board", "weekday", "at"))
    held.save(update_fields=["name", "board", "weekday", "at", "version"])
    held.texts.all().delete()
    _set_texts(held, texts)
    page_cache.changed(held.program_id)
    journal.record(ForumVerb.RITUAL_CHANGED, by=by, program_id=held.program_id, name=held.name, changes=changed)
    if held.approved_at is not None and held.host_id != by.pk:
        _lapse(held, Lapse.CHANGED)
    return held


@transaction.atomic
def approve(ritual: Ritual, *, version: int, weeks: int, by: "User") -> Ritual:
    """Yes, in my name, for so many weeks. Raises RitualChanged when it is not what was shown."""
    held = _held(ritual, version)
    now = timezone.now()
    held.host, held.approved_at, held.active_from, held.paused_at, held.lapse = by, now, now, None, ""
    held.until = timezone.localdate(now) + timedelta(weeks=weeks)
    held.save(update_fields=["host", "approved_at", "active_from", "paused_at", "lapse", "until"])
    news_rituals.settled(held)
    page_cache.changed(held.program_id)
    journal.record(ForumVerb.RITUAL_APPROVED, by=by, program_id=held.program_id, name=held.name, weeks=weeks)
    return held


@transaction.atomic
def pause(ritual: Ritual, *, by: "User") -> None:
    Ritual.objects.select_for_update().get(pk=ritual.pk)
    if Ritual.objects.running().filter(pk=ritual.pk).update(paused_at=timezone.now()):
        page_cache.changed(ritual.program_id)
        journal.record(ForumVerb.RITUAL_PAUSED, by=by, program_id=ritual.program_id, name=ritual.name)


@transaction.atomic
def resume(ritual: Ritual, *, by: "User") -> None:
    """From now on; what would have been opened meanwhile is not made up for."""
    paused = Ritual.objects.present().filter(pk=ritual.pk).exclude(paused_at=None)
    if paused.update(paused_at=None, active_from=timezone.now() if ritual.approved_at else None):
        page_cache.changed(ritual.program_id)
        journal.record(ForumVerb.RITUAL_RESUMED, by=by, program_id=ritual.program_id, name=ritual.name)


@transaction.atomic
def stop(ritual: Ritual, *, by: "User") -> None:
    """For good; its topics stay. Back with `bring_back` within 30 days."""
    if Ritual.objects.present().filter(pk=ritual.pk).update(deleted_at=timezone.now()):
        page_cache.changed(ritual.program_id)
        journal.record(ForumVerb.RITUAL_STOPPED, by=by, program_id=ritual.program_id, name=ritual.name)


@transaction.atomic
def bring_back(ritual: Ritual, *, by: "User") -> None:
    """Raises RitualIsThere when another one of the same kind was begun meanwhile."""
    back = {"deleted_at": None, "active_from": timezone.now() if ritual.approved_at else None}
    try:
        with transaction.atomic():
            is_back = Ritual.objects.put_away().filter(pk=ritual.pk).update(**back)
    except IntegrityError as error:
        raise RitualIsThere from error
    if is_back:
        page_cache.changed(ritual.program_id)
        journal.record(ForumVerb.RITUAL_BACK, by=by, program_id=ritual.program_id, name=ritual.name)


@transaction.atomic
def leave_out(ritual: Ritual, *, on: date, skips: bool, by: "User") -> None:
    """Leave one day out, or not after all. What was opened already stays."""
    Ritual.objects.select_for_update().get(pk=ritual.pk)
    if skips:
        _row, is_new = RitualDay.objects.get_or_create(ritual=ritual, day=on, defaults={"is_skipped": True})
        changed = int(is_new)
    else:
        changed = RitualDay.objects.filter(ritual=ritual, day=on, is_skipped=True).delete()[0]
    if changed:
        verb = ForumVerb.RITUAL_SKIPPED if skips else ForumVerb.RITUAL_UNSKIPPED
        page_cache.changed(ritual.program_id)
        journal.record(verb, by=by, program_id=ritual.program_id, name=ritual.name, on=on.isoformat())


def due(now: datetime) -> list[int]:
    """The series that somebody has to look at in this moment, in few questions however many there are."""
    running = list(Ritual.objects.running().select_related("program").order_by("pk"))
    hosts = set(
        holders_of(Ability.HOST_FORUM)
        .filter(program__in={ritual.program_id for ritual in running})
        .values_list("program", "user")
    )
    return [
        ritual.pk
        for ritual in running
        if (ritual.program_id, ritual.host_id) not in hosts or is_over(ritual, now) or due_day(ritual, now)
    ]


@transaction.atomic
def open_due(ritual_id: int) -> Topic | None:
    """The topic of this moment, once: workers that come at the same time wait for each other, and the day has one
    row. Before anything is said it is asked whether the host still hosts."""
    held = (
        Ritual.objects.running().select_for_update(of=("self",)).select_related("program", "board__generation", "host")
    )
    ritual = held.filter(pk=ritual_id).first()
    if ritual is None:
        return None
    ritual.board.program = ritual.program
    if not _still_hosts(ritual):
        _lapse(ritual, Lapse.LEFT)
        return None
    now = timezone.now()
    if is_over(ritual, now) or ritual.board.is_over:
        _lapse(ritual, Lapse.OVER)
        return None
    day = due_day(ritual, now)
    opening = text_in_turn(list(ritual.texts.all()), ritual.turn)
    if day is None or opening is None or ritual.host is None:
        return None
    if RitualDay.objects.filter(ritual=ritual, day=day).exists():
        return None
    topic = services.begin_topic(
        ritual.board, key=uuid4(), title=opening.title, text=opening.text, by=ritual.host, is_question=False
    )
    RitualDay.objects.create(ritual=ritual, day=day, topic=topic)
    Ritual.objects.filter(pk=ritual.pk).update(turn=F("turn") + 1)
    page_cache.changed(ritual.program_id)
    return topic


def _held(ritual: Ritual, version: int) -> Ritual:
    """The series, if it is still what somebody had before their eyes."""
    held = Ritual.objects.present().select_for_update(of=("self",)).select_related("program").filter(pk=ritual.pk)
    found = held.first()
    if found is None or found.version != version:
        raise RitualChanged
    return found


def _set_texts(ritual: Ritual, texts: Sequence[tuple[str, str]]) -> None:
    rows = [RitualText(ritual=ritual, position=place, title=t, text=text) for place, (t, text) in enumerate(texts)]
    RitualText.objects.bulk_create(rows)


def _still_hosts(ritual: Ritual) -> bool:
    return people_with(Ability.HOST_FORUM, ritual.program).filter(user=ritual.host_id).exists()


def _lapse(ritual: Ritual, why: Lapse) -> None:
    """The yes holds no longer, and the hosts are told. A new number: what was told before is settled."""
    news_rituals.settled(ritual)
    fallen = {**NO_YES, "lapse": why, "version": ritual.version + 1}
    if why == Lapse.LEFT:
        fallen["host"] = None
    Ritual.objects.filter(pk=ritual.pk).update(**fallen)
    ritual.version += 1
    news_rituals.tell_hosts(ritual)
    page_cache.changed(ritual.program_id)
    journal.record(ForumVerb.RITUAL_LAPSED, by=None, program_id=ritual.program_id, name=ritual.name, why=str(why))
