"""News on the devices of a person: planned in one transaction with the mark on what they tell, so that each bundle is
told once; sent with the words of that moment, if the person may still see it, in their hours, and is signed in there.

HTTP cannot say whether a message whose answer was lost has arrived. It is sent again under the same topic: the push
service, and then the device, put the second in the place of the first.
"""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from core.kit import fetch, product, public_hosts
from core.kit.wake import wake
from core.news import hours as clock
from core.news import kinds, tasks, wishes
from core.news.bundles import Bundle, bundle
from core.news.models import Hours, Notification, PushMessage, PushState
from core.people.as_reader import as_reader
from core.people.models import User
from core.push import services as devices
from core.push.to_device import Fate, PushReply, send
from core.schedule.each import each, unnamed, within

DEVICES_AT_A_TIME = 500
MOST_AT_ONCE = 3  # bundles that come one by one; more are one line
LEASE = timedelta(minutes=2)  # longer than any answer is waited for
TRIES, PATIENCE = 12, timedelta(days=1)
SWEEP_SECONDS = 60
MOST_SILENCES = 2  # of a push service, until the others have their turn
LONGEST = 200  # characters of a line


def push_due() -> None:
    """Everything whose time has come. Twice at once plans nothing twice."""
    due = Notification.objects.filter(push_due_at__lte=timezone.now())
    rows = due.order_by("person", "program_id").values_list("person", "program_id").distinct()[:DEVICES_AT_A_TIME]
    each("news.push", rows, lambda row: plan(*row), key=unnamed)


@transaction.atomic
def plan(person_id: int, program_id: int | None) -> None:
    """What one person's devices will show about one program."""
    person, now = User.objects.get(pk=person_id), timezone.now()
    hours = wishes.held_hours(person)
    waiting = Notification.objects.filter(person=person, program_id=program_id, push_due_at__lte=now)
    if not person.is_active or kinds.silent_among(program_id, {person_id}):
        waiting.update(push_due_at=None)
        return
    if not clock.is_audible(now, hours, person.time_zone):
        waiting.update(push_due_at=clock.next_audible(now, hours, person.time_zone))
        return
    rows = list(waiting)
    new = [row for row in rows if row.read_at is None and not row.is_gone]
    with as_reader(person):
        worth = [told for told in bundle(person, new) if _is_worth_a_line(person, told)]
    others = len(worth) - 1 if len(worth) > MOST_AT_ONCE else 0
    messages = [
        PushMessage(device=device, notification=told.rows[-1], others=others, due_at=now)
        for device in devices.alive().filter(person=person)
        for told in (worth[:1] if others else worth)
    ]
    PushMessage.objects.bulk_create(messages, ignore_conflicts=True)
    Notification.objects.filter(pk__in=[row.pk for told in worth for row in told.rows]).update(pushed_at=now)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(push_due_at=None)
    if messages:
        wake(tasks.push)


def _is_worth_a_line(person: User, told: Bundle) -> bool:
    """Not while the last one about it was not looked at, unless each of them counts."""
    if told.news.each:
        return True
    before = Notification.objects.filter(person=person, kind=told.news.kind, about=told.about, read_at=None)
    return not before.exclude(pushed_at=None).exists()


def send_due(*, resolve: fetch.Resolver = public_hosts.resolve, connect: fetch.Connector = fetch.connect) -> None:
    """Whatever is due, the longest waiting first. A push service that is silent waits until the next time, so that
    it holds up nobody at the others."""
    silences = Counter[str]()

    def work(row: tuple[int, str]) -> None:
        pk, host = row
        if silences[host] < MOST_SILENCES and deliver(pk, resolve=resolve, connect=connect):
            silences[host] += 1

    rows = list(_due().order_by("due_at", "pk").values_list("pk", "device__host")[:DEVICES_AT_A_TIME])
    each("news.push.send", within(SWEEP_SECONDS, rows), work, key=lambda row: row[0], is_whole=False)


