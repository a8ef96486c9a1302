"""Who hears of a pulse: who is asked, once when it opens and once before it ends; who leads the program, when its
result is there; and everybody who was asked, when it is published and when the team says what becomes of it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.pulses import access, queries
from community.pulses.models import PulseMark, PulseRound
from core.kit.rooms import News, Told
from core.kit.templatetags.ui import day
from core.news import services as inbox
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

OPEN, ENDS, RESULT = "pulses.open", "pulses.ends", "pulses.result"
PUBLISHED, CONSEQUENCE = "pulses.published", "pulses.consequence"
GROUP = _("Pulses")


def tell_open(pulse: PulseRound, people: "Iterable[User]") -> None:
    inbox.tell(OPEN, people, about=pulse.pk, item=pulse.pk, program_id=pulse.program_id)


def tell_ends(pulse: PulseRound, people: "Iterable[User]") -> None:
    inbox.tell(ENDS, people, about=pulse.pk, item=pulse.pk, program_id=pulse.program_id)


def settled(pulse: PulseRound, person: "User") -> None:
    """Found settled when they are looked at, so that no time of it is kept."""
    inbox.look_again(person)


def ended(pulse: PulseRound) -> None:
    for kind in (OPEN, ENDS):
        inbox.gone(kind, about=pulse.pk)


def tell_result(pulse: PulseRound) -> None:
    people = [row.user for row in people_with(Ability.MANAGE_PROGRAM, pulse.program)]
    inbox.tell(RESULT, people, about=pulse.pk, item=pulse.pk, program_id=pulse.program_id)


def tell_published(pulse: PulseRound, people: "Iterable[User]") -> None:
    inbox.tell(PUBLISHED, people, about=pulse.pk, item=pulse.pk, program_id=pulse.program_id)


def tell_consequence(pulse: PulseRound, people: "Iterable[User]") -> None:
    item = f"{pulse.pk}.{int(timezone.now().timestamp())}"
    inbox.tell(CONSEQUENCE, people, about=pulse.pk, item=item, program_id=pulse.program_id)


def _look_open(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """As long as it is open and not settled for this person."""
    found = _pulses(rows)
    settled_ones = set(
        PulseMark.objects.filter(pulse__in=found.values(), person=person).values_list("pulse", flat=True)
    )
    return {
        row.pk: Told(day(pulse.closes_on), _url("pulse", pulse), program=pulse.program.name)
        for row in rows
        if (pulse := found.get(row.about)) and pulse.pk not in settled_ones and _asks(pulse, person)
    }


def _asks(pulse: PulseRound, person: "User") -> bool:
    return queries.takes_answers(pulse) and access.can_answer(person, pulse)


def _look_result(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    found = _pulses(rows)
    return {
        row.pk: Told(day(pulse.closes_on), _url("pulse_result", pulse), program=pulse.program.name)
        for row in rows
        if (pulse := found.get(row.about)) and access.can_lead(person, pulse.program)
    }


def _look_published(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    found = _pulses(rows)
    programs = {program for program in roles_by_program(person) if can(person, Ability.SEE_AGGREGATES, program)}
    return {
        row.pk: Told(day(pulse.closes_on), _url("pulse_result", pulse), program=pulse.program.name)
        for row in rows
        if (pulse := found.get(row.about)) and pulse.published_at and pulse.program in programs
    }


def _pulses(rows: Sequence[Any]) -> dict[str, PulseRound]:
    keys = [row.about for row in rows if row.about.isdigit()]
    kept = PulseRound.objects.present().filter(pk__in=keys).select_related("program", "generation")
    return {str(pulse.pk): pulse for pulse in kept}


def _url(name: str, pulse: PulseRound) -> str:
    return reverse(f"community:{name}", args=[pulse.program.slug, pulse.pk])


def _takes_part(person: "User") -> bool:
    return any(can(person, Ability.TAKE_PART, program) for program in roles_by_program(person))


def _leads(person: "User") -> bool:
    return any(can(person, Ability.MANAGE_PROGRAM, program) for program in roles_by_program(person))


NEWS = (
    News(
        OPEN,
        _("A pulse asks me"),
        GROUP,
        75,
        ngettext_lazy("A few questions, 20 seconds, until %(title)s", "%(count)s pulses ask you: %(title)s", "count"),
        _("because a pulse of your program asks you"),
        _look_open,
        button=_("Answer"),
        icon="clipboard-check",
    ),
    News(
        ENDS,
        _("A pulse ends soon that I have not answered"),
        GROUP,
        76,
        ngettext_lazy("The pulse ends on %(title)s", "%(count)s pulses end soon: %(title)s", "count"),
        _("because a pulse of your program asks you"),
        _look_open,
        note=_("Sent by the site. Nobody can see who gets it."),
        button=_("Answer"),
        icon="clipboard-check",
    ),
    News(
        RESULT,
        _("A pulse has ended"),
        GROUP,
        77,
        ngettext_lazy("The pulse until %(title)s has ended", "%(count)s pulses have ended: %(title)s", "count"),
        _("because you lead the program"),
        _look_result,
        concerns=_leads,
        icon="chart-bar",
    ),
    News(
        PUBLISHED,
        _("The result of a pulse"),
        GROUP,
        78,
        ngettext_lazy(
            "The result of the pulse until %(title)s is out", "Results of %(count)s pulses are out: %(title)s", "count"
        ),
        _("because a pulse of your program asked you"),
        _look_published,
        concerns=_takes_part,
        icon="chart-bar",
    ),
    News(
        CONSEQUENCE,
        _("What becomes of a pulse"),
        GROUP,
        79,
        ngettext_lazy(
            "What becomes of the pulse until %(title)s", "What becomes of %(count)s pulses: %(title)s", "count"
        ),
        _("because a pulse of your program asked you"),
        _look_published,
        concerns=_takes_part,
        icon="message-circle",
    ),
)
