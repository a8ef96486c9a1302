"""Who may see generations and their people, invitations, and the own path."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from core.kit.compiled import Blank, Compiled
from programs.generations.models import (
    Generation,
    Invitation,
    InvitationState,
    Participant,
    ParticipantState,
    Roster,
    Step,
    StepText,
)
from programs.generations.tokens import hash_of
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

DAYS_TO_RETURN = 30
OPEN_STATES = (InvitationState.QUEUED, InvitationState.SENT, InvitationState.FAILED)


# --- pages of the program management --------------------------------------------------------------------------------


def get_generation(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> Generation:
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    found = (PUT_AWAY if is_deleted else GENERATION).rows(program=program.pk, generation=pk)
    if not found:
        raise Http404
    return found[0]


def _one(rows: QuerySet[Generation]) -> QuerySet[Generation]:
    found = rows.select_related("program", "contact__user")
    return found.filter(program=Blank("program"), pk=Blank("generation"))


GENERATION = Compiled(lambda: _one(Generation.objects.present()))
PUT_AWAY = Compiled(lambda: _one(Generation.objects.put_away()))


def get_roster(user: "User", slug: str, pk: int) -> Roster:
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    rosters = Roster.objects.select_related("generation__program").filter(
        generation__program=program, generation__deleted_at=None
    )
    roster = rosters.filter(pk=pk).first()
    if roster is None:
        raise Http404
    return roster


def get_step(user: "User", slug: str, pk: int, *, deleted: bool = False) -> Step:
    """A step of a generation's onboarding, for who arranges it. `deleted`: also one that was removed."""
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    rows = Step.objects.all() if deleted else Step.objects.present()
    steps = rows.select_related("generation__program").filter(generation__program=program, generation__deleted_at=None)
    step = steps.filter(pk=pk).first()
    if step is None:
        raise Http404
    return step


def get_own_step(user: "User", slug: str, pk: int) -> Step:
    """One that the program added, also one that was removed; those of the product are skipped instead: 404."""
    step = get_step(user, slug, pk, deleted=True)
    if not step.is_own:
        raise Http404
    return step


def get_invitation(user: "User", slug: str, pk: int) -> Invitation:
    """An invitation that was not answered yet."""
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    invitations = Invitation.objects.select_related("generation", "program")
    invitation = invitations.filter(program=program, pk=pk).exclude(state=InvitationState.ACCEPTED).first()
    if invitation is None:
        raise Http404
    return invitation


# --- the page behind an invitation's link ---------------------------------------------------------------------------


def find_invitation(token: str) -> Invitation | None:
    """The open invitation that a link stands for; None for a forged, used, withdrawn or expired one."""
    if len(token) > 100 or not token.isascii():
        return None
    invitation = (
        Invitation.objects.select_related("program", "generation__contact__user")
        .filter(token_hash=hash_of(token), state__in=OPEN_STATES)
        .first()
    )
    return invitation if invitation is not None and invitation.is_open else None


# --- a participant's own pages --------------------------------------------------------------------------------------


def find_my_participation(user: "User", program: Program) -> Participant | None:
    """The generation a person takes part in or pauses from; None for everybody else."""
    participants = Participant.objects.present().select_related("generation__contact__user", "program")
    return participants.filter(user=user, program=program).first()


def get_my_participation(user: "User", slug: str) -> Participant:
    """The same for a page that needs one: 403 for a member without the role, 404 for a person in no generation."""
    participant = find_my_participation(user, membership.get_program(user, slug, Ability.TAKE_PART))
    if participant is None:
        raise Http404
    return participant


def get_my_record(user: "User", slug: str) -> list[Participant]:
    """All of a person's own times in a program, the first one first: also of who has left, as long as the fact that
    they took part is kept. 404 for who never did."""
    rows = Participant.objects.filter(user=user, program__slug=slug).select_related("program__logo", "generation")
    found = list(rows.order_by("joined_on", F("left_on").asc(nulls_last=True)))
    if not found:
        raise Http404
    return found


def has_record(user: "User", program: Program) -> bool:
    return Participant.objects.filter(user=user, program=program).exists()


def get_my_step(user: "User", slug: str, pk: int) -> tuple[Participant, Step]:
    """One step of a person's own path; a step of another generation does not exist for the person."""
    participant = get_my_participation(user, slug)
    step = Step.objects.on_the_way().filter(generation_id=participant.generation_id, pk=pk).first()
    if step is None:
        raise Http404
    return participant, step


def get_my_step_to_write(user: "User", slug: str, pk: int) -> tuple[Participant, Step]:
    """404 where nothing is to be written. Where somebody wrote something it stays theirs, whatever became of the step:
    of a former generation, removed, or done in another way now."""
    participant = get_my_participation(user, slug)
    wrote = StepText.objects.filter(participant=participant, step=pk).exists()
    steps = Step.objects.filter(pk=pk) if wrote else Step.objects.on_the_way().filter(pk=pk)
    step = steps.first() if wrote else steps.filter(generation_id=participant.generation_id).first()
    if step is None or not (wrote or step.asks_for_a_text):
        raise Http404
    return participant, step


def get_returning(user: "User", slug: str) -> Participant:
    """A participation that may go on again: paused, or left within the last 30 days and not joined anew."""
    since = timezone.localdate() - timedelta(days=DAYS_TO_RETURN)
    candidates = Participant.objects.select_related("program", "generation").filter(user=user, program__slug=slug)
    participant = candidates.newest_first().first()
    if participant is None:
        raise Http404
    if participant.state == ParticipantState.LEFT and (participant.left_on is None or participant.left_on < since):
        raise Http404
    return participant


def may_return_to(user: "User") -> list[Participant]:
    """Programs that a person left within the last 30 days and may come back to with one click."""
    since = timezone.localdate() - timedelta(days=DAYS_TO_RETURN)
    left = Participant.objects.filter(user=user, state=ParticipantState.LEFT, left_on__gte=since)
    back = Participant.objects.present().filter(user=user).values("program")
    return list(
        left.exclude(program__in=back).select_related("program", "generation").order_by("-left_on", "program__name")
    )
