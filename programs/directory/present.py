"""Who stands in the directory now."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from core.kit.compiled import Blank
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.directory.models import Profile
from programs.generations.models import Participant, ParticipantState
from programs.membership.access import ABILITIES_OF, Ability
from programs.membership.models import Membership, Program, Role

TEAM = [role for role, held in ABILITIES_OF.items() if Ability.APPEAR_IN_DIRECTORY in held and role != Role.INFLUENCER]


def listed(program: Program | int | Blank) -> QuerySet[Profile]:
    """Who has agreed to stand there, is in the program now with a role that can, and does not pause. Nobody else is
    there for anybody, whatever was entered."""
    of_person = {"program": program, "user": OuterRef("user")}
    decided = ConsentEvent.objects.filter(**of_person, purpose=Purpose.DIRECTORY).order_by("-number")
    here = Membership.objects.active().filter(**of_person)
    pausing = Participant.objects.filter(**of_person, state=ParticipantState.PAUSED)
    takes_part = Exists(here.filter(role=Role.INFLUENCER)) & ~Exists(pausing)
    return (
        Profile.objects.filter(program=program)
        .alias(consent=Subquery(decided.values("action")[:1]))
        .filter(Exists(here.filter(role__in=TEAM)) | takes_part, consent=Action.GRANTED)
    )
