"""The page behind an invitation's link: read, join, decline."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.people.models import User
from programs.consents import access as consents
from programs.consents.models import ConsentEvent, Purpose
from programs.consents.notices import purpose
from programs.generations import access, invitation_pages, invitation_services
from programs.generations.models import Declined, Generation, Invitation, Participant, Span
from programs.generations.tokens import token_of
from programs.membership.models import Membership
from tests.at_once import MANY, at_once
from tests.factories.generations import make_invitation
from tests.world import make_user

NEW = {"answer": "join", "name": "Ivo Invited", "password": "lange worte helfen immer"}
ANSWERS = ("join", "decline", "think_again")

pytestmark = pytest.mark.usefixtures("fresh_cache")


def page(token: str, name: str = "invitation") -> str:
    return reverse(f"programs:{name}", args=[token])


def test_reading_changes_nothing(world: Any) -> None:
    """Mail scanners follow every link: as often as they like."""
    before = Invitation.objects.values().get(pk=world.invitation.pk)
    for _ in range(3):
        assert Client().get(page(world.invitation_token)).status_code == 200
    assert Client().get(page(world.invitation_token, "invitation_answer"))["Location"] == page(world.invitation_token)
    assert Invitation.objects.values().get(pk=world.invitation.pk) == before
    assert not Participant.objects.filter(user__email=world.invitation.email).exists()


def test_the_page_says_what_and_who_and_ticks_nothing(world: Any) -> None:
    answer = Client(headers={"accept-language": "de"}).get(page(world.invitation_token))
    html = answer.content.decode()
    assert html.count('name="consents"') == 5
    assert html.count(" checked") == 0
    for words in ("Was Teilnehmen bedeutet", "Was gespeichert wird", "Wer was sieht", "<strong>Nur Sie</strong>"):
        assert html.count(words) == 1
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_the_name_of_the_list_is_filled_in_and_the_page_is_short(world: Any) -> None:
    Invitation.objects.filter(pk=world.invitation.pk).update(name="Ivo Invited")
    client = Client(headers={"accept-language": "en"})
    html = client.get(page(world.invitation_token)).content.decode()
    assert 'value="Ivo Invited"' in html
    assert html.count('<details class="fold" open>') == 1
    Generation.objects.filter(pk=world.generation.pk).update(start_on=timezone.localdate() - timedelta(days=3))
    assert "has been under way since" in client.get(page(world.invitation_token)).content.decode()


def test_a_new_person_joins(world: Any) -> None:
    client = Client(headers={"accept-language": "de"}, enforce_csrf_checks=False)
    chosen = [Purpose.NEWSLETTER, Purpose.GROUP_FIGURES]
    answer = client.post(page(world.invitation_token, "invitation_answer"), NEW | {"consents": chosen})
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
    Client().post(page(world.invitation_token, "invitation_answer"), NEW)
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
    answer = Client().post(page(world.invitation_token, "invitation_answer"), NEW | {"consents": "newsletter"} | values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if field != "consents":
        assert [text.key for text, ticked in answer.context["purposes"] if ticked] == ["newsletter"]
    assert not User.objects.filter(email="invited@example.com").exists()


def test_somebody_with_an_account_signs_in_first(world: Any, sign_in: Any) -> None:
    token = token_of(make_invitation(world.generation, "Coach@example.com").pk)
    page_ = Client().get(page(token))
    assert page_.context["standing"] == "known"
    assert Client().post(page(token, "invitation_answer"), NEW).status_code == 422
    assert User.objects.get(email="coach@example.com").check_password(NEW["password"]) is False
    stranger = sign_in(world.stranger)
    assert stranger.get(page(token)).context["standing"] == "other"
    assert stranger.post(page(token, "invitation_answer"), {"answer": "join"}).status_code == 422
    assert not Participant.objects.filter(user__in=[world.coach, world.stranger]).exists()
    answer = sign_in(world.coach).post(
        page(token, "invitation_answer"), {"answer": "join", "consents": ["team_sees_onboarding"]}
    )
    assert answer.status_code == 302
    assert Participant.objects.get(user=world.coach).generation == world.generation
    assert consents.granted(world.coach, world.program) == {
        Purpose.PARTICIPATION,
        Purpose.TEAM_SEES_ONBOARDING,
        Purpose.DIRECTORY,  # as a coach, from before
    }


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
    answers += [Client().post(page(token, "invitation_answer"), NEW | {"answer": each}) for each in ANSWERS]
    assert [answer.status_code for answer in answers] == [410, 410, 410, 410]
    assert {answer.content.decode().count("Link invalid or expired") for answer in answers} == {2}
    assert Declined.objects.count() == 0
    assert not User.objects.filter(email="invited@example.com").exists()


def test_guessing_links_is_slowed_down(world: Any) -> None:
    client = Client()
    answers = [client.get(page(f"guess{number}")).status_code for number in range(62)]
    assert answers == [410] * 60 + [429] * 2
    assert Client(REMOTE_ADDR="10.0.0.9").get(page("guess")).status_code == 410  # somebody else is not affected


# --- many answers at once -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["new", "known"])
def test_twenty_joins_and_declines_at_once_have_one_effect(world: Any, who: str, sign_in: Any) -> None:
    person = make_user("invited") if who == "known" else None
    url = page(world.invitation_token, "invitation_answer")
    turns = iter(range(MANY))

    def answer() -> int:
        client = sign_in(person) if person else Client()
        return client.post(url, NEW if next(turns) % 2 else {"answer": "decline"}).status_code

    assert set(at_once(answer)) <= {302, 410}
    user = User.objects.get(email="invited@example.com")
    assert Participant.objects.filter(user=user).count() == 1
    assert Membership.objects.filter(user=user).count() == 1
    assert ConsentEvent.objects.filter(user=user, purpose=Purpose.PARTICIPATION).count() == 1
    assert Invitation.objects.get(pk=world.invitation.pk).state == "accepted"
    assert Declined.objects.count() == 0, "who joined has not declined"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["revoked", "accepted", "closed", "expired", "deleted"])
def test_what_ended_meanwhile_is_noticed_after_the_lock(world: Any, end: str) -> None:
    """The page was open when the invitation ended: joining and declining look again before they do anything."""
    stale = access.find_invitation(world.invitation_token)
    assert stale
    row = Invitation.objects.filter(pk=stale.pk)
    if end in ("revoked", "accepted"):
        row.update(state=end)
    elif end == "closed":
        Generation.objects.update(closed_at=timezone.now())
    elif end == "expired":
        row.update(valid_until=timezone.now())
    else:
        row.delete()
    for work in (
        lambda: invitation_services.join(stale, world.coach, []),
        lambda: invitation_services.join_as_new_person(stale, "Ivo", "lange worte", []),
        lambda: invitation_services.decline(stale),
        lambda: invitation_services.think_again(stale),
    ):
        with pytest.raises(invitation_services.InvitationIsOver):
            work()
    assert not User.objects.filter(email="invited@example.com").exists()
    assert not Participant.objects.filter(user=world.coach).exists()
    assert Declined.objects.count() == 0


def test_who_got_an_account_meanwhile_signs_in_first(world: Any, monkeypatch: Any) -> None:
    """Between looking at the form and storing it somebody made an account for the same address."""
    look = invitation_pages.standing
    monkeypatch.setattr(invitation_pages, "standing", lambda user, invitation: "new")
    make_user("invited")
    answer = Client().post(page(world.invitation_token, "invitation_answer"), NEW)
    monkeypatch.setattr(invitation_pages, "standing", look)
    assert answer.url == page(world.invitation_token)
    assert "You already have an account" in Client().get(answer.url).content.decode()


def test_an_invitation_that_was_accepted_is_not_sent_again(world: Any) -> None:
    Invitation.objects.filter(pk=world.invitation.pk).update(state="accepted")
    with pytest.raises(ValidationError):
        invitation_services.resend_invitation(world.invitation, by=world.manager)


def test_a_token_opens_only_its_own_invitation(world: Any) -> None:
    found = access.find_invitation(token_of(world.other_invitation.pk))
    assert found is not None
    assert found.program == world.other_program
    assert apps.get_model("programs", "Invitation").objects.filter(token_hash=world.invitation_token).count() == 0
