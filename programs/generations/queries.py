"""What is selected of generations and their people."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core.kit.compiled import Blank, Compiled
from core.kit.rooms import Act, Hit
from core.notify.models import OutgoingMail
from programs.consents.models import today_in
from programs.generations import possible
from programs.generations.access import OPEN_STATES
from programs.generations.models import (
    Declined,
    Generation,
    Invitation,
    InvitationState,
    Participant,
    ParticipantState,
    Step,
    StepText,
)
from programs.generations.models_moves import APART, Move
from programs.generations.paths import path_of as path_of
from programs.generations.tokens import REASON, address_hashes
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Membership, Program, Role

if TYPE_CHECKING:
    from core.people.models import User

MOST_AT_ONCE, MOST_DIGITS = 500, 18  # invitations in one go; digits of a number that a database takes

INVITE = gettext_lazy("Invite people to {name}")


def find_participants(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """For who invites: people who take part. A name leads to the generation, never to a person's figures."""
    if not membership.can(user, Ability.MANAGE_PEOPLE, program):
        return
    people = Participant.objects.all().present()  # who left is not found
    found = people.filter(program=program, user__name__icontains=words).select_related("user", "generation")
    for participant in found.order_by("user__name", "pk")[:most]:
        url = reverse("programs:generation_detail", args=[program.slug, participant.generation_id])
        yield Hit(participant.user.name, url, participant.generation.name)


def acts(user: "User", program: Program) -> Iterator[Act]:
    """Inviting into each generation that is open, the latest first."""
    if not membership.can(user, Ability.MANAGE_PEOPLE, program):
        return
    generations = Generation.objects.present().filter(program=program, closed_at=None).order_by("-number")
    for place, generation in enumerate(generations):
        url = reverse("programs:roster_new", args=[program.slug, generation.pk])
        label = format_lazy(INVITE, name=generation.name)
        synonyms = gettext_lazy("people roster send invitation")
        yield Act(label, url, 31, synonyms, "user-plus", only_when_asked=place > 0)


def invitations_of(generation: Generation) -> QuerySet[Invitation]:
    """The invitations that wait for an answer, those that did not arrive first, with the mail server's words."""
    mails = OutgoingMail.objects.filter(reason=REASON, reference=OuterRef("pk")).order_by("-pk")
    failed_first = Case(When(state=InvitationState.FAILED, then=0), default=1)
    rows = generation.invitations.filter(state__in=OPEN_STATES).annotate(reply=Subquery(mails.values("reply")[:1]))
    return rows.order_by(failed_first, "email")


def people_in(generation: Generation) -> QuerySet[Participant]:
    """The people of a generation who have not left, by name."""
    return generation.participants.all().present().select_related("user").order_by("user__name", "pk")


def movable(generation: Generation) -> QuerySet[Participant]:
    """Who can be moved from here: nothing is arranged for them, and their last move is long enough ago."""
    arranged = Move.objects.filter(participant=OuterRef("pk"), done_at=None)
    lately = Move.objects.filter(participant=OuterRef("pk"), is_merger=False, on__gt=timezone.localdate() - APART)
    people = people_in(generation).filter(generation__merges_into=None)
    return people.exclude(Exists(arranged)).exclude(Exists(lately))


def moved_lately(generation: Generation) -> list[tuple[Participant, date]]:
    """Who was moved here a short time ago, and from which day on they can be moved again."""
    rows = Move.objects.filter(generation=generation, participant__generation=generation, is_merger=False)
    rows = rows.exclude(done_at=None).filter(on__gt=timezone.localdate() - APART).select_related("participant__user")
    return [(row.participant, row.on + APART) for row in rows.order_by("participant__user__name", "pk")]


def with_moves(people: QuerySet[Participant]) -> QuerySet[Participant]:
    """With what is arranged for each: `goal`, from which day, and whether everybody goes there."""
    ahead = FilteredRelation("moves", condition=Q(moves__done_at=None))
    found = {"goal": F("ahead__generation__name"), "goes_on": F("ahead__on"), "with_all": F("ahead__is_merger")}
    return people.annotate(ahead=ahead).annotate(**found)


def move_ahead(participant: Participant) -> Move | None:
    """What is arranged for one person, for the person."""
    return Move.objects.filter(participant=participant, done_at=None).select_related("generation").first()


def goals_of(generation: Generation) -> QuerySet[Generation]:
    """Generations that people of this one can go to, the latest first."""
    rows = Generation.objects.present().filter(program=generation.program_id, closed_at=None, merges_into=None)
    return rows.exclude(pk=generation.pk).order_by("-number")


def chosen_people(people: QuerySet[Participant], pks: Iterable[str]) -> list[Participant]:
    known = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < MOST_DIGITS]
    return list(people.filter(pk__in=known[:MOST_AT_ONCE]))


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
    return list(rows.filter(pk__in=known[:MOST_AT_ONCE]).order_by("created_at", "pk"))


def withdrawn_invitations(generation: Generation, pks: Iterable[str]) -> list[Invitation]:
    """Those of the named ones that were withdrawn."""
    known = [int(pk) for pk in pks if pk.isdecimal() and len(pk) < MOST_DIGITS]
    rows = generation.invitations.filter(state=InvitationState.REVOKED).select_related("program")
    return list(rows.filter(pk__in=known[:MOST_AT_ONCE]).order_by("created_at", "pk"))


def free_places(generation: Generation) -> int:
    """Places that neither a person nor an open invitation holds."""
    people = generation.participants.all().present().count()
    return max(0, generation.places - people - holding_places(generation).count())


