"""Generations, invitations, participants and rosters as tests need them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.kit.drawn import drawn
from core.people.models import User
from core.people.welcome import VALID
from programs.generations import services
from programs.generations.models import Generation, Invitation, Participant, Roster, Span, Step
from programs.generations.onboarding import steps_for
from programs.generations.tokens import hash_of, token_of
from programs.membership.models import Program

ORDER = 30


def make_generation(program: Program, number: int = 1, **fields: Any) -> Generation:
    fields = {"name": f"Generation {number}", "start_on": program.start_on} | fields
    generation = Generation.objects.create(program=program, number=number, **fields)
    Step.objects.bulk_create(steps_for(generation))
    return generation


def make_invitation(generation: Generation, email: str, **fields: Any) -> Invitation:
    pk = drawn()
    fields = {"language": "en", "valid_until": timezone.now() + VALID} | fields
    token = hash_of(token_of(pk))
    program = generation.program
    return Invitation.objects.create(
        pk=pk, program=program, generation=generation, email=email, token_hash=token, **fields
    )


def make_participant(user: User, generation: Generation, *purposes: str, days: int = 0) -> Participant:
    """Somebody who joined `days` ago."""
    participant = services.take_in(user, generation, purposes)
    if days:
        participant.joined_on -= timedelta(days=days)
        participant.save()
        Span.objects.filter(participant=participant).update(start_on=participant.joined_on)
    return participant


def furnish(world: Any) -> None:
    contact = world.manager_membership
    world.generation = make_generation(world.program, 1, contact=contact)
    world.generation2 = make_generation(world.program, 2)
    world.participant = make_participant(world.influencer, world.generation, days=60)
    world.participant2 = make_participant(world.influencer2, world.generation2, days=20)
    world.step = world.generation.steps.first()
    world.invitation = make_invitation(world.generation, "invited@example.com", name="Ivo Invited", state="sent")
    world.invitation_token = token_of(world.invitation.pk)
    lines = [{"line": 1, "email": "new@example.com", "name": "", "verdict": "new"}]
    world.roster = Roster.objects.create(generation=world.generation, uploaded_by=world.manager, source="", lines=lines)
    other = make_generation(world.other_program)
    world.other_generation = other
    world.other_invitation = make_invitation(other, "invited@example.com")
