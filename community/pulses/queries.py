"""What is selected of pulses."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from community.pulses import circles
from community.pulses.models import LONGEST_THEME, PulseComment, PulseMark, PulseRound
from core.people.models import User
from programs.consents.models import today_in
from programs.generations.models import Generation, Participant
from programs.membership.models import Program

if TYPE_CHECKING:
    from datetime import date

PUBLISHED_BY_ITSELF = timedelta(days=14)  # after its end, with or without words of the team
REMINDED = timedelta(days=1)  # before the last day, or on it


def pulses_in(program_id: int) -> str:
    """The subject of the page cache that changes with the pulses of a program."""
    return f"pulses:{program_id}"


def marks_of(user_id: int) -> str:
    """The subject that changes when a person has settled a pulse. Nobody else's page is made anew by it."""
    return f"pulse-marks:{user_id}"


def unsettled(pulse: PulseRound) -> QuerySet[User]:
    """Whom a reminder goes to. Nobody reads this list."""
    return circles.people_of(pulse).exclude(pk__in=PulseMark.objects.filter(pulse=pulse).values("person"))


def pulses_of(program: Program) -> QuerySet[PulseRound]:
    """The newest first."""
    return PulseRound.objects.present().filter(program=program).select_related("generation", "program")


def published(program: Program) -> QuerySet[PulseRound]:
    return pulses_of(program).exclude(published_at=None)


def seen_by_all(program: Program) -> QuerySet[PulseRound]:
    """What is open, and what was published."""
    today = today_in(program)
    is_open = Q(closed_at=None, opens_on__lte=today, closes_on__gte=today)
    return pulses_of(program).filter(Q(published_at__isnull=False) | is_open)


def open_in(program: Program) -> QuerySet[PulseRound]:
    today = today_in(program)
    return pulses_of(program).filter(closed_at=None, opens_on__lte=today, closes_on__gte=today)


def takes_answers(pulse: PulseRound) -> bool:
    """From its first to the end of its last day, on the program's clocks."""
    if pulse.closed_at or pulse.deleted_at or pulse.program.archived_at:
        return False
    return pulse.opens_on <= today_in(pulse.program) <= pulse.closes_on


def is_settled(pulse: PulseRound, user: "User") -> bool:
    return PulseMark.objects.filter(pulse=pulse, person=user).exists()


def asked_now(user: "User", program: Program) -> PulseRound | None:
    """The pulse that this person is asked now, unless it is settled for them."""
    mine = Participant.objects.active().filter(program=program, user=user)
    rows = open_in(program).filter(Q(generation=None) | Q(generation__in=mine.values("generation")))
    rows = rows.exclude(pk__in=PulseMark.objects.filter(person=user).values("pulse"))
    return rows.filter(Exists(mine)).first()


def in_the_way(program: Program, generation: Generation | None, first: "date", last: "date") -> PulseRound | None:
    """A pulse of the same people in the same days: two results side by side would tell the difference."""
    rows = pulses_of(program).filter(closed_at=None, opens_on__lte=last, closes_on__gte=first)
    if generation:
        rows = rows.filter(Q(generation=None) | Q(generation=generation))
    return rows.first()


def comments_of(pulse: PulseRound) -> QuerySet[PulseComment]:
    return PulseComment.objects.filter(pulse=pulse)


def themes_of(pulse: PulseRound) -> list[str]:
    """Names of themes that the team gave; how many comments have one is said to nobody."""
    named = comments_of(pulse).exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct()
    return [theme[:LONGEST_THEME] for theme in named]


def _under_way() -> Iterator[PulseRound]:
    day = timezone.now().date() + timedelta(days=1)
    rows = PulseRound.objects.present().filter(closed_at=None, opens_on__lte=day, program__archived_at=None)
    yield from rows.select_related("program", "generation").order_by("closes_on", "pk")


def to_tell() -> Iterator[PulseRound]:
    """Open since a moment ago, and nobody was told."""
    return (row for row in _under_way() if row.told_at is None and takes_answers(row))


def to_remind() -> Iterator[PulseRound]:
    return (
        row for row in _under_way() if not row.reminded_at and row.told_at and takes_answers(row) and _ends_soon(row)
    )


def _ends_soon(pulse: PulseRound) -> bool:
    return pulse.closes_on - today_in(pulse.program) <= REMINDED


def to_close() -> Iterator[PulseRound]:
    """The last day is over, on their program's clocks. Also of a program that was archived."""
    rows = PulseRound.objects.present().filter(closed_at=None, closes_on__lte=timezone.now().date() + timedelta(days=1))
    for row in rows.select_related("program", "generation").order_by("closes_on", "pk"):
        if row.closes_on < today_in(row.program):
            yield row


def to_publish() -> QuerySet[PulseRound]:
    rows = PulseRound.objects.present().filter(published_at=None, result__isnull=False)
    return rows.filter(closed_at__lte=timezone.now() - PUBLISHED_BY_ITSELF).select_related("program", "generation")
