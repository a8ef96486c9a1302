"""What the worker does for journeys. It may run twice, side by side, or be killed at any point: whoever got a letter
stands in the database, once."""

from datetime import date
from functools import partial

from django.utils import timezone

from community.journeys import letters, queries
from community.journeys.models import Journey, JourneyLetter, JourneySending
from community.newsletters.schedule import today_in
from core.news.hours import is_audible
from core.news.models import Hours
from core.notify.models import OutgoingMail
from core.schedule.each import each, unnamed
from programs.generations.deeds import MARK
from programs.generations.models import Participant


def sweep() -> None:
    """Send what is due, to each person in the hours in which mails may come."""
    running = Journey.objects.present().filter(is_on=True, program__archived_at=None).select_related("program")
    each("journeys.go_on", running.order_by("pk"), go_on, key=lambda journey: journey.pk, is_whole=False)


def go_on(journey: Journey) -> None:
    """A letter with a fault that was not looked for when it was written goes on, and its page says so; one that is not
    finished waits."""
    today = today_in(journey.program)
    written = [letter for letter in queries.letters_of(journey) if not letters.held_back_by(letter)]
    each("journeys.letter", written, partial(_send_due, journey, today), key=lambda letter: letter.pk, is_whole=False)


def _send_due(journey: Journey, today: date, letter: JourneyLetter) -> None:
    letter.journey = journey
    people = list(queries.due_for(letter, today))
    hours = {row.person_id: row for row in Hours.objects.filter(person__in=[row.user_id for row in people])}
    now = timezone.now()
    open_now = [row for row in people if is_audible(now, hours.get(row.user_id, Hours()), row.user.time_zone)]
    each("journeys.send", open_now, partial(send, letter, today), key=lambda row: unnamed(letter.pk, row.pk))


def send(letter: JourneyLetter, today: date, participant: Participant) -> None:
    """Note it and put it into the outbox, in one transaction; whoever was faster sent it. One worker at a time per
    person: two letters of two journeys would else both be the one of the day."""
    Participant.objects.select_for_update(of=("self",), no_key=True).get(pk=participant.pk)
    if not queries.due_for(letter, today).filter(pk=participant.pk).exists():
        return
    is_left_out = bool(letter.unless and getattr(participant, f"{MARK}{letter.unless}", False))
    sending, is_new = JourneySending.objects.get_or_create(
        key=letter.key,
        person=participant.user,
        defaults={"letter": letter, "on": today, "is_left_out": is_left_out},
    )
    if is_new and not is_left_out:
        letters.post(sending, person=participant.user, on=today)


def is_withheld(mail: OutgoingMail) -> bool:
    """Asked in the moment before a mail goes out."""
    rows = JourneySending.objects.select_related("letter__journey__program")
    sending = rows.filter(pk=mail.reference or 0).first()
    return sending is None or not queries.is_due(sending)
