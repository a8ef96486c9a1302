"""Programs as administrators of the site see them: who leads them, and whether they are archived."""

from typing import Any

import pytest
from django.test import Client

from community.newsletters.models import Issue
from core.journal.models import Entry
from core.notify.models import OutgoingMail
from core.people.models import User
from programs.membership import access
from programs.membership.access import READING, Ability
from programs.membership.models import Membership


def test_the_list_says_who_leads_what(world: Any, sign_in: Any) -> None:
    page = sign_in(world.admin).get("/operate/programs/").content.decode()
    assert "Nordlichter" in page
    assert str(world.manager) in page
    world.manager.is_active = False
    world.manager.save()
    Membership.objects.filter(program=world.program, role="manager").exclude(user=world.manager).delete()
    assert "nobody who can sign in" in sign_in(world.admin).get("/operate/programs/").content.decode()


def test_the_lead_changes_and_everybody_concerned_is_told(world: Any, sign_in: Any) -> None:
    before = [row.user for row in Membership.objects.active().filter(program=world.program, role="manager")]
    sign_in(world.admin).post(
        "/operate/programs/nordlichter/", {"email": world.coach.email, "language": "en", "ends": "on"}
    )
    leads = Membership.objects.active().filter(program=world.program, role="manager")
    assert [row.user for row in leads] == [world.coach]
    told = set(OutgoingMail.objects.filter(reason="membership.role").values_list("person", flat=True))
    assert told == {world.coach.pk, *(person.pk for person in before)}
    assert Entry.objects.filter(program_id=world.program.pk, verb="membership.lead_changed", actor=world.admin).exists()


def test_the_lead_may_stay_beside_the_new_one(world: Any, sign_in: Any) -> None:
    sign_in(world.admin).post("/operate/programs/nordlichter/", {"email": world.coach.email, "language": "en"})
    assert access.can(world.manager, Ability.MANAGE_PROGRAM, world.program)
    assert access.can(world.coach, Ability.MANAGE_PROGRAM, world.program)


def test_somebody_without_an_account_can_be_given_the_lead(world: Any, sign_in: Any) -> None:
    client = sign_in(world.admin)
    asked = {"email": "new.lead@example.com", "language": "de", "ends": "on"}
    assert client.post("/operate/programs/nordlichter/", asked).status_code == 422
    client.post("/operate/programs/nordlichter/", asked | {"name": "Nele Neu"})
    lead = User.objects.get(email="new.lead@example.com")
    assert "/welcome/" in OutgoingMail.objects.get(person=lead).text
    assert Membership.objects.active().filter(user=lead, role="manager").exists()


def test_an_archived_program_is_read_and_not_worked_in(world: Any, sign_in: Any) -> None:
    Issue.objects.filter(program=world.program).exclude(state="sent").update(state="draft")
    sign_in(world.admin).post("/operate/programs/nordlichter/archive/")
    for member in ("manager", "influencer", "coach", "executive", "council"):
        user = User.objects.get(pk=getattr(world, member).pk)
        assert access.abilities_in(user, access.get_program(user, "nordlichter")) <= READING, member
        assert sign_in(user).get("/p/nordlichter/").status_code == 200, member
        assert sign_in(user).get("/p/nordlichter/privacy/").status_code == 200, "rights stay"
    assert sign_in(world.manager).get("/p/nordlichter/people/").status_code == 403
    assert sign_in(world.influencer).get("/p/nordlichter/consents/").status_code == 200
    assert Client().get(f"/invitation/{world.invitation_token}/").status_code == 410
    sign_in(world.admin).post("/operate/programs/nordlichter/unarchive/")
    assert sign_in(world.manager).get("/p/nordlichter/people/").status_code == 200
    assert Client().get(f"/invitation/{world.invitation_token}/").status_code == 200
    verbs = Entry.objects.filter(program_id=world.program.pk, actor=world.admin).values_list("verb", flat=True)
    assert {"membership.archived", "membership.unarchived"} <= set(verbs)


def test_nothing_is_archived_while_something_goes_out(world: Any, sign_in: Any) -> None:
    Issue.objects.filter(program=world.program).update(state="sending")
    page = sign_in(world.admin).post("/operate/programs/nordlichter/archive/", follow=True).content.decode()
    assert "scheduled or being sent" in page
    world.program.refresh_from_db()
    assert world.program.archived_at is None


@pytest.mark.parametrize("path", ["/p/nordlichter/", "/p/nordlichter/figures/", "/p/nordlichter/people/"])
def test_looking_after_a_program_opens_nothing_in_it(path: str, world: Any, sign_in: Any) -> None:
    assert sign_in(world.admin).get(path).status_code == 404
