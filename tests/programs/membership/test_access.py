"""What each guard lets through and what it refuses, one by one: the ways around them are where a mutation lives."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from programs.membership import access
from programs.membership.access import READING, Ability
from programs.membership.models import Role, TeamInvitation
from tests.factories.membership import make_member
from tests.world import join, make_user

SLUG, OTHER = "nordlichter", "stimmen"


def test_a_program_opens_for_its_members_and_refuses_what_a_role_may_not_do(world: Any) -> None:
    assert access.get_program(world.influencer, SLUG) == world.program
    for nobody in (world.stranger, world.admin, world.leaver, AnonymousUser()):
        with pytest.raises(Http404):
            access.get_program(nobody, SLUG)
    with pytest.raises(PermissionDenied):
        access.get_program(world.influencer, SLUG, Ability.MANAGE_PROGRAM)


def test_who_is_not_signed_in_has_no_role(world: Any) -> None:
    nobody = AnonymousUser()
    assert access.roles_by_program(nobody) == {}
    assert access.main_role(nobody, world.program) is None
    assert access.abilities_in(nobody, world.program) == frozenset()


def test_roles_are_known_until_they_are_forgotten(world: Any, django_assert_num_queries: Any) -> None:
    user = make_user("new")
    access.forget_roles(user)  # nothing is known yet
    assert access.roles_in(user, world.program) == frozenset()
    join(user, world.program, Role.COACH)
    with django_assert_num_queries(0):
        assert access.roles_in(user, world.program) == frozenset()
    access.forget_roles(user)
    assert access.roles_in(user, world.program) == {Role.COACH}


def test_the_first_of_several_roles_leads(world: Any) -> None:
    user = make_user("both")
    for role in (Role.COUNCIL, Role.EXECUTIVE, Role.INFLUENCER):
        join(user, world.program, role)
    assert access.main_role(user, world.program) == Role.INFLUENCER
    assert access.can(user, Ability.SEE_LOGS, world.program), "and the others count too"
    assert access.can(user, Ability.TAKE_PART, world.program)


def test_an_archived_program_is_only_read(world: Any) -> None:
    assert Ability.MANAGE_PROGRAM in access.abilities_in(world.manager, world.program)
    world.program.archived_at = timezone.now()
    held = access.ABILITIES_OF[Role.MANAGER]
    assert access.abilities_in(world.manager, world.program) == held & READING
    assert held & READING < held


def test_who_begins_a_program(world: Any) -> None:
    answers = {name: access.can_create_program(getattr(world, name)) for name in ("admin", "manager", "stranger")}
    assert answers == {"admin": True, "manager": True, "stranger": True}
    for name in ("influencer", "coach", "executive", "council", "leaver"):
        assert access.can_create_program(getattr(world, name)) is False, name


def test_who_needs_a_second_factor(world: Any) -> None:
    world.program.second_factor_roles = [Role.COACH]
    world.program.save()
    assert access.needs_second_factor(world.coach)
    assert access.programs_that_need_a_factor(world.coach) == [world.program]
    assert not access.needs_second_factor(world.manager)


def test_a_member_of_the_team_is_found_by_who_leads_the_program(world: Any) -> None:
    row = world.deputy_membership
    assert access.get_member(world.manager, SLUG, row.pk) == row
    foreign = make_member(world.other_program, "foreign")
    taking_part = join(make_user("one_more"), world.program, Role.INFLUENCER)
    for pk in (foreign.pk, taking_part.pk, 0):
        with pytest.raises(Http404):
            access.get_member(world.manager, SLUG, pk)
    with pytest.raises(PermissionDenied):
        access.get_member(world.coach, SLUG, row.pk)


def test_an_invitation_is_found_by_who_leads_the_program(world: Any) -> None:
    asked = world.team_invitation
    assert access.get_team_invitation(world.manager, SLUG, asked.pk) == asked
    with pytest.raises(Http404):
        access.get_team_invitation(world.stranger, OTHER, asked.pk)
    with pytest.raises(PermissionDenied):
        access.get_team_invitation(world.coach, SLUG, asked.pk)
    TeamInvitation.objects.filter(pk=asked.pk).update(role=Role.MANAGER, takes_over=True)
    with pytest.raises(Http404):
        access.get_team_invitation(world.manager, SLUG, asked.pk)


@pytest.mark.parametrize("who", ["manager", "council", "admin"])
def test_a_second_yes_is_of_who_leads_watches_or_runs_the_site(world: Any, who: str) -> None:
    waiting = world.waiting_invitation
    assert access.get_waiting_invitation(getattr(world, who), SLUG, waiting.pk) == waiting


def test_a_second_yes_is_of_nobody_else(world: Any) -> None:
    waiting = world.waiting_invitation
    for who in ("coach", "influencer", "executive"):
        with pytest.raises(PermissionDenied):
            access.get_waiting_invitation(getattr(world, who), SLUG, waiting.pk)
    with pytest.raises(Http404):
        access.get_waiting_invitation(world.stranger, SLUG, waiting.pk)
    with pytest.raises(Http404):
        access.get_waiting_invitation(world.stranger, OTHER, waiting.pk)
    with pytest.raises(Http404):
        access.get_waiting_invitation(world.admin, "no-such-program", waiting.pk)
    world.admin.is_active = False
    with pytest.raises(Http404):
        access.get_waiting_invitation(world.admin, SLUG, waiting.pk)


def test_nobody_says_both_yeses(world: Any) -> None:
    TeamInvitation.objects.filter(pk=world.waiting_invitation.pk).update(invited_by=world.manager)
    with pytest.raises(PermissionDenied):
        access.get_waiting_invitation(world.manager, SLUG, world.waiting_invitation.pk)


@pytest.mark.parametrize("end", ["not waiting", "withdrawn", "over"])
def test_only_what_waits_gets_a_second_yes(world: Any, end: str) -> None:
    row, today = TeamInvitation.objects.filter(pk=world.waiting_invitation.pk), timezone.localdate()
    row.update(valid_until=today)
    assert access.get_waiting_invitation(world.manager, SLUG, world.waiting_invitation.pk), "also on its last day"
    changes: dict[str, dict[str, Any]] = {
        "not waiting": {"agreed_at": timezone.now()},
        "withdrawn": {"withdrawn_at": timezone.now()},
        "over": {"valid_until": today - timedelta(days=1)},
    }
    row.update(**changes[end])
    with pytest.raises(Http404):
        access.get_waiting_invitation(world.manager, SLUG, world.waiting_invitation.pk)
    with pytest.raises(PermissionDenied):  # who may not watch does not learn that none waits
        access.get_waiting_invitation(world.coach, SLUG, world.waiting_invitation.pk)


def test_whose_second_yes_it_is(world: Any) -> None:
    waiting = world.waiting_invitation
    assert access.may_agree(world.manager, waiting)
    assert access.may_agree(world.admin, waiting)
    world.admin.is_active = False
    waiting.email, world.manager.email = world.manager.email.lower(), world.manager.email.upper()
    for who in ("coach", "admin", "manager"):  # may not watch; closed account; the invited person
        assert not access.may_agree(getattr(world, who), waiting), who


def test_the_core_team_works_on_the_plan_and_reads_nothing_that_participants_tell_each_other(world: Any) -> None:
    """Whoever takes part agreed to be read by each other, coaches and program managers."""
    may = access.abilities_in(world.team, world.program)
    assert may >= {Ability.WORK_ON_CHECKLISTS, Ability.WRITE_HANDBOOK, Ability.WRITE_REVIEWS, Ability.JOIN_EVENTS}
    assert not any(word in ability for ability in may for word in ("forum", "directory", "hours", "reports", "people"))
