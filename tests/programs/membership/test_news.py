"""An invitation to the team stands in the inbox of who has an account, until it is answered; so does a second yes."""

from typing import Any

import pytest
from django.urls import reverse

from core.news import queries as inbox
from core.news.models import Notification
from core.notify.models import OutgoingMail
from programs.membership import team_services
from programs.membership.models import Role, TeamInvitation
from tests.world import make_user


@pytest.fixture
def calm(world: Any) -> Any:
    Notification.objects.all().delete()
    OutgoingMail.objects.all().delete()
    return world


def invite(world: Any, email: str, role: str = Role.COACH) -> TeamInvitation:
    team_services.invite(
        world.program,
        email=email,
        name="Asta",
        language="en",
        role=role,
        by=world.manager,
        is_contact=False,
        contact_for="",
    )
    return TeamInvitation.objects.get(email=email, role=role)


def told(person: Any) -> list[str]:
    return [each.sentence for each in inbox.inbox_of(person, only_new=True)]


def test_who_is_invited_finds_it_in_the_inbox_and_gets_the_letter(calm: Any, sign_in: Any) -> None:
    person = make_user("asta")
    invitation = invite(calm, person.email)
    assert told(person) == ["Manager invites you to the team of Nordlichter"]
    page = sign_in(person).get(reverse("news:inbox")).content.decode()
    assert "Needs you" in page
    assert OutgoingMail.objects.filter(address=person.email).count() == 1  # the letter, and no second mail
    team_services.accept(invitation, user=person)
    assert told(person) == []


def test_an_address_without_an_account_changes_nothing(calm: Any) -> None:
    invite(calm, "nobody@example.com")
    assert not Notification.objects.exists()


def test_what_was_withdrawn_is_gone_and_comes_back(calm: Any) -> None:
    person = make_user("asta")
    invitation = invite(calm, person.email)
    team_services.withdraw(invitation, by=calm.manager)
    assert told(person) == []
    team_services.restore(invitation, by=calm.manager)
    assert len(told(person)) == 1


def test_a_second_yes_is_asked_of_who_may_give_it(calm: Any) -> None:
    person = make_user("asta")
    invitation = invite(calm, person.email, Role.COUNCIL)
    assert told(calm.council) == ["Manager asks you to approve a works council role: asta@example.com"]
    assert told(calm.manager) == told(person) == []
    team_services.agree(invitation, by=calm.council)
    assert told(calm.council) == []
    assert told(person) == ["Manager invites you to the team of Nordlichter"]
