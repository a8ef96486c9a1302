"""Who declines cannot be told from who has not answered: by nobody, by no list, number, mail or second try."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from core.notify import jobs as outbox
from core.notify.models import OutgoingMail
from programs.generations import jobs, letters, queries, roster_services
from programs.generations.models import Declined, Invitation, Participant
from programs.generations.roster_reading import of_text
from programs.generations.tokens import address_hashes, token_of
from tests.core.notify.smtp import Server, running
from tests.world import make_user

pytestmark = pytest.mark.usefixtures("fresh_cache")

NO, SILENT = "vera.nein@example.com", "stefan.stil@example.com"
BOTH = {NO: "Vera Nein", SILENT: "Stefan Stil"}
UNDELIVERABLE = "550 no such person"


def answer(invitation: Invitation, what: str, client: Client | None = None, **more: Any) -> Any:
    url = reverse("programs:invitation_answer", args=[token_of(invitation.pk)])
    return (client or Client()).post(url, {"answer": what, **more})


def invite(world: Any) -> dict[str, Invitation]:
    """Both, as a program manager does it, with the mails out."""
    text = "\n".join(f"{name} <{address}>" for address, name in BOTH.items())
    roster = roster_services.read_roster(world.generation, of_text(text), source="", by=world.manager)
    roster_services.apply_roster(roster, by=world.manager)
    post()
    return {each.email: each for each in Invitation.objects.filter(email__in=BOTH)}


def post(*answers: str) -> list[str]:
    """What the worker does every few seconds; to whom something went."""
    with running(Server(*answers)) as server:
        jobs.sweep()
        outbox.sweep()
        jobs.sweep()
    return [str(mail["To"]) for mail in server.mails]


def seen(world: Any, client: Client, address: str) -> list[Any]:
    """Everything that the program team can see of an address, with what is the address's own taken out."""
    row = Invitation.objects.filter(program=world.program, email=address).first()
    pages = [
        reverse("programs:generation_detail", args=[world.program.slug, world.generation.pk]),
        reverse("programs:people", args=[world.program.slug]),
        "/",
        reverse("home:search", args=[world.program.slug]) + f"?q={address}",
    ]
    found: list[Any] = []
    for page in pages:
        html = client.get(page).content.decode()
        lines = re.findall(r"<(?:li|tr)\b.*?</(?:li|tr)>", html, re.S)
        lines = [line for line in lines if address in line or BOTH[address] in line]
        found.append([_neutral(line, address, row) for line in lines])
    roster = roster_services.read_roster(world.generation, of_text(address), source="", by=world.manager)
    preview = client.get(reverse("programs:roster_detail", args=[world.program.slug, roster.pk]))
    found.append([(line["verdict"], line["why"]) for line in preview.context["list"].page])
    found.append(preview.context["free"])
    roster.delete()
    if row is not None:
        found.append((row.state, bool(row.sent_at), row.answered_at, row.valid_until.date()))
        mails = OutgoingMail.objects.filter(reference=row.pk).order_by("pk")
        found.append([(each.state, each.attempts, each.reply) for each in mails])
    return found


def _neutral(html: str, address: str, row: Invitation | None) -> str:
    html = html.replace(address, "ADDRESS").replace(BOTH[address], "NAME")
    html = re.sub(r'value="\w{64}"', 'value="TOKEN"', html)
    return html.replace(f"/{row.pk}/", "/PK/") if row else html


def alike(world: Any, client: Client) -> list[Any]:
    no, silent = seen(world, client, NO), seen(world, client, SILENT)
    assert no == silent
    return no


