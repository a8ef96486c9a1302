"""What the tests of office hours read: addresses, what people are told, undo, a calendar from their own internet."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from community.office_hours import busy
from community.office_hours.models import HoursHost
from core.news import queries as inbox
from tests.core.kit.outside import Outside


def read(hours: HoursHost, outside: Outside) -> HoursHost:
    HoursHost.objects.filter(pk=hours.pk).update(calendar_due_at=timezone.now())
    busy.read(hours.pk, resolve=outside.resolve, connect=outside.connect)
    hours.refresh_from_db()
    return hours


def url(name: str, *args: Any) -> str:
    return reverse(f"community:{name}", args=["nordlichter", *args])


def told(person: Any) -> list[str]:
    return [each.sentence.split(":")[0] for each in inbox.inbox_of(person, only_new=True) if "our" in each.news.group]


def key(hours: Any, slot: Any) -> str:
    return f"{hours.pk}@{slot.start:%Y-%m-%dT%H:%MZ}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def undo_in(page: str) -> str:
    """The address of the undo that a page offers."""
    return page.split("data-toast")[1].split('action="')[1].split('"')[0].replace("&amp;", "&")
