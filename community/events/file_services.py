"""What hangs on an event: its picture, which a series shares, and files to read."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.events.answering import locked
from community.events.models import FILES, PICTURE, Event
from community.events.verbs import EventsVerb
from core.attachments import services as attachments
from core.attachments.inspection import Inspected
from core.attachments.models import Attachment
from core.journal import services as journal
from core.journal.changes import changes_of

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def add_file(event: Event, *, file: Inspected, by: "User") -> Attachment:
    """Raises ValidationError when there is no space for it."""
    program_id = event.milestone.program_id
    return attachments.attach(file, kind=FILES, target_id=event.pk, program_id=program_id, by=by)


@transaction.atomic
def set_picture(event: Event, *, picture: Inspected | None, by: "User") -> None:
    """This one from now on, or none, on all dates of a series; the former one goes after the usual time."""
    event = locked(event)
    if (picture is None and event.picture is None) or (picture and attachments.is_same(event.picture, picture)):
        return
    if event.picture is not None:
        attachments.follow(event.picture, deleted_at=timezone.now())
    program_id = event.milestone.program_id
    event.picture = (
        attachments.attach(picture, kind=PICTURE, target_id=event.pk, program_id=program_id, by=by) if picture else None
    )
    changed = changes_of(event, ["picture"], unsaid=["picture"])
    event.save(update_fields=["picture"])
    if event.series:
        Event.objects.filter(series=event.series).update(picture=event.picture)
    journal.record(EventsVerb.EDITED, event.milestone, by=by, changes=changed)


def forget_orphans() -> int:
    """Files of events that are gone for good."""
    rows = Attachment.objects.filter(kind__in=[FILES, PICTURE])
    gone = list(rows.exclude(target_id__in=Event.objects.values("pk")).values_list("pk", flat=True))
    return attachments.purge(gone)
