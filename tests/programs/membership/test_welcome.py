"""An administrator of the site gives somebody without an account a role: the mail brings the way in."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.notify.models import OutgoingMail
from core.people import services as people
from core.people.models import User
from core.people.welcome import token_of
from programs.membership import letters, services
from programs.membership.models import Membership

NEW = {"email": "Erik.Exec@example.com", "name": "Erik Exec", "language": "en", "role": "executive"}
PASSWORD = "wiese bei nacht und wind"


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def link(mail: OutgoingMail) -> str:
    found = re.search(r"https?://[^/\s]+(/welcome/\S+)", mail.text)
    assert found
    return found[1]


@pytest.fixture
def mail(world: Any, sign_in: Any) -> OutgoingMail:
    person = {name: NEW[name] for name in ("email", "name", "language")}
    user = people.create_account(**person, by=world.admin)
    membership = services.take_role(world.program, user=user, role=NEW["role"], by=world.admin)
    letters.tell(membership, by=world.admin)
    assert "no password yet" in sign_in(world.manager).get(url(world, "program_settings")).content.decode()
    return OutgoingMail.objects.get(address="erik.exec@example.com")


def test_the_mail_leads_to_a_password_and_the_program(world: Any, mail: OutgoingMail) -> None:
    assert "Your role: executive" in mail.text
    assert world.program.company_name in mail.text
    visitor = Client()
    assert "You sign in with erik.exec@example.com" in visitor.get(link(mail)).content.decode()
    wrong = visitor.post(link(mail), {"name": "Erik Exec", "password": "short"})
    assert wrong.status_code == 422
    form = {"name": "Erik B. Exec", "password": PASSWORD}
    page = visitor.post(link(mail), form, follow=True, headers={"accept-language": "de"})
    assert page.redirect_chain[-1][0] == "/"
    assert page.context["program"] == world.program
    user = User.objects.get(email="erik.exec@example.com")
    assert (user.name, user.check_password(PASSWORD), user.language) == ("Erik B. Exec", True, "de")
    assert Membership.objects.active().get(user=user).role == "executive"


def test_the_link_works_once_and_for_thirty_days(world: Any, mail: OutgoingMail) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert Client().get(link(mail)).status_code == 410
    Client().post(link(mail), {"name": "Erik Exec", "password": PASSWORD})
    again = Client().post(link(mail), {"name": "Thief", "password": "something else entirely"})
    assert again.status_code == 410
    assert User.objects.get(email="erik.exec@example.com").check_password(PASSWORD)


def test_the_link_of_somebody_with_a_password_is_worth_nothing(world: Any) -> None:
    world.manager.set_password(PASSWORD)
    world.manager.save()
    assert Client().post(f"/welcome/{token_of(world.manager)}/", {"name": "T", "password": "x" * 20}).status_code == 410


def test_the_link_can_be_sent_again_until_it_was_used(world: Any, sign_in: Any, mail: OutgoingMail) -> None:
    member = Membership.objects.get(user__email="erik.exec@example.com")
    manager = sign_in(world.manager)
    page = manager.post(url(world, "member_welcome", member.pk), follow=True).content.decode()
    assert "less than ten minutes ago" in page
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    manager.post(url(world, "member_welcome", member.pk))
    assert OutgoingMail.objects.filter(reason=mail.reason).count() == 2
    Client().post(link(mail), {"name": "Erik Exec", "password": PASSWORD})
    page = manager.post(url(world, "member_welcome", member.pk), follow=True).content.decode()
    assert "does not need a link" in page
    assert OutgoingMail.objects.filter(reason=mail.reason).count() == 2


def test_the_first_of_two_who_use_the_link_at_once_wins(world: Any, mail: OutgoingMail) -> None:
    user = User.objects.get(email="erik.exec@example.com")
    people.begin(user, name="Erik", password=PASSWORD, language="en")
    with pytest.raises(people.HasBegun):
        people.begin(user, name="Thief", password="something else entirely", language="en")


def test_the_link_ends_with_the_role_and_a_new_one_comes_with_its_return(
    world: Any, sign_in: Any, mail: OutgoingMail
) -> None:
    member = Membership.objects.get(user__email="erik.exec@example.com")
    manager = sign_in(world.manager)
    manager.post(url(world, "member_end", member.pk))
    answer = Client().post(link(mail), {"name": "Erik Exec", "password": PASSWORD})
    assert answer.status_code == 410
    assert not User.objects.get(pk=member.user_id).has_usable_password()
    manager.post(url(world, "member_restore", member.pk))
    again = OutgoingMail.objects.filter(address=mail.address).latest("pk")
    assert link(again) != link(mail)
    assert Client().get(link(mail)).status_code == 410
    assert Client().get(link(again)).status_code == 200


def test_the_link_stays_while_another_role_is_left(world: Any, mail: OutgoingMail) -> None:
    user = User.objects.get(email="erik.exec@example.com")
    second = services.take_role(world.program, user=user, role="coach", by=world.manager)
    services.end_membership(second, by=world.manager)
    assert Client().get(link(mail)).status_code == 200
