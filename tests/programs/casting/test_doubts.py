"""The call answers doubts, and speaks of the works council only where there is one."""

from typing import Any

from django.urls import reverse

from programs.membership.models import Membership, Role


def test_the_works_council_is_named_only_where_there_is_one(world: Any, sign_in: Any) -> None:
    client, address = sign_in(world.coach), reverse("programs:call", args=[world.call.pk])
    assert "The works council can read what is stored" in str(client.get(address).content.decode())
    Membership.objects.filter(program=world.program, role=Role.COUNCIL).delete()
    page = str(client.get(address).content.decode())
    assert "no targets for a person." in page
    assert "The works council can read" not in page
