"""News for people. A room says who shall hear of what; how and when is the person's choice. Nothing of it is in the
journal: what somebody is told and reads is nobody's business."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.kit import page_cache
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.wake import wake
from core.news import hours as clock
from core.news import kinds, tasks, wishes
from core.news.bundles import MOST, looked_up
from core.news.models import Hours, Notification, Way, Wish
from core.push import services as push

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def tell(
    kind: str,
    people: "Iterable[User]",
    *,
    about: object,
    item: object,
    program_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Within the transaction of what happened. The same again tells nobody twice."""
    news, wanted = kinds.named(kind), {person.pk: person for person in people}
    silent = kinds.silent_among(program_id, wanted.keys())
    wanted = {pk: person for pk, person in wanted.items() if pk not in silent}
    if news is None or not wanted:
        return 0
    chosen = wishes.of_many(news, wanted)
    with_devices = push.people_with_devices(wanted)
    hours = {row.person_id: row for row in Hours.objects.filter(person__in=wanted)}
    now, rows = timezone.now(), []
    begins = news.begins(Notification(kind=kind, about=str(about), item=str(item))) if news.begins else None
    for pk, person in wanted.items():
        ways = chosen.get(pk, wishes.usual(news))
        if not ways.is_shown and ways.mail == Way.NEVER and not ways.is_pushed:
            continue
        row = Notification(person_id=pk, program_id=program_id, kind=kind, about=str(about), item=str(item))
        row.at, row.is_shown = at or now, ways.is_shown
        if ways.mail != Way.NEVER:
            row.mail = ways.mail
            row.due_at = _due(row, hours.get(pk, Hours()), person.time_zone, begins)
        if ways.is_pushed and pk in with_devices:
            row.push_due_at = clock.next_audible(now, hours.get(pk, Hours()), person.time_zone)
        rows.append(row)
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    _changed(row.person_id for row in rows)
    if any(row.mail == Way.NOW for row in rows):
        wake(tasks.mail)
    if any(row.push_due_at for row in rows):
        wake(tasks.push)
    return len(rows)


def _due(row: Notification, hours: Hours, zone: str, begins: datetime | None) -> datetime:
    now = timezone.now()
    if row.mail == Way.NOW and clock.cannot_wait(now, hours, zone, begins):
        return now
    return clock.due(now, hours, zone, row.mail)


def _unread() -> QuerySet[Notification]:
    """What is new in the product, of these programs and of none."""
    mine = Notification.objects.filter(person=Blank("person"), read_at=None, is_shown=True, is_gone=False)
    return mine.filter(Q(program_id=None) | Q(OneOf("program_id", "programs"))).order_by("-at", "-pk")[:MOST]


UNREAD = Compiled(_unread)


def count(person: "User", programs: Iterable[int]) -> int:
    """How many bundles are new, as the inbox shows them: what this person may no longer see is not among them. One
    question when there is nothing."""
    rows = UNREAD.rows(person=person.pk, programs=list(programs))
    told = looked_up(person, rows)
    return len({(row.kind, row.about) for row in rows if row.pk in told})


def remembered_count(person: "User", programs: Iterable[int]) -> int:
    """The same for every page: asked once, until something changes for this person."""
    ids = sorted(programs)
    return page_cache.taken(_subject(person.pk), f"count:{'.'.join(map(str, ids))}", lambda: count(person, ids))


def _subject(person_id: int) -> str:
    return f"news:{person_id}"


def _changed(people: Iterable[int]) -> None:
    """The bells of these people ask again, after the commit."""
    concerned = set(people)

    def ask_again() -> None:
        for pk in concerned:
            page_cache.clear(_subject(pk))

    transaction.on_commit(ask_again, robust=True)


@transaction.atomic
def read(person: "User", *, kind: str = "", about: object = None, items: Iterable[object] | None = None) -> datetime:
    """These count as read; `kind` may be the beginning of several. Answers the moment, for `unread_again`."""
    now = timezone.now()
    rows = Notification.objects.filter(person=person, read_at=None, kind__startswith=kind)
    if about is not None:
        rows = rows.filter(about=str(about))
    if items is not None:
        rows = rows.filter(item__in=[str(item) for item in items])
    if rows.update(read_at=now):
        _changed([person.pk])
    return now


@transaction.atomic
def unread_again(person: "User", moment: datetime) -> None:
    """Undo: what was called read at this moment is new again."""
    Notification.objects.filter(person=person, read_at=moment).update(read_at=None)
    _changed([person.pk])


def unread_items(person: "User", kind: str, about: object) -> list[str]:
    """For a room that knows better which of them were seen."""
    rows = Notification.objects.filter(person=person, read_at=None, kind__startswith=kind, about=str(about))
    return list(rows.values_list("item", flat=True))


@transaction.atomic
def gone(kind: str, *, about: object = None, items: Iterable[object] | None = None, is_gone: bool = True) -> None:
    """What the news are about was deleted, or is back."""
    rows = Notification.objects.filter(kind__startswith=kind)
    if about is not None:
        rows = rows.filter(about=str(about))
    if items is not None:
        rows = rows.filter(item__in=[str(item) for item in items])
    people = list(rows.exclude(is_gone=is_gone).values_list("person", flat=True).distinct())
    rows.update(is_gone=is_gone)
    _changed(people)


def forget_gone(kind: str, *, items: Iterable[object]) -> None:
    """What is gone happens again: it is news once more."""
    Notification.objects.filter(kind=kind, item__in=[str(item) for item in items], is_gone=True).delete()


def other_readers(kind: str, *, about: object) -> None:
    """Who may see what the news are about has changed: the bells ask again."""
    _changed(
        Notification.objects.filter(kind__startswith=kind, about=str(about), read_at=None).values_list(
            "person", flat=True
        )
    )


@transaction.atomic
def look_again(person: "User") -> None:
    """Something that this person did settled news of theirs: their bell asks again. Nothing is written, no time
    either."""
    _changed([person.pk])


def moved(of_kinds: Iterable[str], items: Iterable[object], *, about: object) -> None:
    """The same things belong to something else now, e.g. posts to another topic."""
    rows = Notification.objects.filter(kind__in=list(of_kinds), item__in=[str(item) for item in items])
    people = list(rows.values_list("person", flat=True).distinct())
    rows.update(about=str(about))
    _changed(people)


def forget_person(user: "User") -> int:
    """News, and how somebody wanted to be told, end with the account."""
    return sum(model._default_manager.filter(person=user).delete()[0] for model in (Notification, Wish, Hours))
