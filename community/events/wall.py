"""The code on the wall of the room: six digits that change every half minute, worked out from the event, the time and
the site's secret, so that nothing is stored. Slow phones have the two before as well."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from community.events import moments
from community.events.models import Event
from core.kit import codes

STEP = 30  # seconds
STEPS_BEFORE = 2
DIGITS = 6
ARRIVED = "events.arrived"
MINUTES_TO_PRESS = 15
COMES_LATER = timedelta(hours=2)  # after the end


@dataclass(frozen=True)
class Wall:
    code: str
    picture: codes.Code

    @property
    def spaced(self) -> str:
        half = DIGITS // 2
        return f"{self.code[:half]} {self.code[half:]}"


def code_at(event_id: int, moment: datetime, *, back: int = 0) -> str:
    step = int(moment.timestamp()) // STEP - back
    digest = salted_hmac("events.wall", f"{event_id}.{step}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def is_good(code: str, event_id: int, moment: datetime) -> bool:
    """Of this half minute, or of the two before."""
    return any(constant_time_compare(code, code_at(event_id, moment, back=back)) for back in range(STEPS_BEFORE + 1))


def was_good(code: str, event_id: int, moment: datetime) -> bool:
    """At a moment that a phone remembered: clocks that are set meanwhile may be half a minute off, so the code after
    counts too."""
    return is_good(code, event_id, moment) or constant_time_compare(code, code_at(event_id, moment, back=-1))


def shown(event: Event, moment: datetime) -> Wall:
    code = code_at(event.pk, moment)
    address = reverse("community:event_here", args=[event.milestone.program.slug, event.pk])
    return Wall(code, codes.drawn(f"{settings.SITE_URL}{address}?code={code}"))


def arrived(event: Event, person_id: int, code: str, moment: datetime) -> str:
    """What the page of a scanned code sends back when its button is pressed: when this person came with which code. The
    code is looked at only then, so that nobody can try codes by looking."""
    return signing.dumps([event.pk, person_id, code, int(moment.timestamp())], salt=ARRIVED)


def code_of_arrival(
    token: str, event: Event, person_id: int, now: datetime, *, within: timedelta = timedelta(minutes=MINUTES_TO_PRESS)
) -> bool:
    """Whether the code was good when the page was opened, a quarter of an hour ago at the most; longer ago where the
    button was pressed in time, and the phone had no connection then."""
    try:
        event_id, whose, code, at = signing.loads(token, salt=ARRIVED, max_age=within)
    except signing.BadSignature:
        return False
    return (event_id, whose) == (event.pk, person_id) and is_good(
        code, event.pk, datetime.fromtimestamp(at, now.tzinfo)
    )


def counts_later(event: Event, now: datetime) -> bool:
    """A code that comes after its time: until then, phones out of a cellar have a connection again."""
    return now <= moments.ends(event.milestone) + COMES_LATER
