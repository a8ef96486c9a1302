"""What is selected of programs and their teams."""

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from core.kit.rooms import Hit
from programs.membership.access import ABILITIES_OF, Ability
from programs.membership.models import HISTORY, Membership, Program, Role, TeamInvitation

if TYPE_CHECKING:
    from datetime import datetime

    from core.people.models import User


def find_contacts(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """Contact persons, for everybody in the program."""
    url = reverse("programs:contacts", args=[program.slug])
    for contact in contacts_of(program).filter(user__name__icontains=words)[:most]:
        yield Hit(contact.user.name, url, contact.contact_for)


def role_of(membership: Membership) -> str:
    """Somebody of the team with the role, for the log; who takes part is never named there."""
    role = Role(membership.role)  # asking the field for its word puts all words in order first
    return str(role.label) if role == Role.INFLUENCER else f"{membership.user}, {role.label}"


def people_with(ability: Ability, program: Any) -> QuerySet[Membership]:
    """Memberships whose role has the ability, e.g. who may own a checklist item; by name."""
    rows = holders_of(ability).filter(program=program).select_related("user")
    return rows.order_by("user__name", "user__email", "pk")


def holders_of(ability: Ability) -> QuerySet[Membership]:
    """The same in all programs."""
    roles = [role for role, abilities in ABILITIES_OF.items() if ability in abilities]
    return Membership.objects.active().filter(role__in=roles)


def has_council(program: Program) -> bool:
    """Whether somebody of the works council or data protection has a role in it."""
    return holders_of(Ability.SEE_LOGS).filter(program=program).exists()


def is_alone(user: "User", ability: Ability, program: Program) -> bool:
    """Nobody else in the program may do it: the rule of four eyes would only stop the work."""
    return not holders_of(ability).filter(program=program).exclude(user=user).exists()


def contacts_of(program: Any) -> QuerySet[Membership]:
    """Who to ask: the contact persons of a program."""
    return Membership.objects.active().filter(program=program, is_contact=True).select_related("user").order_by("pk")


def reads_answers(program_id: int, person_id: int | None) -> str:
    """Where an answer to a program's mail goes: its first contact person, other than whom the mail is for."""
    contacts = Membership.objects.active().filter(program=program_id, is_contact=True, user__is_active=True)
    return contacts.exclude(user=person_id).order_by("pk").values_list("user__email", flat=True).first() or ""


def team_of(program: Any) -> QuerySet[Membership]:
    """Everybody with a role in running the program; influencers and guests are not listed here."""
    team = Membership.objects.active().filter(program=program).exclude(role__in=(Role.INFLUENCER, Role.GUEST))
    return team.select_related("user").order_by("user__name", "user__email", "pk")


def access_of_guest(program: Program, email: str) -> Membership | None:
    """The newest access as a guest that an address had or has."""
    rows = Membership.objects.filter(program=program, role=Role.GUEST, user__email__iexact=email)
    return rows.order_by("-pk").select_related("program").first()


def guests_of(program: Program) -> list[Membership]:
    """Who has access as a guest today."""
    rows = Membership.objects.active().filter(program=program, role=Role.GUEST).select_related("user", "program")
    return [row for row in rows.order_by("user__name", "user__email", "pk") if not row.is_over]


def invitations_of(program: Program) -> QuerySet[TeamInvitation]:
    """To the team, still open. Whether somebody has said no is written nowhere."""
    rows = TeamInvitation.objects.filter(program=program, withdrawn_at=None, valid_until__gte=timezone.localdate())
    return rows.order_by("invited_at", "pk")


def roles_ever_of(user: "User") -> set[tuple[int, str]]:
    """The roles that somebody has or had, each with its program."""
    return set(Membership.objects.filter(user=user).values_list("program_id", "role"))


def long_in(program: Program, end: "datetime") -> set[int]:
    """Who makes a group large enough to be counted: people who took part for a while and do not lead."""
    rows = Membership.objects.active().filter(program=program)
    team = rows.exclude(role=Role.INFLUENCER).values("user")
    long_enough = rows.filter(role=Role.INFLUENCER, since__lte=end - HISTORY).exclude(user__in=team)
    return set(long_enough.values_list("user", flat=True))


def find_person(email: str) -> "User | None":
    """The account behind an address, for giving it a role."""
    return get_user_model().objects.filter(email__iexact=email.strip(), is_active=True).first()


def silent(program_id: int, people: Set[int]) -> set[int]:
    """Who of these is no longer in the program: nobody tells them anything about it."""
    here = Membership.objects.active().filter(program=program_id, user__in=people).values_list("user", flat=True)
    return set(people) - set(here)
