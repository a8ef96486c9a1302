"""How somebody wants to be told: a way for every kind of news, and the hours. Nobody else sees it; in no journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from core.kit.rooms import News
from core.news import hours as clock
from core.news import kinds
from core.news.models import Hours, Notification, Way, Wish

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Ways:
    """How news of a kind comes: shown in the product, by mail, and on the devices that the person added."""

    is_shown: bool
    mail: str
    is_pushed: bool = False


def usual(news: News) -> Ways:
    """What is mailed at once is shown on devices too, for who has added any."""
    if news.has_own_mail:
        return Ways(is_shown=True, mail=Way.NEVER)
    return Ways(is_shown=True, mail=news.mail, is_pushed=news.mail == Way.NOW)


# What is for me at once, and the rest more or less quietly; a room's own default says what is for me.
PRESETS: dict[str, Mapping[str, str]] = {
    "calm": {Way.NOW: Way.WEEKLY, Way.DAILY: Way.NEVER, Way.WEEKLY: Way.NEVER},
    "normal": {},
    "everything": {Way.DAILY: Way.NOW, Way.WEEKLY: Way.NOW, Way.NEVER: Way.DAILY},
}


def preset(name: str, news: News) -> Ways:
    ways = usual(news)
    if news.has_own_mail:
        return ways
    mail = PRESETS[name].get(ways.mail, ways.mail)
    return Ways(is_shown=True, mail=mail, is_pushed=mail == Way.NOW)


def preset_of(wishes: Mapping[str, Ways], offered: Iterable[News]) -> str:
    """Which of the presets these wishes are; nothing for an own choice."""
    offered = list(offered)
    return next((name for name in PRESETS if all(wishes[each.kind] == preset(name, each) for each in offered)), "")


def of(person: "User") -> dict[str, Ways]:
    """The way of every kind for one person."""
    chosen = {row.kind: Ways(row.is_shown, row.mail, row.is_pushed) for row in Wish.objects.filter(person=person)}
    return {news.kind: chosen.get(news.kind, usual(news)) for news in kinds.every()}


def of_many(news: News, people: Iterable[int]) -> dict[int, Ways]:
    """The way of one kind for many people; who is not among the answer has it as usual."""
    rows = Wish.objects.filter(kind=news.kind, person__in=list(people))
    return {row.person_id: Ways(row.is_shown, row.mail, row.is_pushed) for row in rows}


def hours_of(person: "User") -> Hours:
    return Hours.objects.filter(person=person).first() or Hours(person=person)


def held_hours(person: "User") -> Hours:
    """The row of a person, locked: whoever writes mails to somebody holds it, so that two never do at once."""
    Hours.objects.bulk_create([Hours(person=person)], ignore_conflicts=True)
    return Hours.objects.select_for_update().get(person=person)


@transaction.atomic
def choose(person: "User", wishes: Mapping[str, Ways]) -> None:
    """Only what differs from the usual is kept, so that a better default reaches everybody else. What waits for a mail
    follows the new choice."""
    held_hours(person)  # the same form sent twice comes one after the other
    known = {news.kind: news for news in kinds.every()}
    wishes = {kind: ways for kind, ways in wishes.items() if kind in known}
    Wish.objects.filter(person=person, kind__in=list(wishes)).delete()
    Wish.objects.bulk_create(
        Wish(person=person, kind=kind, is_shown=ways.is_shown, mail=ways.mail, is_pushed=ways.is_pushed)
        for kind, ways in wishes.items()
        if ways != usual(known[kind])
    )
    plan_again(person)


@transaction.atomic
def choose_hours(person: "User", *, days: Iterable[int], start: int, end: int) -> None:
    Hours.objects.update_or_create(person=person, defaults={"days": sorted(days), "start": start, "end": end})
    plan_again(person)


@transaction.atomic
def pause_today(person: "User", *, on: bool) -> None:
    """Nothing more today, where the person is; or rather not."""
    Hours.objects.update_or_create(person=person, defaults={"paused_on": timezone.localdate() if on else None})
    plan_again(person)


@transaction.atomic
def plan_again(person: "User") -> None:
    """What still waits for a mail or a device goes the way, and at the time, that is chosen now."""
    hours, wishes, now = held_hours(person), of(person), timezone.now()
    waiting = Notification.objects.filter(person=person).exclude(mail="", push_due_at=None)
    for row in waiting:
        ways = wishes.get(row.kind, Ways(is_shown=True, mail=Way.NEVER))
        row.mail = "" if Way.NEVER in (row.mail or Way.NEVER, ways.mail) else ways.mail
        row.due_at = clock.due(now, hours, person.time_zone, ways.mail) if row.mail else None
        is_pushed = row.push_due_at is not None and ways.is_pushed
        row.push_due_at = clock.next_audible(now, hours, person.time_zone) if is_pushed else None
    Notification.objects.bulk_update(waiting, ["mail", "due_at", "push_due_at"], batch_size=500)


def kept(person: "User") -> dict[str, Any]:
    """Everything as it is now, for undo; `restore` takes it."""
    hours = hours_of(person)
    return {
        "ways": {kind: [ways.is_shown, ways.mail, ways.is_pushed] for kind, ways in of(person).items()},
        "hours": [hours.days, hours.start, hours.end],
    }


@transaction.atomic
def restore(person: "User", state: dict[str, Any]) -> None:
    days, start, end = state["hours"]
    choose_hours(person, days=days, start=start, end=end)
    choose(person, {kind: Ways(*ways) for kind, ways in state["ways"].items()})


@transaction.atomic
def mails_off(person: "User", *, of_kinds: Iterable[str], way: str) -> None:
    """By the link in a mail: of these kinds, or of everything that comes one way. In the product it stays."""
    held_hours(person)
    now = of(person)
    off = list(of_kinds) or [kind for kind, ways in now.items() if ways.mail == way]
    choose(person, {kind: replace(now[kind], mail=Way.NEVER) for kind in off})
