"""Saying whether one comes. Places are given away under a lock on the event's row; the database counts who said yes and
refuses one more than there are places, whatever road it comes by."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.events import guest_letters, moments, news
from community.events.models import Answer, Choice, Event
from community.events.models_guests import Guest
from core.kit import page_cache

if TYPE_CHECKING:
    from core.people.models import User

NOTHING = ""  # no answer: what somebody had said is taken back


class EventOverError(Exception):
    """It was, or it was cancelled: nobody answers any more."""


class EventFullError(Exception):
    """No place is left, and this event has no waiting list."""


def can_answer(event: Event) -> bool:
    return event.is_open and not moments.is_over(event.milestone, timezone.now())


@transaction.atomic
def answer(event: Event, *, choice: str, person: "User") -> tuple[str, Answer | None]:
    """What was said before, and what stands now: who asks for a place when all are taken waits for one. The same answer
    twice changes nothing, and keeps the place in the waiting list."""
    event = locked(event)
    if not can_answer(event):
        raise EventOverError
    said = Answer.objects.filter(event=event, person=person).first()
    before = said.choice if said else NOTHING
    wanted = Choice.YES if choice == Choice.WAITING else choice
    if wanted == Choice.YES:
        wanted = seat(event, before)
    if wanted == before:
        return before, said
    if wanted == NOTHING:
        Answer.objects.filter(event=event, person=person).delete()
        said = None
    else:
        values = {"choice": wanted, "since": timezone.now()}
        said, _is_new = Answer.objects.update_or_create(event=event, person=person, defaults=values)
    if before == Choice.YES:
        move_up(event)
    forget_shown(event.milestone.program_id)
    return before, said


def seat(event: Event, before: str) -> str:
    """A place, or one in the waiting list, behind whoever came earlier."""
    if before == Choice.YES or _is_free(event, before):
        return Choice.YES
    if not event.has_waiting_list:
        raise EventFullError
    return Choice.WAITING


def _is_free(event: Event, before: str) -> bool:
    if event.free is None:
        return True
    if event.free <= 0:
        return False
    if timezone.now() >= moments.moves_up_until(event.milestone):
        return True  # nobody moves up by themselves any more: whoever takes the place has it
    waits = {"event": event, "choice": Choice.WAITING}
    return not (Answer.objects.filter(**waits).exists() or Guest.objects.present().filter(**waits).exists())


def move_up(event: Event) -> int:
    """Free places go to who waited longest, guests too; called with the event's row locked. How many moved up."""
    event.refresh_from_db(fields=["taken", "capacity"])
    if not event.is_open or timezone.now() >= moments.moves_up_until(event.milestone):
        return 0
    now, waits = timezone.now(), {"event": event, "choice": Choice.WAITING}
    waiting: list[Answer | Guest] = [*Answer.objects.filter(**waits).select_related("person")]
    waiting += Guest.objects.present().filter(**waits)
    waiting.sort(key=lambda each: (each.since or now, each.pk))
    lucky = waiting if event.free is None else waiting[: max(event.free, 0)]
    answers = [each for each in lucky if isinstance(each, Answer)]
    guests = [each for each in lucky if isinstance(each, Guest)]
    Answer.objects.filter(pk__in=[each.pk for each in answers]).update(choice=Choice.YES, since=now)
    Guest.objects.filter(pk__in=[each.pk for each in guests]).update(choice=Choice.YES, since=now)
    news.tell_moved_up(event, answers)
    for each in guests:
        each.event, each.choice = event, Choice.YES
    guest_letters.tell_moved_up(guests)
    forget_shown(event.milestone.program_id)
    return len(lucky)


@transaction.atomic
def show(event: Event, *, person: "User", is_shown: bool) -> None:
    """Others who are invited see, or see no more, that this person comes."""
    Answer.objects.filter(event=event, person=person, choice=Choice.YES).update(is_shown=is_shown)


def forget_shown(program_id: int) -> None:
    """Start pages show who comes; after the commit they look again."""
    transaction.on_commit(lambda: page_cache.clear(f"events:{program_id}"), robust=True)


def locked(event: Event) -> Event:
    rows = Event.objects.select_for_update(of=("self",)).select_related("milestone__program")
    return rows.get(pk=event.pk)
