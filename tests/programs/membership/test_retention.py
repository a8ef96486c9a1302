from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from core.journal.models import Entry
from core.people.models import User
from programs.membership import jobs
from programs.membership.models import Membership, Role
from tests.world import make_user


@pytest.fixture(autouse=True)
def _nothing_left_over(world: Any) -> None:
    jobs.retention()


def _ended(world: Any, user: User, days: int) -> None:
    ended_at = timezone.now() - timedelta(days=days)
    Membership.objects.create(
        program=world.program, user=user, role=Role.COACH, since=ended_at - timedelta(days=99), ended_at=ended_at
    )


def test_who_has_no_role_any_more_is_erased_after_thirty_days(world: Any) -> None:
    user = User.objects.create_user("gone@example.com", "wiese bei nacht und wind", name="Gundula Gone")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    browser = Client()
    browser.post("/accounts/login/", {"login": user.email, "password": "wiese bei nacht und wind"})
    browser.force_login(user)
    _ended(world, user, 29)
    assert jobs.retention() == 0
    Membership.objects.filter(user=user).update(ended_at=timezone.now() - timedelta(days=31))
    assert jobs.retention() == 1
    user.refresh_from_db()
    assert (user.email, user.name, user.is_active) == (f"erased-{user.pk}@erased.invalid", "", False)
    assert not user.has_usable_password()
    for model in (EmailAddress, Authenticator):
        assert not model.objects.filter(user=user).exists()
    assert browser.get("/me/").status_code == 302
    assert Entry.objects.filter(verb="people.account_erased", subject_id=user.pk).count() == 1
    assert jobs.retention() == 0


def test_who_has_another_role_or_leads_the_site_keeps_the_account(world: Any) -> None:
    _ended(world, world.manager, 31)  # was a coach once, leads the program still
    admin = make_user("chief", is_superuser=True)
    _ended(world, admin, 31)
    assert jobs.retention() == 2
    for user, address in ((world.manager, world.manager.email), (admin, "chief@example.com")):
        user.refresh_from_db()
        assert (user.email, user.is_active) == (address, True)
    assert Membership.objects.active().filter(user=world.manager).exists()
