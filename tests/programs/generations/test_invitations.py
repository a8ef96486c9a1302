"""Invitations: the mail, its fate, sending again, withdrawing."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site
from django.urls import reverse
from django.utils import timezone

from core.notify import jobs as mail_jobs
from core.notify.models import OutgoingMail
from programs.generations import access, jobs
from programs.generations.models import Generation, Invitation, InvitationState
from programs.generations.tokens import hash_of, token_of
from tests.core.notify.smtp import Server, running
from tests.factories.generations import make_invitation


def url(name: str, world: Any, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


@pytest.fixture
def queued(world: Any) -> Invitation:
    Invitation.objects.filter(program=world.other_program).delete()
    return make_invitation(world.generation, "neu@example.com", name="Nea Neu", language="de")


def posted(*answers: str) -> Server:
    with running(Server(*answers)) as server:
        jobs.post()
        mail_jobs.sweep()
        jobs.sweep()
    return server


def test_the_mail_speaks_the_persons_language_and_holds_the_link(world: Any, queued: Invitation) -> None:
    (mail,) = posted().mails
    link = f"{site.SITE_URL}/invitation/{token_of(queued.pk)}/"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert mail["Subject"] == "Einladung zum Programm Nordlichter"
    assert text.startswith("Sie bekommen diese E-Mail, weil das Programmteam von Nordwerk AG")
    assert "Guten Tag Nea Neu," in text
    assert "Manager, manager@example.com" in text
    assert (text.count(link), html.count(link)) == (1, 1)
    queued.refresh_from_db()
    assert queued.state == InvitationState.SENT
    assert queued.sent_at is not None


def test_without_a_name_the_greeting_has_no_gap(world: Any, queued: Invitation) -> None:
    Invitation.objects.filter(pk=queued.pk).update(name="")
    (mail,) = posted().mails
    assert "Guten Tag," in mail.get_body(("plain",)).get_content().splitlines()


def test_a_name_with_markup_or_braces_is_text(world: Any, queued: Invitation) -> None:
    Invitation.objects.filter(pk=queued.pk).update(name="<b>{link}</b>")
    (mail,) = posted().mails
    assert "&lt;b&gt;{link}&lt;/b&gt;" in mail.get_body(("html",)).get_content()


def test_the_database_does_not_hold_the_link(world: Any, queued: Invitation) -> None:
    posted()
    token = token_of(queued.pk)
    queued.refresh_from_db()
    assert queued.token_hash == hash_of(token)
    assert [token in str(row) for row in OutgoingMail.objects.values()] == [False]


def test_a_refused_address_is_named_on_the_generations_page(world: Any, queued: Invitation, sign_in: Any) -> None:
    posted("RCPT 550 5.1.1 no such person")
    queued.refresh_from_db()
    assert queued.state == InvitationState.FAILED
    manager = sign_in(world.manager)
    page = manager.get(url("invitations", world, world.generation.pk))
    assert page.context["list"].page[0] == queued  # first in the list
    html = page.content.decode()
    assert "550 5.1.1 no such person" in html
    assert "1 invitation could not be delivered." in html


def test_a_busy_server_leaves_it_waiting(world: Any, queued: Invitation) -> None:
    posted("RCPT 450 later")
    queued.refresh_from_db()
    assert queued.state == InvitationState.QUEUED


def test_posting_again_writes_no_second_mail(world: Any, queued: Invitation) -> None:
    assert [jobs.post(), jobs.post()] == [1, 0]


def test_the_thirty_days_begin_with_the_mail(world: Any, queued: Invitation) -> None:
    Invitation.objects.filter(pk=queued.pk).update(valid_until=timezone.now() + timedelta(days=2))
    jobs.post()
    queued.refresh_from_db()
    assert timedelta(days=29) < queued.valid_until - timezone.now() <= timedelta(days=30)


def test_nobody_is_invited_to_a_closed_generation(world: Any, queued: Invitation) -> None:
    world.generation.closed_at = timezone.now()
    world.generation.save()
    assert jobs.post() == 0


def test_sending_again_uses_the_same_link(world: Any, sign_in: Any) -> None:
    old = timezone.now() - timedelta(days=29)
    Invitation.objects.filter(pk=world.invitation.pk).update(sent_at=old, valid_until=old + timedelta(days=30))
    client = sign_in(world.manager)
    for _ in range(2):  # the second click finds it on its way
        client.post(url("invitation_resend", world, world.invitation.pk))
    mail = OutgoingMail.objects.get()
    assert world.invitation_token in mail.text
    found = access.find_invitation(world.invitation_token)
    assert found is not None
    assert found.valid_until > timezone.now() + timedelta(days=29)


def test_sending_again_brings_back_nothing_that_ended_meanwhile(world: Any, sign_in: Any) -> None:
    """On a page that is old: withdrawn, withdrawn and invited anew, or its generation closed."""
    client, rows = sign_in(world.manager), Invitation.objects.filter(pk=world.invitation.pk)
    rows.update(state="revoked", sent_at=None)
    for _ in range(2):  # the second time the address holds a newer one
        client.post(url("invitation_resend", world, world.invitation.pk))
        assert "This invitation was withdrawn in the meantime." in client.get("/", follow=True).content.decode()
        newer, _is_new = Invitation.objects.get_or_create(
            program=world.program, email=world.invitation.email, state="queued",
            defaults={"generation": world.generation, "token_hash": "x", "valid_until": timezone.now()},
        )  # fmt: skip
    newer.delete()
    rows.update(state="sent")
    Generation.objects.update(closed_at=timezone.now())
    client.post(url("invitation_resend", world, world.invitation.pk))
    assert "Nobody can join any more." in client.get("/", follow=True).content.decode()
    assert rows.get().state == "sent"
    assert not OutgoingMail.objects.exists()


def test_not_twice_within_ten_minutes_and_not_over_the_hours_limit(world: Any, sign_in: Any, settings: Any) -> None:
    client = sign_in(world.manager)
    Invitation.objects.filter(pk=world.invitation.pk).update(sent_at=timezone.now())
    client.post(url("invitation_resend", world, world.invitation.pk))
    Invitation.objects.filter(pk=world.invitation.pk).update(sent_at=None)
    settings.INVITATIONS_PER_HOUR = 0
    client.post(url("invitation_resend", world, world.invitation.pk))
    assert OutgoingMail.objects.count() == 0


def test_another_program_is_no_way_to_more_invitations_an_hour(world: Any, queued: Invitation, settings: Any) -> None:
    settings.INVITATIONS_PER_HOUR = 2
    Invitation.objects.update(invited_by=world.manager)
    for number in range(3):
        make_invitation(world.other_generation, f"many{number}@example.com", invited_by=world.manager)
    make_invitation(world.other_generation, "of.somebody.else@example.com", invited_by=world.stranger)
    assert sum(jobs.post() for _ in range(3)) == 3
    assert OutgoingMail.objects.filter(address="of.somebody.else@example.com").exists()


def test_withdrawing_ends_the_link_and_stops_a_waiting_mail(world: Any, queued: Invitation, sign_in: Any) -> None:
    jobs.post()
    client = sign_in(world.manager)
    client.post(url("invitation_revoke", world, queued.pk))
    assert OutgoingMail.objects.count() == 0
    assert access.find_invitation(token_of(queued.pk)) is None
    make_invitation(world.generation, "neu@example.com")  # may be invited again


def test_several_are_sent_again_or_withdrawn(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    rows = [make_invitation(world.generation, f"many{n}@example.com", state="sent") for n in range(3)]
    foreign = world.other_invitation.pk
    change, here = (url(name, world, world.generation.pk) for name in ("invitations_change", "invitations"))
    manager.post(change, {"do": "resend", "pk": [*(row.pk for row in rows), foreign, "x"]})
    assert "3 invitations are being sent again." in manager.get(here).content.decode()
    manager.post(change, {"do": "revoke", "pk": [row.pk for row in rows[:2]] + [foreign]})
    states = Invitation.objects.filter(email__startswith="many").order_by("email").values_list("state", flat=True)
    assert list(states) == ["revoked", "revoked", "queued"]
    assert Invitation.objects.get(pk=foreign).state != "revoked"
    assert "many2@" in manager.get(f"{here}?q=many&state=queued").content.decode()


def test_withdrawing_is_taken_back_with_one_click(world: Any, queued: Invitation, sign_in: Any) -> None:
    """The link works as before, and a mail that had not gone out waits again."""
    jobs.post()
    manager = sign_in(world.manager)
    manager.post(url("invitation_revoke", world, queued.pk))
    undo = f"{url('invitations_restore', world, world.generation.pk)}?rows={queued.pk}"
    assert undo in manager.get(url("invitations", world, world.generation.pk)).content.decode()
    manager.post(undo)
    assert access.find_invitation(token_of(queued.pk)) == queued
    jobs.post()
    assert OutgoingMail.objects.filter(address=queued.email).count() == 1
    page = manager.get(url("invitations", world, world.generation.pk)).content.decode()
    assert "1 invitation is valid again." in page


def test_several_withdrawn_ones_come_back_but_for_who_was_invited_anew(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    rows = [
        make_invitation(world.generation, f"back{n}@example.com", state="sent", sent_at=timezone.now())
        for n in range(3)
    ]
    manager.post(
        url("invitations_change", world, world.generation.pk), {"do": "revoke", "pk": [row.pk for row in rows]}
    )
    newer = make_invitation(world.generation, "BACK1@example.com")
    named = "-".join(str(row.pk) for row in [*rows, world.other_invitation]) + "-x-99999999999999999999"
    manager.post(f"{url('invitations_restore', world, world.generation.pk)}?rows={named}")
    states = (
        Invitation.objects.filter(pk__in=[row.pk for row in rows]).order_by("email").values_list("state", flat=True)
    )
    assert list(states) == ["sent", "revoked", "sent"]
    assert Invitation.objects.get(pk=newer.pk).is_open


def test_an_accepted_invitation_cannot_be_withdrawn(world: Any, sign_in: Any) -> None:
    Invitation.objects.filter(pk=world.invitation.pk).update(state="accepted")
    assert sign_in(world.manager).post(url("invitation_revoke", world, world.invitation.pk)).status_code == 404


def test_of_another_program_it_does_not_exist(world: Any, sign_in: Any) -> None:
    assert sign_in(world.manager).post(url("invitation_revoke", world, world.other_invitation.pk)).status_code == 404


def test_who_never_answered_is_forgotten(world: Any) -> None:
    Invitation.objects.filter(program=world.program).update(valid_until=timezone.now() - timedelta(days=29))
    old = timezone.now() - timedelta(days=31)
    make_invitation(world.generation, "old@example.com", valid_until=old)
    make_invitation(world.generation, "joined@example.com", valid_until=old, state="accepted")
    jobs.retention()
    addresses = Invitation.objects.filter(program=world.program).order_by("email").values_list("email", flat=True)
    assert list(addresses) == ["invited@example.com", "joined@example.com"]
