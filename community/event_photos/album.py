"""The album as one person sees it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from community.event_photos import access, queries, services
from community.event_photos.models import Agreement, EventPhoto, PhotoPerson
from community.events import access as events
from community.events import event_page
from community.events.models import Event
from core.attachments.models import Attachment

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Picture:
    photo: EventPhoto
    file: Attachment
    is_mine: bool  # added by this person
    has_me: bool
    is_reported: bool = False  # by this person
    reason: str = ""
    reasons: tuple[str, ...] = ()  # for hosts


def of(event: Event, user: "User") -> dict[str, Any]:
    shown = list(queries.seen(event, user))
    asked = list(queries.to_decide(event, user))
    files = queries.files_of([*shown, *asked])
    mine = PhotoPerson.objects.filter(person=user, answer=Agreement.AGREED, photo__in=shown)
    with_me = set(mine.values_list("photo", flat=True))
    hosts = events.can_host(user, event)
    waiting = queries.waiting(event)

    said = queries.reported_by(user, shown)
    waits = set(queries.to_judge(user, event).values_list("pk", flat=True)) if hosts else set()
    judged = [photo for photo in shown if photo.pk in waits]
    reasons = queries.reasons_of(judged)

    def pictures(photos: list[EventPhoto]) -> list[Picture]:
        return [
            Picture(
                row,
                files[row.pk],
                row.by_id == user.pk,
                row.pk in with_me,
                row.pk in said,
                said.get(row.pk, ""),
                tuple(reasons.get(row.pk, ())),
            )
            for row in photos
            if row.pk in files
        ]

    return {
        "program": event.milestone.program,
        "event": event,
        "when": event_page.when(event),
        "pictures": pictures(shown),
        "asked": pictures(asked),
        "judged": pictures(judged),
        "agreed": list(queries.agreed_waiting(event, user)),
        "own_waiting": list(waiting.filter(by=user)),
        "has_waiting": hosts and waiting.exists(),
        "hosts": hosts,
        "is_open": services.is_open(event) and access.sees_album(user, event),
    }
