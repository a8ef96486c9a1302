"""Roles and abilities: the only place where they are defined. Everybody else asks `can` and `require`."""

from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from core.kit.compiled import Blank, Compiled
from programs.membership.models import Membership, Program, Role, TeamInvitation

if TYPE_CHECKING:
    from core.people.models import User


class Ability(StrEnum):
    ENTER = "enter"  # the own start page in the program
    BE_GUEST = "be_guest"  # the events one is invited to as a guest, and what is shown to guests
    SEE_PROGRAM = "see_program"  # phases, contacts
    WORK_ON_CHECKLISTS = "work_on_checklists"  # tick, owner, evidence; being an owner
    MANAGE_PROGRAM = "manage_program"  # settings, phases, goals
    MANAGE_PEOPLE = "manage_people"  # generations, invitations, onboarding counts
    TAKE_PART = "take_part"  # own activities, own imports, own onboarding
    SEE_AGGREGATES = "see_aggregates"  # published cells of at least k people
    SEE_REPORTS = "see_reports"
    MAKE_REPORTS = "make_reports"
    DECIDE = "decide"  # answer what a report asks to be decided
    IMPORT_COMPANY = "import_company"  # the company page's exports
    SEE_NEWSLETTERS = "see_newsletters"  # the archive
    WRITE_NEWSLETTERS = "write_newsletters"
    SEE_FORUM = "see_forum"  # read what people in the program tell each other
    WRITE_IN_FORUM = "write_in_forum"
    HOST_FORUM = "host_forum"  # open it, keep it in order
    JOIN_EVENTS = "join_events"  # be invited, say whether one comes
    EDIT_EVENTS = "edit_events"  # plan them, invite, see who comes
    SEE_DIRECTORY = "see_directory"  # what members show of themselves
    APPEAR_IN_DIRECTORY = "appear_in_directory"  # show something of oneself
    WRITE_HANDBOOK = "write_handbook"  # its pages and the log of decisions; everybody in the program reads it
    WRITE_REVIEWS = "write_reviews"  # hold them: their record, findings and actions
    BOOK_HOURS = "book_hours"  # office hours of those who offer them
    OFFER_HOURS = "offer_hours"
    SEE_CONFIGURATION = "see_configuration"  # what is stored, thresholds, roles
    SEE_LOGS = "see_logs"  # the journal of changes and views


_EVERYBODY = frozenset({Ability.ENTER, Ability.SEE_PROGRAM, Ability.SEE_AGGREGATES, Ability.SEE_NEWSLETTERS})
# The forum is for who takes part and who helps with it. Nobody writes freely while the management reads along, and the
# works council asks what is stored, not what was said.
_IN_FORUM = frozenset({Ability.SEE_FORUM, Ability.WRITE_IN_FORUM})
# So is the directory: for those who help each other. The management and the works council look nobody up.
_IN_DIRECTORY = frozenset({Ability.SEE_DIRECTORY, Ability.APPEAR_IN_DIRECTORY})
ABILITIES_OF: dict[str, frozenset[Ability]] = {
    Role.MANAGER: _EVERYBODY
    | _IN_FORUM
    | _IN_DIRECTORY
    | {
        Ability.HOST_FORUM,
        Ability.JOIN_EVENTS,
        Ability.EDIT_EVENTS,
        Ability.BOOK_HOURS,
        Ability.OFFER_HOURS,
        Ability.WORK_ON_CHECKLISTS,
        Ability.WRITE_HANDBOOK,
        Ability.WRITE_REVIEWS,
        Ability.MANAGE_PROGRAM,
        Ability.MANAGE_PEOPLE,
        Ability.SEE_REPORTS,
        Ability.MAKE_REPORTS,
        Ability.IMPORT_COMPANY,
        Ability.WRITE_NEWSLETTERS,
        Ability.SEE_CONFIGURATION,
    },
    Role.INFLUENCER: _EVERYBODY
    | _IN_FORUM
    | _IN_DIRECTORY
    | {Ability.TAKE_PART, Ability.JOIN_EVENTS, Ability.BOOK_HOURS},
    Role.COACH: _EVERYBODY
    | _IN_FORUM
    | _IN_DIRECTORY
    | {
        Ability.HOST_FORUM,
        Ability.WORK_ON_CHECKLISTS,
        Ability.WRITE_HANDBOOK,
        Ability.WRITE_REVIEWS,
        Ability.JOIN_EVENTS,
        Ability.BOOK_HOURS,
        Ability.OFFER_HOURS,
    },
    # Who works on the program with the managers, from communications, HR, law or IT. Not in the forum, the directory
    # or the office hours: participants agreed to be read there by each other, coaches and program managers only.
    Role.TEAM: _EVERYBODY
    | {
        Ability.WORK_ON_CHECKLISTS,
        Ability.WRITE_HANDBOOK,
        Ability.WRITE_REVIEWS,
        Ability.JOIN_EVENTS,
    },
    Role.EXECUTIVE: _EVERYBODY | {Ability.SEE_REPORTS, Ability.DECIDE, Ability.JOIN_EVENTS},
    Role.COUNCIL: frozenset(
        {
            Ability.ENTER,
            Ability.SEE_PROGRAM,
            Ability.SEE_AGGREGATES,
            Ability.SEE_REPORTS,
            Ability.SEE_CONFIGURATION,
            Ability.SEE_LOGS,
        }
    ),
    # An agency, a trainer: nothing of the program exists for them but what they are invited to and what is shown to
    # guests. Whatever else they ask for answers 404, also what is built later.
    Role.GUEST: frozenset({Ability.ENTER, Ability.BE_GUEST}),
}
# What is left of a program that was archived: it is read, and everybody's rights to the own data stay.
READING = frozenset(
    {
        Ability.ENTER,
        Ability.SEE_PROGRAM,
        Ability.SEE_AGGREGATES,
        Ability.SEE_REPORTS,
        Ability.SEE_NEWSLETTERS,
        Ability.SEE_FORUM,
        Ability.SEE_DIRECTORY,
        Ability.SEE_CONFIGURATION,
        Ability.SEE_LOGS,
    }
)
ARCHIVED_LAST = (F("program__archived_at").asc(nulls_first=True), "program__name", "pk")
ROLE_ORDER = (Role.MANAGER, Role.INFLUENCER, Role.COACH, Role.TEAM, Role.EXECUTIVE, Role.COUNCIL, Role.GUEST)


