"""Who agreed to what, now: the newest line of the ledger per person and purpose."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from core.kit.compiled import Blank, Compiled
from programs.consents import notices
from programs.consents.models import Action, ConsentEvent, Erasure, Purpose
from programs.consents.notices import PurposeText
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Membership, Program

if TYPE_CHECKING:
    from core.people.models import User

KEPT: tuple[type[Model], ...] = (ConsentEvent, Erasure, Membership)  # what remembers a person in a program
# what needs no participation, and who is asked for it
FOR_OTHERS = {Purpose.NEWSLETTER: Ability.SEE_PROGRAM, Purpose.DIRECTORY: Ability.SEE_DIRECTORY}


def _newest() -> QuerySet[ConsentEvent, tuple[str, str]]:
    """The last line of each purpose is found by its place in the index, however many lines there are."""
    own = ConsentEvent.objects.filter(program=Blank("program"), user=Blank("person")).order_by("-number")
    last = [Subquery(own.filter(purpose=purpose).values("pk")[:1]) for purpose in Purpose.values]
    return ConsentEvent.objects.filter(Q(pk__in=last)).values_list("purpose", "action")


NEWEST = Compiled(_newest)


def granted(user: "User", program: Program) -> frozenset[str]:
    """The purposes a person has agreed to and not withdrawn."""
    rows = NEWEST.rows(program=program.pk, person=user.pk)
    return frozenset(purpose for purpose, action in rows if action == Action.GRANTED)


def has_granted(user: "User", program: Program, purpose: str) -> bool:
    return purpose in granted(user, program)


def resting(user: "User", program: Program, purpose: str) -> Erasure | None:
    """What rests since a consent was withdrawn, until it is erased."""
    return Erasure.objects.select_related("program", "user").filter(program=program, user=user, purpose=purpose).first()


def is_at_work(user: Any, program: Any, purpose: str) -> Q:
    """For a query about the person's own things: they rest as long as a withdrawn consent can be taken back."""
    return ~Q(Exists(Erasure.objects.filter(program=program, user=user, purpose=purpose)))


# --- the person's own page ------------------------------------------------------------------------------------------


def offered(user: "User", program: Program) -> list[PurposeText]:
    """The consents a person can decide on: participants all of them, other members what needs no participation, and
    nobody who has left."""
    texts = notices.purposes()
    if can(user, Ability.TAKE_PART, program):
        return texts
    if not can(user, Ability.SEE_PROGRAM, program):
        return []
    asked = [purpose for purpose, ability in FOR_OTHERS.items() if can(user, ability, program)]
    return [text for text in texts if text.key in asked]


def get_own_program(user: "User", slug: str) -> Program:
    """A program for the pages of the own rights: a member's, and also of somebody who has left, for as long as anything
    is kept there that tells of the person. To everybody else it does not exist."""
    program = next((each for each in roles_by_program(user) if each.slug == slug), None)
    if program is None or not can(user, Ability.SEE_PROGRAM, program):
        program = programs_remembering(user).filter(slug=slug).first()
    if program is None:
        raise Http404
    return program


def programs_remembering(user: "User | Blank") -> QuerySet[Program]:
    """Every program that keeps something telling of the person, by name."""
    kept = [Exists(model._default_manager.filter(user=user, program=OuterRef("pk"))) for model in KEPT]
    return Program.objects.filter(kept[0] | kept[1] | kept[2]).order_by("name", "pk")


def get_rest(user: "User", slug: str, purpose: str) -> Erasure:
    """What rests of a person since a consent was withdrawn; 404 when nothing does."""
    found = resting(user, get_own_program(user, slug), purpose)
    if found is None:
        raise Http404
    return found


def get_granted(user: "User", program: Program, purpose: str) -> PurposeText:
    """A consent that stands and can be taken back."""
    text = get_offered(user, program, purpose)
    if purpose not in granted(user, program):
        raise Http404
    return text


def get_offered(user: "User", program: Program, purpose: str) -> PurposeText:
    text = next((text for text in offered(user, program) if text.key == purpose), None)
    if text is None:
        raise Http404
    return text
