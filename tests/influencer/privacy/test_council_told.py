"""The works council reads by mail when something that concerns people is opened, closed or required."""

from typing import Any

from django.utils import timezone

from analytics.channels import services as accounts
from analytics.connectors import services as connectors
from analytics.connectors.models import Connection
from community.forum import services as forum
from community.forum.models import Board
from core.notify.models import OutgoingMail


def told(world: Any) -> list[str]:
    mails = OutgoingMail.objects.filter(address=world.council.email).order_by("pk")
    return list(mails.values_list("text", flat=True))


def test_the_forum_is_opened(world: Any) -> None:
    Board.objects.filter(program=world.program).delete()
    OutgoingMail.objects.all().delete()
    forum.open_forum(world.program, by=world.manager)
    (text,) = told(world)
    assert "The forum is open" in text
    forum.open_forum(world.program, by=world.manager)
    assert len(told(world)) == 1  # once


def test_a_connection_of_the_company_ends(world: Any) -> None:
    account = accounts.ensure_company_account(world.program, "mastodon", "nordlichter")
    connection, _is_new = Connection.objects.get_or_create(
        account=account,
        defaults={
            "program": world.program,
            "made_by": world.manager,
            "handle": "nordlichter@example.social",
            "host": "example.social",
            "due_at": timezone.now(),
        },
    )
    OutgoingMail.objects.all().delete()
    connectors.disconnect(connection, by=world.manager, with_figures=False)
    (text,) = told(world)
    assert "nordlichter@example.social no longer come by themselves" in text
