import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from programs.membership import access, services
from programs.membership.access import Ability
from programs.membership.models import Goal, Membership, Program, Role
from tests.factories.membership import make_member
from tests.world import make_program, make_user

NEW = {"company_name": "Nordwerk AG", "country": "DE", "weekly_minutes": 60, "start_on": date(2026, 11, 23)}


def test_who_creates_a_program_leads_it(db: None) -> None:
    user = make_user("founder")
    program = services.create_program("Nordlichter", goals=["Be seen", "Be trusted"], by=user, **NEW)
    assert access.can(user, Ability.MANAGE_PROGRAM, program)
    assert list(program.goals.values_list("rank", "text")) == [(1, "Be seen"), (2, "Be trusted")]
    assert Entry.objects.get(verb="membership.program_created").program_id == program.pk


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Führungskräfte & Fans", "fuehrungskraefte-fans"),
        ("🙂", "program"),
        ("x" * 80, "x" * 50),
        ("--", "program"),
    ],
)
def test_the_address_comes_from_the_name(name: str, slug: str, db: None) -> None:
    assert services.create_program(name, goals=[], by=make_user("founder"), **NEW).slug == slug


def test_equal_names_get_different_addresses(db: None) -> None:
    user = make_user("founder")
    slugs = [services.create_program("Stimmen", goals=[], by=user, **NEW).slug for _ in range(3)]
    assert slugs[:2] == ["stimmen", "stimmen-nordwerk-ag"]
    assert re.fullmatch(r"stimmen-[a-z]{6}", slugs[2]), "no number, which would say how many there are"


def test_the_time_zone_follows_the_country(db: None) -> None:
    program = services.create_program("Berg", goals=[], by=make_user("founder"), **(NEW | {"country": "CH"}))
    assert program.time_zone == "Europe/Zurich"
    changed = services.update_program(program, goals=[], by=make_user("other"), country="AT")
    assert changed.time_zone == "Europe/Vienna"


def test_a_change_is_journalled_with_before_and_after(world: Any) -> None:
    services.update_program(
        world.program, goals=["One"], by=world.manager, group_minimum=7, value_target=Decimal("0.75")
    )
    changes = Entry.objects.get(verb="membership.program_changed").data["changes"]
    assert changes["programs.program.group_minimum"] == [5, 7]
    assert changes["programs.program.value_target"] == ["0.80", "0.75"]
    assert changes["programs.program.goals"] == [["Become visible as an employer"], ["One"]]


def test_saving_without_a_change_leaves_no_trace(world: Any) -> None:
    services.update_program(world.program, goals=[world.goal.text], by=world.manager, name=world.program.name)
    assert not Entry.objects.filter(verb="membership.program_changed").exists()


def test_the_last_manager_cannot_be_ended(world: Any) -> None:
    with pytest.raises(services.LastManager):
        services.end_membership(world.manager_membership, by=world.manager)
    second = make_member(world.program, "second", Role.MANAGER)
    assert services.end_membership(world.manager_membership, by=world.manager).ended_at
    with pytest.raises(services.LastManager):
        services.end_membership(second, by=second.user)


def test_an_inactive_manager_does_not_count(world: Any) -> None:
    second = make_member(world.program, "second", Role.MANAGER)
    second.user.is_active = False
    second.user.save()
    with pytest.raises(services.LastManager):
        services.end_membership(world.manager_membership, by=world.manager)


def test_ending_can_be_undone_and_undoing_twice_is_harmless(world: Any) -> None:
    services.end_membership(world.coach_membership, by=world.manager)
    assert not access.can(world.coach, Ability.SEE_PROGRAM, world.program)
    again = services.take_role(world.program, user=world.coach, role=Role.COACH, by=world.manager)
    resumed = services.resume_membership(world.coach_membership, by=world.manager)
    assert resumed == again
    assert Membership.objects.active().filter(user=world.coach, program=world.program).count() == 1


def test_adding_the_same_role_twice_keeps_one(world: Any) -> None:
    for words in ("Images", "Texts"):
        services.take_role(
            world.program, user=world.coach, role=Role.COACH, is_contact=True, contact_for=words, by=world.manager
        )
    rows = Membership.objects.active().filter(user=world.coach, program=world.program)
    assert [row.contact_for for row in rows] == ["Texts"]
    assert not Entry.objects.filter(verb="membership.member_added").exists()


def test_who_is_no_contact_is_a_contact_for_nothing(world: Any) -> None:
    membership = services.mark_contact(world.coach_membership, is_contact=False, contact_for="Images", by=world.manager)
    assert membership.contact_for == ""


@pytest.mark.parametrize(
    "wrong", [{"group_minimum": 4}, {"value_target": Decimal("1.01")}, {"value_target": Decimal("-0.01")}]
)
def test_the_database_refuses_a_threshold_that_protects_nobody(wrong: dict[str, Any], db: None) -> None:
    program = make_program()
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(**wrong)


def test_the_database_keeps_three_ranked_goals(world: Any) -> None:
    for rank in (1, 4):
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal.objects.create(program=world.program, rank=rank, text="Another")


def test_the_database_keeps_one_membership_per_role(world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(program=world.program, user=world.coach, role=Role.COACH)


def test_undo_is_no_way_to_lead_and_to_watch_at_once(world: Any) -> None:
    """Nor does anybody give the works council role back to themselves."""
    council = make_member(world.program, "watcher", Role.COUNCIL)
    services.end_membership(council, by=world.manager)
    services.take_role(world.program, user=council.user, role=Role.MANAGER, by=world.manager)
    for by in (council.user, world.manager):
        with pytest.raises(ValidationError):
            services.resume_membership(council, by=by)
    assert not Membership.objects.active().filter(user=council.user, role=Role.COUNCIL).exists()


def test_nobody_takes_back_the_end_of_their_own_council_role(world: Any) -> None:
    council = make_member(world.program, "watcher", Role.COUNCIL)
    services.end_membership(council, by=council.user)
    with pytest.raises(ValidationError):
        services.resume_membership(council, by=council.user)
    assert services.resume_membership(council, by=world.manager).ended_at is None


def test_an_end_is_taken_back_for_a_short_while_only(world: Any) -> None:
    services.end_membership(world.coach_membership, by=world.manager)
    old = timezone.now() - services.UNASKED_FOR - timedelta(minutes=1)
    Membership.objects.filter(pk=world.coach_membership.pk).update(ended_at=old)
    with pytest.raises(ValidationError):
        services.resume_membership(world.coach_membership, by=world.manager)


def test_who_is_leaving_altogether_is_not_brought_back_by_others(world: Any, client: Any) -> None:
    services.end_membership(world.coach_membership, by=world.manager)
    world.coach.erase_at = timezone.now() + timedelta(days=14)
    world.coach.save()
    client.force_login(world.manager)
    address = reverse("programs:member_restore", args=[world.program.slug, world.coach_membership.pk])
    assert "no longer be undone" in client.post(address, follow=True).content.decode()
    assert not Membership.objects.active().filter(user=world.coach, program=world.program).exists()