def test_declining_cannot_be_told_from_silence(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    invitations = invite(world)
    before = alike(world, manager)
    numbers = manager.get(reverse("programs:people", args=[world.program.slug])).context["invited"]
    journal = Entry.objects.count()

    answer(invitations[NO], "decline")
    assert Entry.objects.count() == journal
    assert queries.has_declined(invitations[NO])  # else nothing would be compared
    assert alike(world, manager) == before
    assert manager.get(reverse("programs:people", args=[world.program.slug])).context["invited"] == numbers

    # asking again
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        said = [_resend(world, manager, invitations[address]) for address in BOTH]
        assert said[0] == said[1]
        alike(world, manager)
        assert post() == [SILENT], "who declined gets no other mail"
        alike(world, manager)

    # a mail server that refuses both
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        for address in BOTH:
            _resend(world, manager, invitations[address])
        assert post(f"RCPT {UNDELIVERABLE}", f"RCPT {UNDELIVERABLE}") == []
        assert UNDELIVERABLE in str(alike(world, manager))

    # inviting once more after withdrawing it, and after everything was forgotten
    for address in BOTH:
        revoke = reverse("programs:invitation_revoke", args=[world.program.slug, invitations[address].pk])
        manager.post(revoke)
    alike(world, manager)
    with time_machine.travel(timezone.now() + timedelta(days=100)):
        jobs.retention()
        assert not Invitation.objects.filter(email__in=BOTH).exists()
        manager = sign_in(world.manager)  # after so many days
        assert "new" in str(alike(world, manager))
        invite(world)
        alike(world, manager)
        assert OutgoingMail.objects.filter(address__in=BOTH, state="sent").count() == 2


def test_an_account_closed_in_another_company_looks_like_silence(world: Any, sign_in: Any) -> None:
    make_user("vera.nein", is_active=False)
    manager, invitations = sign_in(world.manager), invite(world)
    alike(world, manager)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        for invitation in invitations.values():
            _resend(world, manager, invitation)
        assert post() == [SILENT]
        alike(world, manager)


def _resend(world: Any, client: Client, invitation: Invitation) -> Any:
    url = reverse("programs:invitation_resend", args=[world.program.slug, invitation.pk])
    answered = client.post(url, follow=True)
    told = [str(each).replace(invitation.email, "ADDRESS") for each in answered.context["messages"]]
    return answered.status_code, told


@pytest.mark.parametrize("server", ["", "RCPT 451 later", "RCPT 550 no such person"])
def test_a_mail_that_is_held_back_meets_the_same_fate(world: Any, server: str) -> None:
    invitations = invite(world)
    answer(invitations[NO], "decline")
    for invitation in invitations.values():
        letters.send_now(invitation)
    fates = []
    for address in BOTH:
        with running(Server(*filter(None, [server]))) as smtp:
            outbox.deliver(OutgoingMail.objects.filter(address=address).latest("pk").pk)
        if address == NO:
            assert smtp.mails == []
        mail = OutgoingMail.objects.filter(address=address).latest("pk")
        fates.append((mail.state, mail.reply, mail.attempts, mail.text == "", bool(mail.sent_at)))
    assert fates[0] == fates[1]


def test_a_server_that_is_away_is_away_for_both(world: Any, settings: Any) -> None:
    invitations = invite(world)
    answer(invitations[NO], "decline")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    fates = []
    for address in BOTH:
        letters.send_now(invitations[address])
        mail = OutgoingMail.objects.filter(address=address).latest("pk")
        outbox.deliver(mail.pk)
        mail.refresh_from_db()
        fates.append((mail.state, mail.reply, mail.attempts))
    assert fates[0] == fates[1]
    assert fates[0][0] == "retry"


def test_two_requests_and_answers_look_the_same(world: Any) -> None:
    """No list of requests tells which answer it was: one address, one status, no length of a page."""
    url = reverse("programs:invitation_answer", args=[world.invitation_token])
    answers = {what: Client().post(url, {"answer": what}) for what in ("decline", "think_again")}
    assert {(each.status_code, each.url, len(each.content)) for each in answers.values()} == {
        (302, reverse("programs:invitation", args=[world.invitation_token]), 0)
    }
    assert Client().post(url, {"answer": "join", "name": "Ivo", "password": "lange worte helfen"}).status_code == 302
    assert Client().post(url, {"answer": "nonsense"}).status_code == 410


def test_declining_is_no_single_tap_beside_joining(world: Any) -> None:
    page = Client().get(reverse("programs:invitation", args=[world.invitation_token])).content.decode()
    joining, _, rest = page.partition('<details class="fold nothanks">')
    assert 'value="decline"' not in joining
    assert 'value="decline"' in rest.partition("</details>")[0]
    assert "<details open" not in rest


def test_the_invited_person_can_think_again(world: Any) -> None:
    page = reverse("programs:invitation", args=[world.invitation_token])
    told = answer(world.invitation, "decline", client := Client())
    html = client.get(told.url).content.decode()
    assert "You have declined" in html
    assert 'value="think_again"' in html
    assert 'value="join"' not in html
    answer(world.invitation, "think_again", client)
    assert Declined.objects.count() == 0
    assert 'value="join"' in client.get(page).content.decode()


def test_joining_from_another_window_takes_the_no_back(world: Any) -> None:
    answer(world.invitation, "decline")
    answer(world.invitation, "join", name="Ivo", password="lange worte helfen immer")
    assert Declined.objects.count() == 0
    assert Participant.objects.filter(user__email=world.invitation.email).count() == 1


def test_a_new_key_does_not_forget_who_declined(world: Any, settings: Any) -> None:
    answer(world.invitation, "decline")
    former = django_settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 10
    assert not queries.has_declined(world.invitation)  # the hash cannot be computed without the site's secret
    settings.SECRET_KEY_FALLBACKS = [former]
    assert queries.has_declined(world.invitation)
    answer_page = Client().post(
        reverse("programs:invitation_answer", args=[token_of(world.invitation.pk)]), {"answer": "think_again"}
    )
    assert answer_page.status_code == 410  # links of the former key have ended


def test_another_program_keeps_its_own_list(world: Any) -> None:
    answer(world.invitation, "decline")
    assert not queries.has_declined(world.other_invitation)


def test_nothing_but_a_hash_is_written(world: Any) -> None:
    before = _dump()
    answer(world.invitation, "decline")
    after = _dump()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"programs_declined", "core_attempt"}  # the latter counts visits of a network address, hashed
    assert Declined.objects.get().address_hash == address_hashes(world.program.pk, world.invitation.email)[0]
    assert world.invitation.email not in after["programs_declined"]


def _dump() -> dict[str, str]:
    """Every row of every table as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT string_agg(row::text, '|' ORDER BY row::text) FROM {name} AS row")  # noqa: S608
            found[table] = str(cursor.fetchone()[0])
    return found