def deliver(
    message_id: int, *, resolve: fetch.Resolver = public_hosts.resolve, connect: fetch.Connector = fetch.connect
) -> bool:
    """Send one message if nobody else is at it. Answers whether the push service was silent."""
    lease = timezone.now() + LEASE
    changes = {"state": PushState.SENDING, "lease_until": lease, "attempts": F("attempts") + 1}
    seen = _due().filter(pk=message_id).values_list("attempts", flat=True).first()
    # by the number of attempts: whoever waited for another worker's row still believes that the device is awake
    if seen is None or PushMessage.objects.filter(pk=message_id, attempts=seen).update(**changes) != 1:
        return False
    message = PushMessage.objects.select_related("device__person", "device__key", "notification").get(pk=message_id)
    told = _told_now(message)
    if told is None:
        message.delete()
        return False
    person, now = message.device.person, timezone.now()
    hours = wishes.hours_of(person)
    if not clock.is_audible(now, hours, person.time_zone):
        _put_back(message, clock.next_audible(now, hours, person.time_zone))
        return False
    reply = send(
        message.device, words_of(person, told, message.others), topic=_topic(message.notification),
        seconds=_until_quiet(now, hours, person.time_zone), resolve=resolve, connect=connect,
    )  # fmt: skip
    _note(message, reply)
    return reply.is_silence


def words_of(person: User, told: Bundle, others: int = 0) -> dict[str, str]:
    """No more than the subject of a mail says, and where it leads; what was written stays on the page."""
    with as_reader(person):
        title, url = told.sentence, told.url
        if others:
            count, url = others + 1, reverse("news:inbox")
            title = ngettext("%(program)s: %(count)s update", "%(program)s: %(count)s updates", count) % {
                "program": told.program or product.NAME, "count": count,
            }  # fmt: skip
    return {"title": title[:LONGEST], "url": url, "tag": _topic(told.rows[-1]), "lang": person.language}


def _due() -> QuerySet[PushMessage]:
    now = timezone.now()
    waiting = Q(state=PushState.QUEUED, due_at__lte=now) | Q(state=PushState.SENDING, lease_until__lt=now)
    awake = Q(device__paused_until=None) | Q(device__paused_until__lte=now)
    return PushMessage.objects.filter(waiting & awake)


def _told_now(message: PushMessage) -> Bundle | None:
    """Nothing when the person has read it, left, pauses, signed out there, or does not want it any more."""
    person, row = message.device.person, message.notification
    if row.read_at is not None or not devices.alive().filter(pk=message.device_id).exists():
        return None
    ways = wishes.of(person).get(row.kind)
    if ways is None or not ways.is_pushed or kinds.silent_among(row.program_id, {person.pk}):
        return None
    same = Notification.objects.filter(person=person, kind=row.kind, about=row.about, read_at=None, is_gone=False)
    with as_reader(person):
        return next((told for told in bundle(person, same) if row.pk in {one.pk for one in told.rows}), None)


def _until_quiet(now: datetime, hours: Hours, zone: str) -> int:
    """A device that is off now must not show it in the evening: the push service forgets it when the hours end."""
    local = now.astimezone(ZoneInfo(zone))
    return max(60, (hours.end - local.hour) * 3600 - local.minute * 60 - local.second)


def _topic(row: Notification) -> str:
    """One place on the device for one bundle; it says nothing to anybody else."""
    return salted_hmac("news.push", f"{row.person_id}.{row.kind}.{row.about}", algorithm="sha256").hexdigest()[:32]


def _note(message: PushMessage, reply: PushReply) -> None:
    device = message.device
    if reply.fate == Fate.GONE:
        device.delete()  # and what waits for it
    elif reply.fate == Fate.TAKEN:
        type(device).objects.filter(pk=device.pk).update(setbacks=0, paused_until=None)
        _finish(message, PushState.SENT)
    elif reply.fate == Fate.REFUSED or message.attempts >= TRIES or message.due_at < timezone.now() - PATIENCE:
        _finish(message, PushState.FAILED)
    else:
        devices.put_off(device, reply.pause)
        _put_back(message, message.due_at)


def _finish(message: PushMessage, state: PushState) -> None:
    sent_at = timezone.now() if state == PushState.SENT else None
    PushMessage.objects.filter(pk=message.pk).update(state=state, sent_at=sent_at, lease_until=None)


def _put_back(message: PushMessage, due_at: datetime) -> None:
    PushMessage.objects.filter(pk=message.pk).update(state=PushState.QUEUED, due_at=due_at, lease_until=None)
