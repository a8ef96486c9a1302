"""What is listened to. In the world: a company, a rival that was removed, a feed, a removed one, mentions."""

from datetime import timedelta
from typing import Any

from analytics.listening import services
from analytics.listening.models import ListeningSearch, Mention
from analytics.listening.services import Published
from programs.membership.models import Program

ORDER = 82
FEED = "https://journal.example/feed.xml"


def make_mention(program: Program, title: str, *, number: int, on: Any, **fields: Any) -> Mention:
    url = f"https://journal.example/{number}"
    services.keep(program, [Published(url, title, on, "Trade journal", **fields)])
    return Mention.objects.get(program=program, url=url)


def furnish(world: Any) -> None:
    program, by = world.program, world.manager
    world.listened_name = services.add_name(program, name="Nordwerk", is_own=True, by=by)
    rival = services.add_name(program, name="Southworks", by=by)
    world.removed_listened_name = services.remove_name(rival, by=by)
    world.listening_search = services.add_search(program, name="Trade journal", url=FEED, words="", by=by)
    removed = services.add_search(program, name="A mistake", url="https://wrong.example/feed.xml", words="", by=by)
    world.removed_listening_search = services.remove_search(removed, by=by)
    ListeningSearch.objects.filter(program=program).update(due_at=None)
    yesterday = world.today - timedelta(days=1)
    world.mention = make_mention(program, "Nordwerk opens its workshop", number=1, on=yesterday)
    by_mistake = make_mention(program, "Something else", number=2, on=yesterday)
    world.removed_mention = services.remove_mention(by_mistake, by=by)
