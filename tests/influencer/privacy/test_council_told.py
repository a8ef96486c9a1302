"""The works council reads by mail when something that concerns people is opened, closed or required."""

from typing import Any

from django.utils import timezone, translation

from analytics.channels import services as accounts
from analytics.connectors import services as connectors
from analytics.connectors.models import Connection
from community.forum import services as forum
from community.forum.models import Board
from core.journal import services as journal
from core.kit import rooms
from core.kit.templatetags.ui import NOTHING
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
    assert "nordlichter@example.social are no longer fetched" in text


# Acts of the house that the works council reads about at once; besides, settings of the program and roles in its team.
CONCERNS = {
    "casting.link_changed",
    "chats.added",
    "chats.off",
    "chats.on",
    "chats.stopped",
    "connectors.connected",
    "connectors.ended",
    "connectors.started",
    "connectors.stopped",
    "forum.opened",
    "listening.imported",
    "listening.search_added",
    "listening.search_removed",
    "listening.search_restored",
    "newsletters.clicks_off",
    "newsletters.clicks_on",
    "pulses.planned",
    "readiness.opened",
    "reports.link_made",
    "reports.shared_again",
}


def test_whatever_concerns_people_is_told(world: Any) -> None:
    """No service has to remember it: the line in the log is what sends the mail, in the language of its reader."""
    sentences = {verb: sentence for room in rooms.every() for verb, sentence in room.concerns.items()}
    assert {str(verb) for verb in sentences} == CONCERNS
    type(world.council).objects.filter(pk=world.council.pk).update(language="de")
    OutgoingMail.objects.all().delete()
    for verb in sentences:
        journal.record(verb, world.program, by=world.manager)
    with translation.override("de"):
        wanted = [str(sentence) % {"thing": world.program, "until": NOTHING} for sentence in sentences.values()]
    assert [words in text for words, text in zip(wanted, told(world), strict=True)] == [True] * len(wanted)
