"""The team comes by invitation: one answer for every address, a second yes for the works council, and a no that nobody
can tell from silence."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from core.notify.models import OutgoingMail
from core.people.models import User
from programs.membership import access, jobs, services, team_letters, team_services
from programs.membership.models import Membership, TeamInvitation

NEW = {"email": "Erik.Exec@example.com", "name": "Erik Exec", "language": "en", "role": "executive"}
PASSWORD = "wiese bei nacht und wind"


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def link(mail: OutgoingMail) -> str:
    found = re.search(r"https?://[^/\s]+(/team/\S+)", mail.text)
    assert found
    return found[1]


def invite(world: Any, sign_in: Any, **fields: str) -> OutgoingMail:
    sign_in(world.manager).post(url(world, "member_new"), NEW | fields)
    return OutgoingMail.objects.get(address=(NEW | fields)["email"].lower())


def everything() -> dict[str, Any]:
    """All rows of the database but those of sessions and tries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                       " AND table_schema = 'public'")  # fmt: skip
        names = [name for (name,) in cursor.fetchall() if name not in ("core_attempt", "django_session")]
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}" AS t ORDER BY t::text')  # noqa: S608
            found[name] = cursor.fetchall()
    return found


def test_nobody_is_in_the_team_before_the_person_says_yes(world: Any, sign_in: Any) -> None:
    people = User.objects.count()
    mail = invite(world, sign_in)
    assert (User.objects.count(), Membership.objects.filter(role="executive").count()) == (people, 1)
    assert "Your role would be: executive" in mail.text
    page = Client().get(link(mail)).content.decode()
    assert "Your role would be: executive" in page
    wrong = Client().post(link(mail), {"name": "Erik", "password": "short"})
    assert wrong.status_code == 422
    answer = Client().post(link(mail), {"name": "Erik B. Exec", "password": PASSWORD})
    assert answer["Location"] == f"/p/{world.program.slug}/"
    user = User.objects.get(email="erik.exec@example.com")
    assert (user.name, user.check_password(PASSWORD)) == ("Erik B. Exec", True)
    assert Membership.objects.active().get(user=user).role == "executive"
    assert not TeamInvitation.objects.filter(email=user.email).exists()
    assert Client().get(link(mail)).status_code == 410


def test_every_address_gets_the_same_answer(world: Any, sign_in: Any) -> None:
    """Known here, known elsewhere, unknown: page, list and mail tell nothing of an account."""
    manager, said = sign_in(world.manager), []
    for email in (world.stranger.email, "unknown@example.com", world.leaver.email):
        page = manager.post(url(world, "member_new"), NEW | {"email": email}, follow=True).content.decode()
        mail = OutgoingMail.objects.get(address=email)
        page = re.sub(r'nonce="[^"]*"|value="[^"]*"|/invitations/\d+/', "", page.replace(email, "A"))
        said.append(
            (page[page.index("An email is on its way to") :][:200], mail.subject, mail.text.replace(link(mail), "L"))
        )
        TeamInvitation.objects.filter(email=email).delete()
    assert said[0] == said[1] == said[2]
    assert str(world.stranger) not in manager.get(url(world, "program_settings")).content.decode()


def test_a_no_writes_nothing_and_can_be_taken_back(world: Any, sign_in: Any) -> None:
    mail = invite(world, sign_in)
    before = everything()
    page = Client().post(link(mail), {"answer": "decline"}).content.decode()
    assert "You have declined" in page
    assert everything() == before, "nobody can tell it from silence, in any way"
    assert Client().post(link(mail), {"name": "Erik", "password": PASSWORD}).status_code == 302


def test_asking_again_sends_nothing_and_says_the_same(world: Any, sign_in: Any) -> None:
    mail = invite(world, sign_in)
    Client().post(link(mail), {"answer": "decline"})
    again = sign_in(world.manager).post(url(world, "member_new"), NEW, follow=True).content.decode()
    assert "An email is on its way to" in again
    assert OutgoingMail.objects.filter(address=mail.address).count() == 1


def test_who_has_an_account_signs_in_first(world: Any, sign_in: Any) -> None:
    mail = invite(world, sign_in, email=world.stranger.email)
    world.stranger.set_password(PASSWORD)
    world.stranger.save()
    page = Client().get(link(mail)).content.decode()
    assert f"/accounts/login/?next={link(mail).replace('/', '%2F').replace(':', '%3A')}" in page
    assert Client().post(link(mail), {"name": "Thief", "password": PASSWORD}).status_code == 422
    assert sign_in(world.coach).post(link(mail)).status_code == 422, "the link is for one person"
    assert sign_in(world.stranger).post(link(mail)).status_code == 302
    assert Membership.objects.active().filter(user=world.stranger, program=world.program).get().role == "executive"


def test_a_program_invites_so_many_a_day(world: Any, sign_in: Any) -> None:
    TeamInvitation.objects.all().delete()
    manager = sign_in(world.manager)
    for number in range(team_services.INVITATIONS_A_DAY):
        manager.post(url(world, "member_new"), NEW | {"email": f"a{number}@example.com"})
    answer = manager.post(url(world, "member_new"), NEW)
    assert "Please continue tomorrow" in answer.content.decode()
    other = Membership.objects.create(program=world.other_program, user=world.manager, role="manager")
    elsewhere = reverse("programs:member_new", args=[other.program.slug])
    assert "Please continue tomorrow" in manager.post(elsewhere, NEW).content.decode(), "counted by who asks as well"
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert sign_in(world.manager).post(url(world, "member_new"), NEW).status_code == 302


