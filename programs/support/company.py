"""Who can be brought into an incident."""

from django.db.models import Q, QuerySet

from programs.membership.access import ABILITIES_OF, Ability
from programs.membership.models import Membership, Program
from programs.support.models import Helper


def who_can_be_asked(program: Program) -> QuerySet[Membership]:
    """Who leads or coaches, and whoever of the team stands on the list of helpers."""
    roles = [role for role, abilities in ABILITIES_OF.items() if Ability.OFFER_HOURS in abilities]
    helpers = Helper.objects.present().filter(program=program).exclude(member=None).values("member")
    team = Membership.objects.active().filter(Q(role__in=roles) | Q(pk__in=helpers), program=program)
    return team.filter(user__is_active=True).select_related("user").order_by("role", "user__name", "pk")
