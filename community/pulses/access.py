"""Who takes part is asked. Who leads the program asks, reads the result first, and publishes it for everybody in it."""

from typing import TYPE_CHECKING

from django.http import Http404

from community.pulses import circles
from community.pulses.models import PulseComment, PulseRound
from programs.consents.models import today_in
from programs.membership.access import Ability, can, get_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def can_lead(user: "User", program: Program) -> bool:
    return can(user, Ability.MANAGE_PROGRAM, program)


def can_answer(user: "User", pulse: PulseRound) -> bool:
    return can(user, Ability.TAKE_PART, pulse.program) and circles.people_of(pulse).filter(pk=user.pk).exists()


def get_pulses(user: "User", slug: str) -> Program:
    return get_program(user, slug, Ability.SEE_AGGREGATES)


def get_pulse_to_answer(user: "User", slug: str, pk: int) -> PulseRound:
    """One that asks this person; whether it still takes answers, the page says."""
    pulse = _pulse(get_program(user, slug, Ability.TAKE_PART), pk)
    if pulse.opens_on > today_in(pulse.program) or not can_answer(user, pulse):
        raise Http404
    return pulse


def get_pulse_result(user: "User", slug: str, pk: int) -> PulseRound:
    """Published for everybody; before that for who leads the program."""
    program = get_pulses(user, slug)
    pulse = _pulse(program, pk)
    if pulse.published_at is None and not can_lead(user, program):
        raise Http404
    return pulse


def get_pulse(user: "User", slug: str, pk: int) -> PulseRound:
    return _pulse(get_program(user, slug, Ability.MANAGE_PROGRAM), pk)


def get_deleted_pulse(user: "User", slug: str, pk: int) -> PulseRound:
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    pulse = PulseRound.objects.filter(program=program, pk=pk).select_related("generation").first()
    return _or_404(program, pulse)


def get_comment(user: "User", slug: str, pk: int, comment: int) -> PulseComment:
    found = PulseComment.objects.filter(pulse=get_pulse(user, slug, pk), pk=comment).first()
    if found is None:
        raise Http404
    return found


def _pulse(program: Program, pk: int) -> PulseRound:
    return _or_404(
        program, PulseRound.objects.present().filter(program=program, pk=pk).select_related("generation").first()
    )


def _or_404(program: Program, pulse: PulseRound | None) -> PulseRound:
    if pulse is None:
        raise Http404
    pulse.program = program
    return pulse