def test_a_council_role_needs_a_second_yes(world: Any, sign_in: Any) -> None:
    email = "works.council@example.com"
    sign_in(world.manager).post(url(world, "member_new"), NEW | {"email": email, "role": "council"})
    invitation = TeamInvitation.objects.get(email=email)
    assert not OutgoingMail.objects.filter(address=email).exists()
    asked = set(OutgoingMail.objects.filter(reason=team_letters.SECOND_REASON).values_list("address", flat=True))
    assert asked == {world.council.email}
    path = f"/team/{team_letters.token_of(invitation)}/"
    assert Client().get(path).status_code == 410
    address = url(world, "team_agree", invitation.pk)
    assert sign_in(world.manager).post(address).status_code == 403, "nobody agrees with themselves"
    with pytest.raises(ValidationError):
        team_services.agree(invitation, by=world.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamInvitation.objects.filter(pk=invitation.pk).update(agreed_by=world.manager)
    assert sign_in(world.council).post(address).status_code == 302
    assert link(OutgoingMail.objects.get(address=email)) == path
    assert Client().get(path).status_code == 200
    assert sign_in(world.admin).get(address).status_code == 404, "it is agreed already"


def test_the_second_yes_is_asked_again_when_it_counts(
    world: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Withdrawn, expired, or the right to it lost, between the look and the press: said, and nobody is asked."""
    sign_in(world.manager).post(url(world, "member_new"), NEW | {"role": "council"})
    seen = TeamInvitation.objects.select_related("program").get(email=NEW["email"].lower())
    monkeypatch.setattr("programs.membership.access.get_waiting_invitation", lambda *_args: seen)
    rows, client = TeamInvitation.objects.filter(pk=seen.pk), sign_in(world.council)
    meanwhile = (
        ({"withdrawn_at": timezone.now()}, "withdrawn in the meantime"),
        ({"withdrawn_at": None, "invited_by": world.council}, "Somebody else has to agree"),
    )
    for changes, said in meanwhile:
        rows.update(**changes)
        assert said in client.post(url(world, "team_agree", seen.pk), follow=True).content.decode()
    rows.update(invited_by=world.manager)
    access.roles_by_program(world.council)  # as the page saw them
    Membership.objects.filter(user=world.council).update(ended_at=timezone.now())
    with pytest.raises(ValidationError):
        team_services.agree(seen, by=world.council)
    assert rows.get().waits


def test_nobody_gives_the_second_yes_to_their_own_role(world: Any, sign_in: Any) -> None:
    Membership.objects.filter(program=world.program, role="council").delete()
    sign_in(world.manager).post(url(world, "member_new"), NEW | {"role": "council", "email": world.admin.email})
    invitation = TeamInvitation.objects.get(email=world.admin.email)
    assert not OutgoingMail.objects.filter(reason=team_letters.SECOND_REASON).exists()
    assert sign_in(world.admin).post(url(world, "team_agree", invitation.pk)).status_code == 403
    with pytest.raises(ValidationError):
        team_services.agree(invitation, by=world.admin)


def test_what_a_manager_asked_ends_with_the_role_and_comes_back_with_it(world: Any, sign_in: Any) -> None:
    second = Membership.objects.create(program=world.program, user=world.stranger, role="manager")
    sign_in(world.stranger).post(url(world, "member_new"), NEW | {"role": "manager"})
    mail = OutgoingMail.objects.get(address=NEW["email"].lower())
    services.end_membership(second, by=world.manager)
    assert Client().get(link(mail)).status_code == 410
    services.resume_membership(second, by=world.manager)
    assert Client().get(link(mail)).status_code == 200


def test_where_nobody_else_is_an_administrator_of_the_site_agrees(world: Any, sign_in: Any) -> None:
    Membership.objects.filter(program=world.program, role="council").delete()
    sign_in(world.manager).post(url(world, "member_new"), NEW | {"role": "council"})
    mail = OutgoingMail.objects.get(reason=team_letters.SECOND_REASON)
    assert mail.address == world.admin.email
    invitation = TeamInvitation.objects.get(email=NEW["email"].lower())
    assert sign_in(world.admin).post(url(world, "team_agree", invitation.pk)).status_code == 302


def test_leading_and_watching_stay_apart_at_the_yes_as_well(world: Any, sign_in: Any) -> None:
    mail = invite(world, sign_in, email=world.stranger.email, role="manager")
    Membership.objects.create(program=world.program, user=world.stranger, role="council")
    answer = sign_in(world.stranger).post(link(mail))
    assert "also oversee it as works council" in answer.content.decode()
    assert not Membership.objects.filter(program=world.program, user=world.stranger, role="manager").exists()


def test_an_invitation_is_withdrawn_and_comes_back(world: Any, sign_in: Any) -> None:
    mail = invite(world, sign_in)
    pk, manager = TeamInvitation.objects.get(email=mail.address).pk, sign_in(world.manager)
    manager.post(url(world, "team_withdraw", pk))
    manager.get("/", follow=True)  # shows what happened, once
    assert mail.address not in manager.get(url(world, "program_settings")).content.decode()
    assert Client().get(link(mail)).status_code == 410
    manager.post(url(world, "team_restore", pk))
    assert Client().get(link(mail)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert Client().get(link(mail)).status_code == 410


def test_what_ended_is_forgotten(world: Any) -> None:
    assert jobs.forget_team_invitations() == 0
    with time_machine.travel(timezone.now() + timedelta(days=61), tick=False):
        assert jobs.forget_team_invitations() == 3
    assert not TeamInvitation.objects.exists()


def test_the_log_names_no_address(world: Any, sign_in: Any) -> None:
    invite(world, sign_in)
    assert Entry.objects.filter(verb="membership.team_invited").exists()
    assert not [entry for entry in Entry.objects.all() if "erik" in str(vars(entry)).lower()]
