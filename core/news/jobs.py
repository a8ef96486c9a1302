"""Mails about news: written in one transaction with the mark on what they tell, so that each goes once."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from core.news import hours as clock
from core.news import kinds, letters
from core.news.bundles import Bundle, bundle
from core.news.models import Hours, Notification, Way, Wish
from core.news.wishes import held_hours
from core.notify.models import OutgoingMail
from core.notify.services import queue_mails
from core.people.as_reader import as_reader
from core.people.models import ERASED, User
from core.schedule.each import each, unnamed

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_A_TIME = 500
NEWS_KEPT = timedelta(days=30)


def mail_due() -> None:
    """Everything that is due. Running it again, or twice at once, mails nothing twice."""
    due = Notification.objects.exclude(mail="").filter(due_at__lte=timezone.now())
    rows = (
        due.order_by("person", "program_id", "mail").values_list("person", "program_id", "mail").distinct()[:AT_A_TIME]
    )
    each("news.news", rows, lambda row: write(*row), key=unnamed)


@transaction.atomic
def write(person_id: int, program_id: int | None, way: str) -> None:
    """One mail to one person about one program. It is put off when the person does not want to hear from us now."""
    person = User.objects.get(pk=person_id)
    hours, now = held_hours(person), timezone.now()
    waiting = Notification.objects.filter(person=person, program_id=program_id, mail=way, due_at__lte=now)
    if not person.is_active or kinds.silent_among(program_id, {person_id}):
        waiting.update(mail="", due_at=None)
        return
    if _is_early(person, program_id, way, hours, now):
        urgent = [row.pk for row in waiting if way == Way.NOW and _cannot_wait(row, hours, person, now)]
        waiting.exclude(pk__in=urgent).update(due_at=clock.due(now, hours, person.time_zone, way))
        waiting = waiting.filter(pk__in=urgent)
    rows = list(waiting)
    if not rows:
        return
    with as_reader(person):  # rooms find their words, days and hours while they are asked
        worth = [each for each in bundle(person, _unread(rows)) if way != Way.NOW or _is_worth_a_mail(person, each)]
        queue_mails(letters.of(person, program_id, way, worth))
    told = [row.pk for each in worth for row in each.rows]
    Notification.objects.filter(pk__in=told).update(mailed_at=now)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mail="", due_at=None)


def _cannot_wait(row: Notification, hours: Hours, person: User, now: datetime) -> bool:
    news = kinds.named(row.kind)
    begins = news.begins(row) if news is not None and news.begins is not None else None
    return clock.cannot_wait(now, hours, person.time_zone, begins)


def _unread(rows: list[Notification]) -> list[Notification]:
    return [row for row in rows if row.read_at is None and not row.is_gone]


def _is_early(person: User, program_id: int | None, way: str, hours: Hours, now: datetime) -> bool:
    """The hours changed meanwhile, or today's digest went already."""
    if not clock.is_audible(now, hours, person.time_zone):
        return True
    if way == Way.NOW:
        return False
    zone = ZoneInfo(person.time_zone)
    midnight = timezone.make_aware(datetime.combine(now.astimezone(zone).date(), time()), zone)
    sent: QuerySet[OutgoingMail] = OutgoingMail.objects.filter(person=person, program_id=program_id)
    return sent.filter(reason=letters.reason_of(way), created_at__gte=midnight).exists()


def _is_worth_a_mail(person: User, told: Bundle) -> bool:
    """After a mail about a thing the next one waits until the person has looked."""
    if told.news.each:
        return True
    before = Notification.objects.filter(person=person, kind=told.news.kind, about=told.about, read_at=None)
    return not before.exclude(mailed_at=None).exists()


def is_withheld(mail: OutgoingMail) -> bool:
    """Who left or pauses meanwhile is told nothing, nor is anybody of what is gone."""
    if mail.person_id is None or kinds.silent_among(mail.program_id, {mail.person_id}):
        return True
    if mail.reference is None:
        return False
    row = Notification.objects.filter(pk=mail.reference, is_gone=False).first()
    if row is None:
        return True
    person = User.objects.get(pk=mail.person_id)
    with as_reader(person):
        return not bundle(person, [row])


def retention() -> int:
    """News go after a month, read or not; those of somebody who left the program, or whose account ended, at once. What
    was chosen goes with the account."""
    count = Notification.objects.filter(at__lt=timezone.now() - NEWS_KEPT).delete()[0]
    count += Notification.objects.filter(person__is_active=False).delete()[0]
    for model in (Wish, Hours):
        count += model._default_manager.filter(person__email__endswith=ERASED).delete()[0]
    gone: list[int] = []

    def forget(program_id: int | None) -> None:
        mine = Notification.objects.filter(program_id=program_id)
        people = set(mine.values_list("person", flat=True).distinct())
        gone.append(mine.filter(person__in=kinds.silent_among(program_id, people)).delete()[0])

    programs = Notification.objects.exclude(program_id=None).order_by("program_id")
    each("news.retention", list(programs.values_list("program_id", flat=True).distinct()), forget)
    return count + sum(gone)
