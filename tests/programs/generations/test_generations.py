"""Generations as the program management sees them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs.consents.models import Purpose
from programs.generations import access, blocks, services
from programs.generations import queries as generations_queries
from programs.generations.models import Generation, Participant
from programs.generations.paths import progress_of
from programs.membership.models import Membership
from tests.factories.generations import make_generation, make_invitation, make_participant
from tests.world import join, make_user


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def test_a_new_generation_gets_the_next_number_and_the_seven_steps(world: Any, sign_in: Any) -> None:
    values = {"name": "Herbst", "start_on": "2026-12-01", "places": 12, "contact": world.manager_membership.pk}
    answer = sign_in(world.manager).post(url("generation_new", world), values)
    generation = Generation.objects.get(name="Herbst")
    assert answer.url == url("roster_new", world, generation.pk)
    assert (generation.number, generation.places, generation.contact) == (3, 12, world.manager_membership)
    assert list(generation.steps.values_list("key", flat=True)) == [
        "consents",
        "guidelines",
        "profile",
        "own_figures",
        "first_topics",
        "kick_off",
        "mentor",
    ]


@pytest.mark.parametrize(("name", "warns"), [("generation 1", True), ("Generation 77", False)])
def test_a_second_generation_of_the_same_name_is_pointed_out(name: str, warns: bool, world: Any, sign_in: Any) -> None:
    values = {"name": name, "start_on": "2026-12-01", "places": 12}
    page = sign_in(world.manager).post(url("generation_new", world), values, follow=True).content.decode()
    assert ("Another generation has the same name" in page) is warns


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"places": 0}, "places"),
        ({"end_on": "2026-01-01"}, "end_on"),
        ({"start_on": "31.02.2026"}, "start_on"),
        ({"name": "a\r\nb\u202e"}, "name"),
        ({"contact": "999999"}, "contact"),
    ],
)
def test_bad_input_is_kept_and_explained(world: Any, sign_in: Any, values: dict[str, Any], field: str) -> None:
    good = {"name": "Herbst", "start_on": "2026-12-01", "places": 12}
    answer = sign_in(world.manager).post(url("generation_new", world), good | values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Generation.objects.filter(name="Herbst").count() == 0


def test_a_contact_of_another_company_is_not_offered(world: Any, sign_in: Any) -> None:
    foreign = world.stranger.memberships.get()
    values = {"name": "G", "start_on": "2026-12-01", "places": 12, "contact": foreign.pk}
    assert sign_in(world.manager).post(url("generation_new", world), values).status_code == 422


def test_closing_can_be_undone(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    address = url("generation_close", world, world.generation.pk)
    client.post(address)
    world.generation.refresh_from_db()
    assert world.generation.closed_at is not None
    assert access.find_invitation(world.invitation_token) is None
    client.post(f"{address}?undo=1")
    world.generation.refresh_from_db()
    assert world.generation.closed_at is None
    assert access.find_invitation(world.invitation_token) == world.invitation


def test_a_generation_of_another_program_does_not_exist(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).get(url("generation_detail", world, world.other_generation.pk))
    assert answer.status_code == 404


# --- counts, and what they must not tell ----------------------------------------------------------------------------


def a_group(world: Any, size: int, showing: int) -> list[Participant]:
    """People in a third generation; the first ones show their onboarding to the team and have done one step."""
    generation = make_generation(world.program, 3)
    world.third = generation
    people = []
    for number in range(size):
        user = make_user(f"person{number}")
        purposes = [Purpose.TEAM_SEES_ONBOARDING] if number < showing else []
        people.append(make_participant(user, generation, *purposes))
        services.finish_step(generation.steps.first(), people[-1])
    return people


@pytest.mark.parametrize(("size", "showing"), [(4, 0), (5, 5), (5, 1), (6, 1), (9, 5), (0, 0)])
def test_the_sum_is_made_of_those_who_show_their_steps(world: Any, size: int, showing: int) -> None:
    people = a_group(world, size, showing)
    steps = generations_queries.generation_row(world.third).steps
    progress = progress_of({world.third.pk: steps}, world.program.pk, world.today)[world.third.pk]
    assert progress.shared == {each.pk: 1 for each in people[:showing]}
    assert (progress.people, progress.done, progress.whole) == (showing, showing, showing * 6)


def test_the_page_shows_a_persons_steps_only_with_consent(world: Any, sign_in: Any) -> None:
    a_group(world, 2, 1)
    page = sign_in(world.manager).get(url("generation_detail", world, world.third.pk)).content.decode()
    assert page.count("1 of 6 steps") == 2  # beside the name, and as the sum of those who show theirs
    assert page.count("1 of 6 steps of the one person who shares them") == 1
    assert page.count("person0@example.com") == page.count("person1@example.com") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_the_same_for_one_and_three(world: Any, sign_in: Any, count: int) -> None:
    Generation.objects.filter(program=world.program).exclude(pk=world.generation.pk).delete()
    for number in range(2, count + 1):
        make_invitation(make_generation(world.program, number), f"x{number}@example.com")
    client = sign_in(world.manager)
    client.get(url("people", world))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url("people", world))
    assert len(page.context["generations"]) == count
    assert len(queries) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_a_generation_costs_the_same_for_one_and_three(world: Any, sign_in: Any, count: int) -> None:
    """Also where somebody shows their steps, which asks for what they did."""
    make_participant(make_user("shows"), world.generation, Purpose.TEAM_SEES_ONBOARDING)
    services.leave(world.participant, by=world.influencer)
    for number in range(1, count):
        make_invitation(world.generation, f"x{number}@example.com", state="sent")
        make_participant(make_user(f"person{number}"), world.generation)
    client = sign_in(world.manager)
    for name, asked in (("generation_detail", 8), ("invitations", 8)):
        client.get(url(name, world, world.generation.pk))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url(name, world, world.generation.pk))
        assert len(page.context["list"].page) == count
        assert len(queries) == asked


# --- what other rooms ask -------------------------------------------------------------------------------------------


def test_generation_rows_count_in_one_query(world: Any) -> None:
    make_invitation(world.generation, "b@example.com", state="failed")
    make_invitation(world.generation, "c@example.com", state="revoked")
    services.pause(world.participant, by=world.influencer)
    with CaptureQueriesContext(connection) as queries:
        first, second = generations_queries.generation_rows(world.program)
    assert len(queries) == 1
    assert (first.people, first.paused, first.invited, first.failed) == (1, 1, 2, 1)
    assert (second.people, second.paused, second.invited, second.failed) == (1, 0, 0, 0)


def test_the_contacts_block_names_people_and_what_for(world: Any) -> None:
    join(world.coach, world.program, "manager", is_contact=True, contact_for="Krisen")
    assert blocks.contacts(world.program, "de", date.today()) == [("Manager", ""), ("Coach", "Krisen")]
    assert blocks.contacts(world.program, "de", date.today() - timedelta(days=1)) == []


def test_nobody_is_sent_to_somebody_whose_role_has_ended(world: Any, sign_in: Any) -> None:
    member = join(world.coach, world.program, "manager")
    Generation.objects.filter(pk=world.generation.pk).update(contact=member)
    address = f"/p/{world.program.slug}/people/{world.generation.pk}/"
    assert "contact: Coach" in sign_in(world.manager).get(address).content.decode()
    Membership.objects.filter(pk=member.pk).update(ended_at=timezone.now())
    assert "contact: Coach" not in sign_in(world.manager).get(address).content.decode()
