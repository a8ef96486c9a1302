"""The page behind an invitation's link: read, join, decline."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from core.people.models import User
from programs.consents import access as consents
from programs.consents.models import ConsentEvent, Purpose
from programs.consents.notices import purpose
from programs.generations import access, jobs, roster_services
from programs.generations.models import Declined, Invitation, Participant, Roster, Span
from programs.generations.roster_text import Decoded
from programs.generations.tokens import token_of
from programs.membership.models import Membership
from tests.factories.generations import make_invitation

NEW = {"name": "Ivo Invited", "password": "lange worte helfen immer"}


pytestmark = pytest.mark.usefixtures("fresh_cache")


def page(token: str, name: str = "invitation") -> str:
    return reverse(f"programs:{name}", args=[token])


def test_reading_changes_nothing(world: Any) -> None:
    """Mail scanners follow every link: as often as they like."""
    before = Invitation.objects.values().get(pk=world.invitation.pk)
    for _ in range(3):
        assert Client().get(page(world.invitation_token)).status_code == 200
    for name in ("invitation_join", "invitation_decline"):
        assert Client().get(page(world.invitation_token, name)).status_code == 405
    assert Invitation.objects.values().get(pk=world.invitation.pk) == before
    assert not Participant.objects.filter(user__email=world.invitation.email).exists()


def test_the_page_says_what_and_who_and_ticks_nothing(world: Any) -> None:
    answer = Client(headers={"accept-language": "de"}).get(page(world.invitation_token))
    html = answer.content.decode()
    assert html.count('name="consents"') == 4
    assert html.count(" checked") == 0
    for words in ("Was Teilnehmen bedeutet", "Was gespeichert wird", "Wer was sieht", "<strong>Nur Sie</strong>"):
        assert html.count(words) == 1
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_new_person_joins(world: Any) -> None:
    client = Client(headers={"accept-language": "de"}, enforce_csrf_checks=False)
    chosen = [Purpose.NEWSLETTER, Purpose.GROUP_FIGURES]
    answer = client.post(page(world.invitation_token, "invitation_join"), NEW | {"consents": chosen})
    assert answer.url == reverse("programs:path", args=[world.program.slug])
    user = User.objects.get(email="invited@example.com")
    assert (user.name, user.language, user.check_password(NEW["password"])) == ("Ivo Invited", "de", True)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.values_list("email", "verified", "primary").get(user=user) == (user.email, True, True)
    assert Membership.objects.get(user=user).role == "influencer"
    participant = Participant.objects.get(user=user)
    assert (participant.generation, participant.state) == (world.generation, "active")
    assert Span.objects.get(participant=participant).end_on is None
    assert client.get(answer.url).status_code == 200
    lines = ConsentEvent.objects.filter(user=user).order_by("purpose")
    assert [(line.purpose, line.action, line.channel, line.language, line.notice_version) for line in lines] == [
        ("group_figures", "granted", "invitation", "de", 1),
        ("newsletter", "granted", "invitation", "de", 1),
        ("participation", "granted", "invitation", "de", 1),
    ]
    assert [line.text_sha256 for line in lines] == [purpose(line.purpose).sha256("de") for line in lines]
    assert Client().get(page(world.invitation_token)).status_code == 410


def test_what_was_not_ticked_is_not_granted(world: Any) -> None:
    Client().post(page(world.invitation_token, "invitation_join"), NEW)
    user = User.objects.get(email="invited@example.com")
    assert consents.granted(user, world.program) == {Purpose.PARTICIPATION}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"password": "kurz"}, "password"),
        ({"password": "invited@example.com"}, "password"),
        ({"name": ""}, "name"),
        ({"name": "a\r\nBcc: x"}, "name"),
        ({"consents": ["nonsense"]}, "consents"),
        ({"consents": ["participation"]}, "consents"),
    ],
)
def test_bad_input_keeps_the_choices_and_makes_no_account(world: Any, values: dict[str, Any], field: str) -> None:
    answer = Client().post(page(world.invitation_token, "invitation_join"), NEW | {"consents": "newsletter"} | values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if field != "consents":
        assert [text.key for text, ticked in answer.context["purposes"] if ticked] == ["newsletter"]
    assert not User.objects.filter(email="invited@example.com").exists()


def test_somebody_with_an_account_signs_in_first(world: Any, sign_in: Any) -> None:
    token = token_of(make_invitation(world.generation, "Coach@example.com").pk)
    page_ = Client().get(page(token))
    assert page_.context["standing"] == "known"
    assert Client().post(page(token, "invitation_join"), NEW).status_code == 422
    assert User.objects.get(email="coach@example.com").check_password(NEW["password"]) is False
    stranger = sign_in(world.stranger)
    assert stranger.get(page(token)).context["standing"] == "other"
    assert stranger.post(page(token, "invitation_join")).status_code == 422
    assert not Participant.objects.filter(user__in=[world.coach, world.stranger]).exists()
    answer = sign_in(world.coach).post(page(token, "invitation_join"), {"consents": ["team_sees_onboarding"]})
    assert answer.status_code == 302
    assert Participant.objects.get(user=world.coach).generation == world.generation
    assert consents.granted(world.coach, world.program) == {Purpose.PARTICIPATION, Purpose.TEAM_SEES_ONBOARDING}


@pytest.mark.parametrize("kind", ["forged", "expired", "revoked", "accepted", "closed", "nonsense", "long"])
def test_every_link_that_is_not_valid_gets_the_same_page(world: Any, kind: str) -> None:
    token = world.invitation_token
    row = Invitation.objects.filter(pk=world.invitation.pk)
    if kind == "forged":
        token = token_of(999_999_999)
    elif kind == "expired":
        row.update(valid_until=timezone.now() - timedelta(seconds=1))
    elif kind in ("revoked", "accepted"):
        row.update(state=kind)
    elif kind == "closed":
        type(world.generation).objects.update(closed_at=timezone.now())
    elif kind == "nonsense":
        token = "ä\u202e%00"
    else:
        token = "x" * 5000
    answers = [Client().get(page(token))]
    answers += [Client().post(page(token, name), NEW) for name in ("invitation_join", "invitation_decline")]
    assert [answer.status_code for answer in answers] == [410, 410, 410]
    assert {answer.content.decode().count("Link invalid or expired") for answer in answers} == {2}
    assert Declined.objects.count() == 0
    assert not User.objects.filter(email="invited@example.com").exists()


def test_guessing_links_is_slowed_down(world: Any) -> None:
    client = Client()
    answers = [client.get(page(f"guess{number}")).status_code for number in range(62)]
    assert answers == [410] * 60 + [429] * 2
    assert Client(REMOTE_ADDR="10.0.0.9").get(page("guess")).status_code == 410  # somebody else is not affected


# --- declining leaves nothing behind --------------------------------------------------------------------------------


def tables_mentioning(text: str) -> list[str]:
    """Every table with a row that contains the text in any column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            sql = f"SELECT count(*) FROM {name} AS row WHERE row::text ILIKE %s"  # noqa: S608  # names of our tables
            cursor.execute(sql, [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_declining_leaves_no_trace_of_the_person(world: Any) -> None:
    address = "vera.nein@example.com"
    texts = ["Vera Nein <Vera.Nein@example.com>\nvera.nein@example.com", f"{address}\nv\u0435ra.nein@example.com"]
    first, second = [
        roster_services.read_roster(world.generation, Decoded(text, "utf-8"), source="", by=world.manager)
        for text in texts
    ]
    roster_services.apply_roster(first, by=world.manager)
    jobs.post()
    before = {"programs_invitation", "programs_roster", "core_outgoing_mail"}
    assert set(tables_mentioning("vera.nein")) == before  # negative control: the search finds it
    invitation = Invitation.objects.get(email=address)
    journal = Entry.objects.count()
    answer = Client().post(page(token_of(invitation.pk), "invitation_decline"))
    assert answer.status_code == 200
    assert tables_mentioning("vera.nein") == []
    assert tables_mentioning("Vera Nein") == []
    assert Entry.objects.count() == journal
    assert Declined.objects.get().program == world.program
    second.refresh_from_db()
    assert [line["email"].isascii() for line in second.lines] == []
    assert Client().get(page(token_of(invitation.pk))).status_code == 410


def test_who_declined_is_not_asked_again_and_nobody_sees_why(world: Any) -> None:
    Client().post(page(world.invitation_token, "invitation_decline"))
    text = "invited@example.com\nINVITED@example.com"
    roster = roster_services.read_roster(world.generation, Decoded(text, "utf-8"), source="", by=world.manager)
    assert roster.lines[0]["code"] == "closed"
    assert roster_services.apply_roster(roster, by=world.manager) == 0
    assert Roster.objects.filter(pk=roster.pk, lines=[]).exists()
    other = roster_services.read_roster(world.other_generation, Decoded(text, "utf-8"), source="", by=world.stranger)
    assert other.lines[0]["verdict"] == "invited"  # another program keeps its own list


def test_the_kept_hash_cannot_be_computed_without_the_sites_secret(world: Any, settings: Any) -> None:
    Client().post(page(world.invitation_token, "invitation_decline"))
    settings.SECRET_KEY = "another" * 10
    assert roster_services.known_in(world.program).is_declined("invited@example.com") is False


def test_a_token_opens_only_its_own_invitation(world: Any) -> None:
    found = access.find_invitation(token_of(world.other_invitation.pk))
    assert found is not None
    assert found.program == world.other_program
    assert apps.get_model("programs", "Invitation").objects.filter(token_hash=world.invitation_token).count() == 0