def holding_places(generation: Generation) -> QuerySet[Invitation]:
    """Invitations that keep a place for somebody."""
    return generation.invitations.filter(state__in=(InvitationState.QUEUED, InvitationState.SENT))


def was_accepted(invitation: Invitation) -> bool:
    return Invitation.objects.filter(pk=invitation.pk, state=InvitationState.ACCEPTED).exists()


def has_declined(invitation: Invitation) -> bool:
    """For the invited person's own page, and for the mail that then stays here. Nobody else may ask this."""
    hashes = address_hashes(invitation.program_id, invitation.email)
    return Declined.objects.filter(program=invitation.program_id, address_hash__in=hashes).exists()


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
    steps: int  # of the onboarding path that are possible today, without what is left out
    is_closed: bool
    goal: str = ""  # the generation it becomes part of, from `goes_on` on
    goes_on: date | None = None
    is_merged: bool = False

    @property
    def free(self) -> int:
        return max(0, self.places - self.people)

    @property
    def share(self) -> int:
        """How full it is, in percent."""
        return min(100, round(100 * self.people / self.places)) if self.places else 100


def generation_rows(program: Program) -> list[GenerationRow]:
    """Every generation of a program with its counts, in one query."""
    return [_row(generation) for generation in _OF_PROGRAM.rows(program=program.pk, today=today_in(program))]


def generation_row(generation: Generation) -> GenerationRow:
    """One of them."""
    return _row(_ALONE.rows(generation=generation.pk, today=today_in(generation.program))[0])


def row_among_others(generation: Generation) -> tuple[GenerationRow, list[Generation], list[Generation]]:
    """Its row, those of `goals_of`, and those that become part of it soon, in one query."""
    found = _AMONG_OTHERS.rows(
        generation=generation.pk, program=generation.program_id, today=today_in(generation.program)
    )
    others = [each for each in found if each.pk != generation.pk]
    goals = [each for each in others if each.closed_at is None and each.merges_into_id is None]
    row = next(each for each in found if each.pk == generation.pk)
    return _row(row), goals, [each for each in others if each.merges_into_id == generation.pk]


def _counted(generations: QuerySet[Generation], *, only: Blank | None = None) -> QuerySet[Generation]:
    """`only`: the one whose people are counted."""
    present = Participant.objects.present()
    invitations = Invitation.objects.filter(state__in=OPEN_STATES)
    numbers: dict[str, Any] = {
        "people": _number_of(present),
        "paused": _number_of(present.filter(state=ParticipantState.PAUSED)),
        "invited": _number_of(invitations),
        "failed": _number_of(invitations.filter(state=InvitationState.FAILED)),
        "on_the_way": _number_of(Step.objects.on_the_way().exclude(possible.not_now(Blank("today")))),
    }
    if only:
        numbers = {name: Case(When(pk=only, then=number), default=0) for name, number in numbers.items()}
    return generations.annotate(**numbers, goal=F("merges_into__name"))


_OF_PROGRAM = Compiled(lambda: _counted(Generation.objects.present().filter(program_id=Blank("program"))))
_AMONG_OTHERS = Compiled(
    lambda: _counted(
        Generation.objects.present()
        .filter(Q(merged_at=None) | Q(pk=Blank("generation")), program_id=Blank("program"))
        .order_by("-number"),
        only=Blank("generation"),
    )
)
_ALONE = Compiled(lambda: _counted(Generation.objects.filter(pk=Blank("generation"))))


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
        steps=generation.on_the_way,  # type: ignore[attr-defined]
        is_closed=generation.closed_at is not None,
        goal=generation.goal or "",  # type: ignore[attr-defined]
        goes_on=generation.merges_on,
        is_merged=generation.merged_at is not None,
    )


def silent(program_id: int, people: Set[int]) -> set[int]:
    """Who of these pauses, and has no other role in which something could be told."""
    rows = Participant.objects.filter(program=program_id, user__in=people, state=ParticipantState.PAUSED)
    paused = set(rows.values_list("user", flat=True))
    roles = Membership.objects.active().filter(program=program_id, user__in=paused).exclude(role=Role.INFLUENCER)
    return paused - set(roles.values_list("user", flat=True))


def has_rested(participant: Participant) -> bool:
    """Left, or pauses for longer than its first day: what was answered and booked before stands no more."""
    if participant.state == ParticipantState.LEFT:
        return True
    return Participant.objects.resting().filter(pk=participant.pk).exists()


def has_namesake(generation: Generation) -> bool:
    """Whether another generation of the program is called the same."""
    same = Generation.objects.present().filter(program=generation.program_id, name__iexact=generation.name)
    return same.exclude(pk=generation.pk).exists()


def without_texts(steps: QuerySet[Step]) -> QuerySet[Step]:
    """Those in which nobody wrote: a text is its writer's, whatever becomes of the step."""
    return steps.exclude(Exists(StepText.objects.filter(step=OuterRef("pk"))))


def other_texts(participant: Participant, steps: Iterable[Step]) -> list[StepText]:
    """What somebody wrote in steps that ask for no text on their path now: of a former generation, removed, changed."""
    asking = {step.pk for step in steps if step.asks_for_a_text}
    texts = StepText.objects.filter(participant=participant).select_related("step").order_by("pk")
    return [text for text in texts if text.step_id not in asking]


def text_of(step: Step, participant: Participant) -> str:
    """What somebody wrote there; for that person alone."""
    return StepText.objects.filter(step=step, participant=participant).values_list("text", flat=True).first() or ""


def moving_alone(generation: Generation) -> int:
    """How many of its people are about to go to another generation by themselves."""
    there = Participant.objects.present().filter(generation=generation)
    return there.filter(moves__done_at=None, moves__is_merger=False, moves__isnull=False).count()