MEMBERSHIPS = Compiled(
    lambda: Membership.objects.active().filter(user=Blank("person")).select_related("program").order_by(*ARCHIVED_LAST)
)


def roles_by_program(user: "User") -> dict[Program, frozenset[str]]:
    """The programs a person belongs to, by name, each with the person's roles. Asked once per request."""
    known: dict[Program, frozenset[str]] | None = getattr(user, "_roles_by_program", None)
    if known is None:
        rows = MEMBERSHIPS.rows(person=user.pk) if user.is_authenticated else []
        found: dict[int, tuple[Program, set[str]]] = {}
        for row in rows:
            if row.is_over:  # whatever the clock's work has got to: access ends with its last day
                continue
            found.setdefault(row.program_id, (row.program, set()))[1].add(row.role)
        known = {program: frozenset(roles) for program, roles in found.values()}
        user._roles_by_program = known  # type: ignore[attr-defined]  # lives as long as the request's user
    return known


def forget_roles(user: "User") -> None:
    """After a membership changed within a request: ask again."""
    if hasattr(user, "_roles_by_program"):
        del user._roles_by_program


def roles_in(user: "User", program: Program) -> frozenset[str]:
    return roles_by_program(user).get(program, frozenset())


def main_role(user: "User", program: Program) -> str | None:
    """The role whose home page a person sees first."""
    roles = roles_in(user, program)
    return next((role for role in ROLE_ORDER if role in roles), None)


def abilities_in(user: "User", program: Program) -> frozenset[Ability]:
    nothing: frozenset[Ability] = frozenset()
    held = reduce(frozenset.union, (ABILITIES_OF[role] for role in roles_in(user, program)), nothing)
    return held & READING if program.archived_at else held


def can(user: "User", ability: Ability, program: Program) -> bool:
    return ability in abilities_in(user, program)


def require(user: "User", ability: Ability, program: Program) -> None:
    """Refuse (403) what a member sees but may not do. A guest may not even know of it (404)."""
    held = abilities_in(user, program)
    if held and Ability.SEE_PROGRAM not in held and ability not in held:
        raise Http404
    if ability not in held:
        raise PermissionDenied


def get_program(user: "User", slug: str, ability: Ability = Ability.SEE_PROGRAM) -> Program:
    """The program at an address. 404 for who does not belong to it and for its guests, 403 for a member without the
    ability."""
    program = next((program for program in roles_by_program(user) if program.slug == slug), None)
    if program is None:
        raise Http404
    require(user, ability, program)
    return program


def can_create_program(user: "User") -> bool:
    """Site administrators and everybody who already leads a program."""
    return bool(user.is_superuser or any(Role.MANAGER in roles for roles in roles_by_program(user).values()))


def programs_that_need_a_factor(user: "User") -> list[Program]:
    """The person's programs that ask for a second factor in one of the person's roles."""
    return [program for program, roles in roles_by_program(user).items() if roles & set(program.second_factor_roles)]


def needs_second_factor(user: "User") -> bool:
    return bool(programs_that_need_a_factor(user))


def get_member(user: "User", slug: str, pk: int) -> Membership:
    """One membership of the team, also an ended one (undo); influencers leave by themselves only: 404."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    team = Membership.objects.filter(program=program).exclude(role=Role.INFLUENCER).select_related("user")
    member = get_object_or_404(team, pk=pk)
    member.program = program
    return member


def get_team_invitation(user: "User", slug: str, pk: int) -> TeamInvitation:
    """For who leads the program; also a withdrawn one (undo). Not one that would end the own role: that is for the
    site's administrators, who asked."""
    invitation = _team_invitation(get_program(user, slug, Ability.MANAGE_PROGRAM), pk)
    if invitation.takes_over:
        raise Http404
    return invitation


def _team_invitation(program: Program, pk: int) -> TeamInvitation:
    return get_object_or_404(TeamInvitation.objects.select_related("program"), program=program, pk=pk)


def get_waiting_invitation(user: "User", slug: str, pk: int) -> TeamInvitation:
    """One that waits for a second yes: of whoever leads the program or watches over it, and of the site's
    administrators; never of who invited, and never of the invited person."""
    is_admin = user.is_superuser and user.is_active
    program = get_object_or_404(Program, slug=slug) if is_admin else get_program(user, slug)
    if not _may_watch(user, program):
        raise PermissionDenied
    invitation = _team_invitation(program, pk)
    if not invitation.waits or invitation.withdrawn_at or invitation.valid_until < timezone.localdate():
        raise Http404
    if not may_agree(user, invitation):
        raise PermissionDenied
    return invitation


def may_agree(user: "User", invitation: TeamInvitation) -> bool:
    """Whether the second yes is this person's to give."""
    is_concerned = invitation.invited_by_id == user.pk or invitation.email == user.email.lower()
    return not is_concerned and _may_watch(user, invitation.program)


def _may_watch(user: "User", program: Program) -> bool:
    is_admin = user.is_superuser and user.is_active
    return is_admin or can(user, Ability.MANAGE_PROGRAM, program) or can(user, Ability.SEE_LOGS, program)
