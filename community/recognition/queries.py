"""What is selected of thanks and portraits. Nothing of anybody who has left, or withdrew, is in any of it."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from community.recognition.models import Kudos, Portrait
from core.kit.deleting import AnyRow
from core.kit.kept import Kept
from core.people.models import User
from programs.consents.models import Action, Purpose
from programs.consents.queries import last_said
from programs.directory.present import TEAM, listed
from programs.membership.models import Membership, Program, Role


def people_to_thank(user: "User", program: Program) -> QuerySet[User]:
    """Who stands in the directory, by name: nobody learns here who else takes part."""
    rows = User.objects.filter(pk__in=listed(program).values("user"), is_active=True).exclude(pk=user.pk)
    return rows.order_by("name", "pk")


def received(user: "User", program: Program) -> QuerySet[Kudos]:
    return _among_present(program).filter(to=user).select_related("by")


def said(user: "User", program: Program) -> QuerySet[Kudos]:
    return _among_present(program).filter(by=user).select_related("to")


def shown(program: Program) -> QuerySet[Kudos]:
    """For everybody, the newest first: in no other order, and nobody's are counted."""
    return _among_present(program).filter(is_shown=True).select_related("by", "to")


def portraits(program: Program) -> QuerySet[Portrait]:
    return Portrait.objects.present().filter(_stands("user", program), program=program).select_related("user")


def own_portrait(user: "User", program: Program) -> Portrait | None:
    return Portrait.objects.present().filter(user=user, program=program).first()


def is_here(user: User, program: Program) -> bool:
    roles = Membership.objects.active().filter(program=program, user=user)
    return roles.filter(role__in=[*TEAM, Role.INFLUENCER]).exists()


def of_nobody(model: type[AnyRow], *people: str) -> QuerySet[AnyRow]:
    """Where one of the people has no role in the program any more, not even one that ended a while ago."""
    gone = Q()
    for person in people:
        gone |= ~Q(Exists(Membership.objects.filter(program=OuterRef("program"), user=OuterRef(person))))
    return model._default_manager.filter(gone)


def _among_present(program: Program) -> QuerySet[Kudos]:
    return Kudos.objects.present().filter(_stands("by", program), _stands("to", program), program=program)


def _stands(person: str, program: Program) -> Q:
    """In the program now: in the team, or taking part and not withdrawn."""
    here = Membership.objects.active().filter(program=program, user=OuterRef(person))
    granted = Exists(
        User.objects.filter(pk=OuterRef(person))
        .alias(said=last_said(program, Purpose.PARTICIPATION, "pk"))
        .filter(said=Action.GRANTED)
    )
    return Q(Exists(here.filter(role__in=TEAM))) | (Q(Exists(here.filter(role=Role.INFLUENCER))) & Q(granted))


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """What is counted is what the person reads: one more than on the page would tell that the other one withdrew. Their
    own withdrawal leaves it countable, until it is erased."""
    mine = Kudos.objects.present().filter(program=program)
    said, got = (mine.filter(_stands(other, program), **{own: user}) for own, other in (("by", "to"), ("to", "by")))
    yield Kept(said, lambda n: ngettext("thanks you said", "thanks you said", n))
    yield Kept(got, lambda n: ngettext("thanks you got", "thanks you got", n))
    portraits = Portrait.objects.present().filter(program=program, user=user)
    yield Kept(portraits, lambda n: ngettext("portrait", "portraits", n))
