"""What a page of figures may read: published cells for everybody with the ability, own readings for oneself."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from analytics.kpis.models_cost import CompanySpend
from analytics.metrics.models import Post
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.generations import access as generations
from programs.generations.models import Participant
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_dashboard(user: "User", slug: str) -> Program:
    """Everybody with a role in the program sees groups, nobody sees persons."""
    return membership.get_program(user, slug, Ability.SEE_AGGREGATES)


def get_costs(user: "User", slug: str) -> Program:
    """What things cost is for who leads the program."""
    return membership.get_program(user, slug, Ability.MANAGE_PROGRAM)


def get_spend(user: "User", slug: str, pk: int) -> CompanySpend:
    """A month's amount, also one that was removed: removing and restoring are harmless twice."""
    program = get_costs(user, slug)
    row = get_object_or_404(CompanySpend, program=program, pk=pk)
    row.program = program
    return row


def get_own(user: "User", slug: str) -> Program:
    """The own figures: whose they are is who asks; no address names a person."""
    return membership.get_program(user, slug, Ability.TAKE_PART)


def get_own_post(user: "User", slug: str, number: str) -> Post:
    """An own post by the network's number: ours would tell how many posts others wrote. Others' do not exist."""
    program = get_own(user, slug)
    if not number or "\0" in number:  # which the database does not take
        raise Http404
    found = Post.objects.filter(
        is_at_work(user, program, Purpose.OWN_FIGURES), program=program, account__user=user, ids__value=number
    ).first()
    if found is None:
        raise Http404
    return found


def get_own_record(user: "User", slug: str) -> tuple[Program, list[Participant]]:
    """The program and a person's own times in it; also of who has left, for as long as that they took part is kept.
    What is erased by then is in no dossier."""
    taking_part = generations.get_my_record(user, slug)
    return taking_part[0].program, taking_part
