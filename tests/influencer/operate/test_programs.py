"""Programs as administrators of the site see them: who leads them, and whether they are archived."""

import re
from typing import Any

import pytest
from django.test import Client

from community.newsletters.models import Issue
from core.journal.models import Entry
from core.notify.models import OutgoingMail
from core.people.models import User
from programs.membership import access
from programs.membership.access import READING, Ability
from programs.membership.models import Membership, TeamInvitation


def test_the_list_says_who_leads_what(world: Any, sign_in: Any) -> None:
    page = sign_in(world.admin).get("/operate/programs/").content.decode()
    assert "Nordlichter" in page
    assert str(world.manager) in page
    world.manager.is_active = False
    world.manager.save()
    Membership.objects.filter(program=world.program, role="manager").exclude(user=world.manager).delete()
    assert "nobody who can sign in" in sign_in(world.admin).get("/operate/programs/").content.decode()


NORDLICHTER = "/operate/programs/nordlichter/"


def unsigned(page: str) -> str:
    return re.sub(
        r'csrfmiddlewaretoken" value="[^"]+|"X-CSRFToken": ?"[^"]+|nonce="[^"]+|name="once" value="[^"]+', "", page
    )


def leads(world: Any) -> list[User]:
    return [row.user for row in Membership.objects.active().filter(program=world.program, role="manager")]


def link(address: str) -> str:
    text = OutgoingMail.objects.filter(reason="membership.team", address=address).latest("pk").text
    return re.search(r"/team/\S+/", text)[0]


def test_a_lead_is_taken_not_given_and_everybody_concerned_is_told(world: Any, sign_in: Any) -> None:
    before = leads(world)
    asked = {"email": world.coach.email, "language": "en", "ends": "on"}
    page = sign_in(world.admin).post(NORDLICHTER, asked, follow=True).content.decode()
    assert "have asked" in page
    assert leads(world) == before  # until the answer everything stays
    client = sign_in(world.coach)
    assert "the current program manager no longer leads" in client.get(link(world.coach.email)).content.decode()
    client.post(link(world.coach.email))
    assert leads(world) == [world.coach]
    told = set(OutgoingMail.objects.filter(reason="membership.role").values_list("person", flat=True))
    assert told == {person.pk for person in before}
    assert Entry.objects.filter(program_id=world.program.pk, verb="membership.lead_changed", actor=world.admin).exists()


def test_a_no_changes_nothing_and_looks_like_silence(world: Any, sign_in: Any) -> None:
    before, client = leads(world), sign_in(world.admin)
    client.post(NORDLICHTER, {"email": world.coach.email, "language": "en", "ends": "on"})
    client.get(NORDLICHTER)  # the confirmation is said once
    silent = unsigned(client.get(NORDLICHTER).content.decode())
    sign_in(world.coach).post(link(world.coach.email), {"answer": "decline"})
    assert leads(world) == before
    assert unsigned(client.get(NORDLICHTER).content.decode()) == silent


def test_the_lead_may_stay_beside_the_new_one(world: Any, sign_in: Any) -> None:
    sign_in(world.admin).post(NORDLICHTER, {"email": world.coach.email, "language": "en"})
    sign_in(world.coach).post(link(world.coach.email))
    assert access.can(world.manager, Ability.MANAGE_PROGRAM, world.program)
    assert access.can(world.coach, Ability.MANAGE_PROGRAM, world.program)


def test_somebody_without_an_account_makes_one_with_the_yes(world: Any, sign_in: Any) -> None:
    client = sign_in(world.admin)
    asked = {"email": "new.lead@example.com", "language": "de", "ends": "on"}
    assert client.post(NORDLICHTER, asked).status_code == 422
    client.post(NORDLICHTER, asked | {"name": "Nele Neu"})
    assert not User.objects.filter(email="new.lead@example.com").exists()
    Client().post(link("new.lead@example.com"), {"name": "Nele Neu", "password": "wiese bei nacht und wind"})
    assert [lead.email for lead in leads(world)] == ["new.lead@example.com"]


def test_asking_is_taken_back_and_asked_again(world: Any, sign_in: Any) -> None:
    client = sign_in(world.admin)
    client.post(NORDLICHTER, {"email": world.coach.email, "language": "en", "ends": "on"})
    invitation = TeamInvitation.objects.get(program=world.program, role="manager")
    withdraw, theirs = f"{NORDLICHTER}lead/{invitation.pk}/", link(world.coach.email)
    assert f"{withdraw}?undo=1" in client.post(withdraw, follow=True).content.decode()
    assert sign_in(world.coach).get(theirs).status_code == 410
    client.post(f"{withdraw}?undo=1")
    assert sign_in(world.coach).get(theirs).status_code == 200


def test_who_would_lose_the_lead_cannot_withdraw_the_asking(world: Any, sign_in: Any) -> None:
    sign_in(world.admin).post(NORDLICHTER, {"email": world.coach.email, "language": "en", "ends": "on"})
    invitation = TeamInvitation.objects.get(program=world.program, role="manager")
    client = sign_in(world.manager)
    assert client.post(f"/p/nordlichter/team/invitations/{invitation.pk}/withdraw/").status_code == 404
    page = client.get("/p/nordlichter/settings/").content.decode()
    assert f"/team/invitations/{invitation.pk}/withdraw/" not in page
    assert world.coach.email in page


def test_one_of_several_is_asked_before_the_others_lead_no_more(world: Any, sign_in: Any) -> None:
    Membership.objects.create(program=world.program, user=world.coach, role="manager")
    before = leads(world)
    sign_in(world.admin).post(NORDLICHTER, {"email": world.coach.email, "language": "en"})
    sign_in(world.admin).post(NORDLICHTER, {"email": world.coach.email, "language": "en", "ends": "on"})
    assert leads(world) == before
    sign_in(world.coach).post(link(world.coach.email))
    assert leads(world) == [world.coach]


def test_the_works_council_is_not_asked_to_lead(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.admin).post(NORDLICHTER, {"email": world.council.email, "language": "en"})
    assert answer.status_code == 422
    assert "also oversee it as works council" in answer.content.decode()


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
