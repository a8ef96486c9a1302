"""What people ask the hosts to look at. Who it was is told to nobody, neither to who added the photo nor to the hosts;
in no journal stands that somebody asked."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.event_photos import news
from community.event_photos.models import EventPhoto, PhotoFate, PhotoReport
from core.kit import page_cache
from core.news import services as told

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def report(photo: EventPhoto, *, reason: str, by: "User") -> None:
    """Once per person until the hosts have answered; said again, it has the reason given last."""
    row = PhotoReport(photo=photo, by=by, reason=reason)
    PhotoReport.objects.bulk_create([row], ignore_conflicts=True)
    if reason:
        PhotoReport.objects.filter(photo=photo, by=by, decided_at=None).update(reason=reason)
    _on_start_pages(photo)
    told.forget_gone(news.REPORTED, items=[photo.pk])  # what was answered before is other news
    news.tell_hosts(photo, but=by)


@transaction.atomic
def withdraw(photo: EventPhoto, *, by: "User") -> None:
    PhotoReport.objects.filter(photo=photo, by=by, decided_at=None).delete()
    _on_start_pages(photo)
    if not PhotoReport.objects.filter(photo=photo, decided_at=None).exists():
        told.gone(news.REPORTED, items=[photo.pk])


@transaction.atomic
def settle(photo: EventPhoto, *, fate: PhotoFate) -> bool:
    """One answer to everybody who reported the photo, who are told. False when nobody waited for one."""
    waiting = list(PhotoReport.objects.select_for_update(of=("self",)).filter(photo=photo, decided_at=None))
    keys = [row.pk for row in waiting]
    PhotoReport.objects.filter(pk__in=keys).update(fate=fate, decided_at=timezone.now())
    _on_start_pages(photo)
    told.gone(news.REPORTED, items=[photo.pk])
    told.forget_gone(news.ANSWERED, items=keys)
    for row in waiting:
        news.tell_reporter(row, photo)
    return bool(waiting)


@transaction.atomic
def reopen(photo: EventPhoto) -> bool:
    """Those that were answered last wait again, unless the person has reported the photo once more."""
    last = PhotoReport.objects.filter(photo=photo).exclude(decided_at=None).order_by("-decided_at").first()
    if last is None:
        return False
    again = PhotoReport.objects.filter(photo=photo, decided_at=None).values_list("by", flat=True)
    rows = PhotoReport.objects.filter(photo=photo, decided_at=last.decided_at).exclude(by__in=list(again))
    keys = list(rows.values_list("pk", flat=True))
    PhotoReport.objects.filter(pk__in=keys).update(fate="", decided_at=None)
    _on_start_pages(photo)
    told.gone(news.ANSWERED, items=keys)
    told.gone(news.REPORTED, items=[photo.pk], is_gone=False)
    return bool(keys)


def _on_start_pages(photo: EventPhoto) -> None:
    """What hosts see there is of now."""
    page_cache.changed(photo.event.milestone.program_id)
