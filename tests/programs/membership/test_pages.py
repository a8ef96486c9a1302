from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.membership import team_services
from programs.membership.models import Membership, Program, Role, TeamInvitation
from tests.factories.membership import make_member
from tests.world import make_user

SETTINGS = "/p/nordlichter/settings/"
NEW = "/p/nordlichter/team/new/"
VALID = {
    "name": "Nordlichter",
    "company_name": "Nordwerk AG",
    "goal_1": "Be seen",
    "goal_2": "",
    "goal_3": "Be trusted",
    "country": "AT",
    "weekly_minutes": "90",
    "start_on": "2026-01-05",
    "value_percent": "75",
    "group_minimum": "6",
}


def test_program_settings_are_saved(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(SETTINGS, VALID)
    assert answer.status_code == 302
    program = Program.objects.get(pk=world.program.pk)
    assert (program.country, program.weekly_minutes, program.group_minimum) == ("AT", 90, 6)
    assert str(program.value_target) == "0.75"
    assert list(program.goals.values_list("rank", "text")) == [(1, "Be seen"), (2, "Be trusted")]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("group_minimum", "4", "Choose 5 or more"),
        ("group_minimum", "", "required"),
        ("weekly_minutes", "601", "600"),
        ("weekly_minutes", "a lot", "whole number"),
        ("start_on", "2026-02-30", "valid date"),
        ("start_on", "0001-01-01", "between 1990 and 2100"),
        ("name", "", "required"),
        ("name", "x" * 81, "80 characters"),
        ("country", "FR", "valid choice"),
        ("value_percent", "101", "100"),
    ],
)
def test_bad_settings_say_why_and_keep_the_input(field: str, value: str, says: str, world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(SETTINGS, VALID | {field: value, "company_name": "Kept AG"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Kept AG" in page
    assert Program.objects.get(pk=world.program.pk).company_name == "Nordwerk AG"


def test_the_works_council_reads_settings_and_cannot_save(world: Any, sign_in: Any) -> None:
    council = sign_in(world.council)
    page = council.get(SETTINGS).content.decode()
    assert '<form class="fields' not in page
    assert "End role" not in page
    assert council.post(SETTINGS, VALID).status_code == 403
    assert Program.objects.get(pk=world.program.pk).country == "DE"


def test_a_person_is_invited_by_address(world: Any, sign_in: Any) -> None:
    form = {
        "email": " STRANGER@example.com ",
        "role": "coach",
        "name": "X",
        "is_contact": "on",
        "contact_for": "Images",
    }
    answer = sign_in(world.manager).post("/p/nordlichter/team/new/", form)
    assert answer.status_code == 302
    team_services.accept(TeamInvitation.objects.get(email="stranger@example.com"), user=world.stranger)
    membership = Membership.objects.get(program=world.program, user=world.stranger)
    assert (membership.role, membership.contact_for) == ("coach", "Images")


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"email": "nobody@example.com", "role": "coach"}, "This field is required"),
        ({"email": "stranger@example.com", "role": "influencer"}, "valid choice"),
        ({"email": "not an address", "role": "coach"}, "valid email"),
    ],
)
def test_who_cannot_be_added_is_explained(form: dict[str, str], says: str, world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post("/p/nordlichter/team/new/", form)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_answer_does_not_tell_who_has_an_account(world: Any, sign_in: Any) -> None:
    """Another company's employee, or nobody the site knows: the same words and the same way on."""
    told = []
    for email in (world.stranger.email, "unheard.of@example.com"):
        form = {"email": email, "role": "coach", "name": "Given Name"}
        answer = sign_in(world.manager).post("/p/nordlichter/team/new/", form, follow=True)
        told.append([str(message).replace(email, "ADDRESS") for message in answer.context["messages"]])
    assert told[0] == told[1] == ["An email is on its way to ADDRESS."]


def test_duties_stay_apart(world: Any, sign_in: Any) -> None:
    """Who leads is not also the works council, in neither order, and nobody gives that role to themselves."""
    deputy = make_user("second_manager")
    Membership.objects.create(program=world.program, user=deputy, role="manager")
    client = sign_in(world.manager)
    cases = {world.manager.email: "council", world.council.email: "manager", deputy.email: "council"}
    for email, role in cases.items():
        answer = client.post("/p/nordlichter/team/new/", {"email": email, "role": role, "name": "X"})
        assert answer.status_code == 422, email
    assert Membership.objects.active().filter(program=world.program, role="council").count() == 1


def test_influencers_cannot_be_ended_by_anybody(world: Any, sign_in: Any) -> None:
    url = f"/p/nordlichter/team/{world.influencer_membership.pk}/end/"
    assert sign_in(world.manager).post(url).status_code == 404


def test_ending_the_last_manager_is_refused_in_words(world: Any, sign_in: Any) -> None:
    url = f"/p/nordlichter/team/{world.manager_membership.pk}/end/"
    answer = sign_in(world.manager).post(url, follow=True)
    assert "Give the role to somebody else first" in answer.content.decode()


def test_who_ends_the_own_role_is_sent_home(world: Any, sign_in: Any) -> None:
    make_member(world.program, "second", Role.MANAGER)
    answer = sign_in(world.manager).post(f"/p/nordlichter/team/{world.manager_membership.pk}/end/")
    assert answer["Location"] == "/"


def test_contact_person_is_marked_and_shown_to_everybody(world: Any, sign_in: Any) -> None:
    url = f"/p/nordlichter/team/{world.coach_membership.pk}/"
    sign_in(world.manager).post(url, {"is_contact": "on", "contact_for": "Questions about images"})
    page = sign_in(world.influencer).get("/p/nordlichter/contacts/").content.decode()
    assert "Questions about images" in page
    assert "coach@example.com" in page


def test_contacts_without_anybody_say_so(world: Any, sign_in: Any) -> None:
    Membership.objects.update(is_contact=False)
    assert "Nobody has been named yet" in sign_in(world.influencer).get("/p/nordlichter/contacts/").content.decode()


@pytest.mark.parametrize(("url", "queries"), [(SETTINGS, 7), ("/p/nordlichter/contacts/", 4)])
def test_pages_ask_as_often_for_three_as_for_one(url: str, queries: int, world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    client.get(url)
    counts = []
    for count in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(url)
        counts.append(len(captured))
        for number in range(3):
            make_member(world.program, f"more{count}{number}", is_contact=True)
    assert counts == [queries, queries]
