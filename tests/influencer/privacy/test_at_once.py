"""Several go at the same moment: each is answered, and neither the site nor a program is left without anybody."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from core.people.models import User
from influencer.privacy import account_services
from programs.membership.models import Membership, Role
from tests.at_once import MANY, at_once
from tests.factories.membership import make_member


@pytest.mark.django_db(transaction=True)
def test_all_who_lead_and_look_after_the_site_go_at_once(world: Any) -> None:
    people = [make_member(world.program, f"lead{number}", Role.MANAGER).user for number in range(MANY)]
    Membership.objects.filter(pk=world.manager_membership.pk).delete()
    User.objects.exclude(pk__in=[person.pk for person in people]).update(is_superuser=False)
    User.objects.filter(pk__in=[person.pk for person in people]).update(is_superuser=True)
    left = list(people)

    def go() -> bool:
        try:
            account_services.ask(left.pop())
        except ValidationError:
            return False
        return True

    assert sorted(at_once(go)) == [False] + [True] * (MANY - 1)
    assert Membership.objects.active().filter(program=world.program, role=Role.MANAGER).count() == 1
