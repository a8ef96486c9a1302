"""Who may see generations and their people, and the questions that other rooms ask about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from core.notify.models import OutgoingMail
from programs.generations.models import (
    Declined,
    Generation,
    Invitation,
    InvitationState,
    Participant,
    ParticipantState,
    Roster,
    Step,
)
from programs.generations.paths import path_of as path_of
from programs.generations.tokens import REASON, address_hashes, hash_of
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

DAYS_TO_RETURN = 30
MOST_AT_ONCE, MOST_DIGITS = 500, 18  # invitations in one go; digits of a number that a database takes
OPEN_STATES = (InvitationState.QUEUED, InvitationState.SENT, InvitationState.FAILED)


# --- pages of the program management --------------------------------------------------------------------------------


def get_generation(user: "User", slug: str, pk: int) -> Generation:
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    generation = Generation.objects.select_related("program", "contact__user").filter(program=program, pk=pk).first()
    if generation is None:
        raise Http404
    return generation


def get_roster(user: "User", slug: str, pk: int) -> Roster:
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    rosters = Roster.objects.select_related("generation__program").filter(generation__program=program)
    roster = rosters.filter(pk=pk).first()
    if roster is None:
        raise Http404
    return roster


def get_step(user: "User", slug: str, pk: int) -> Step:
    """A step of a generation's onboarding, for who arranges it."""
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    steps = Step.objects.select_related("generation__program").filter(generation__program=program)
    step = steps.filter(pk=pk).first()
    if step is None:
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


def invitations_of(generation: Generation) -> QuerySet[Invitation]:
    """The invitations that wait for an answer, those that did not arrive first, with the mail server's words."""
    mails = OutgoingMail.objects.filter(reason=REASON, reference=OuterRef("pk")).order_by("-pk")
    failed_first = Case(When(state=InvitationState.FAILED, then=0), default=1)
    rows = generation.invitations.filter(state__in=OPEN_STATES).annotate(reply=Subquery(mails.values("reply")[:1]))
    return rows.order_by(failed_first, "email")


def people_in(generation: Generation) -> QuerySet[Participant]:
    """The people of a generation who have not left, by name."""
    return generation.participants.all().present().select_related("user").order_by("user__name", "pk")


def people_called(people: QuerySet[Participant], words: str) -> QuerySet[Participant]:
    for word in words.split():
        people = people.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
    return people


def invited_called(invitations: QuerySet[Invitation], words: str) -> QuerySet[Invitation]:
    for word in words.split():
        invitations = invitations.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return invitations


def chosen_invitations(generation: Generation, pks: Iterable[str]) -> list[Invitation]:
    """Those of the chosen ones that still wait."""
    known = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < MOST_DIGITS]
    rows = generation.invitations.filter(state__in=OPEN_STATES).select_related("generation__program", "program")
    return list(rows.filter(pk__in=known[:MOST_AT_ONCE]).order_by("pk"))


def free_places(generation: Generation) -> int:
    """Places that neither a person nor an open invitation holds."""
    people = generation.participants.all().present().count()
    waiting = [InvitationState.QUEUED, InvitationState.SENT]
    return max(0, generation.places - people - generation.invitations.filter(state__in=waiting).count())


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


def was_accepted(invitation: Invitation) -> bool:
    return Invitation.objects.filter(pk=invitation.pk, state=InvitationState.ACCEPTED).exists()


def has_declined(invitation: Invitation) -> bool:
    """For the invited person's own page, and for the mail that then stays here. Nobody else may ask this."""
    hashes = address_hashes(invitation.program_id, invitation.email)
    return Declined.objects.filter(program=invitation.program_id, address_hash__in=hashes).exists()


# --- a participant's own pages --------------------------------------------------------------------------------------


def my_participation(user: "User", program: Program) -> Participant | None:
    """The generation a person takes part in or pauses from; None for everybody else."""
    participants = Participant.objects.present().select_related("generation__contact__user", "program")
    return participants.filter(user=user, program=program).first()


def get_my_participation(user: "User", slug: str) -> Participant:
    """The same for a page that needs one: 403 for a member without the role, 404 for a person in no generation."""
    participant = my_participation(user, membership.get_program(user, slug, Ability.TAKE_PART))
    if participant is None:
        raise Http404
    return participant


def get_my_step(user: "User", slug: str, pk: int) -> tuple[Participant, Step]:
    """One step of a person's own path; a step of another generation does not exist for the person."""
    participant = get_my_participation(user, slug)
    step = Step.objects.on_the_way().filter(generation_id=participant.generation_id, pk=pk).first()
    if step is None:
        raise Http404
    return participant, step


def get_returning(user: "User", slug: str) -> Participant:
    """A participation that may go on again: paused, or left within the last 30 days and not joined anew."""
    since = timezone.localdate() - timedelta(days=DAYS_TO_RETURN)
    candidates = Participant.objects.select_related("program", "generation").filter(user=user, program__slug=slug)
    participant = candidates.order_by("-pk").first()
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
    return list(left.exclude(program__in=back).select_related("program", "generation").order_by("-left_on", "-pk"))


# --- for other rooms ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GenerationRow:
    """A generation with its counts, e.g. for the timeline and the overview."""

    pk: int
    number: int
    name: str
    start_on: date
    end_on: date | None
    places: int
    people: int
    paused: int
    invited: int
    failed: int
    is_closed: bool

    @property
    def free(self) -> int:
        return max(0, self.places - self.people)

    @property
    def share(self) -> int:
        """How full it is, in percent."""
        return min(100, round(100 * self.people / self.places)) if self.places else 100


def generation_rows(program: Program) -> list[GenerationRow]:
    """Every generation of a program with its counts, in one query."""
    present = Participant.objects.present()
    invitations = Invitation.objects.filter(state__in=OPEN_STATES)
    generations = Generation.objects.filter(program=program).annotate(
        people=_number_of(present),
        paused=_number_of(present.filter(state=ParticipantState.PAUSED)),
        invited=_number_of(invitations),
        failed=_number_of(invitations.filter(state=InvitationState.FAILED)),
    )
    return [_row(generation) for generation in generations]


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """A count per generation as its own subquery: joining them would multiply people with invitations."""
    counted = rows.filter(generation=OuterRef("pk")).order_by().values("generation").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _row(generation: Generation) -> GenerationRow:
    return GenerationRow(
        pk=generation.pk,
        number=generation.number,
        name=generation.name,
        start_on=generation.start_on,
        end_on=generation.end_on,
        places=generation.places,
        people=generation.people,  # type: ignore[attr-defined]  # annotated above
        paused=generation.paused,  # type: ignore[attr-defined]
        invited=generation.invited,  # type: ignore[attr-defined]
        failed=generation.failed,  # type: ignore[attr-defined]
        is_closed=generation.closed_at is not None,
    )
