"""News: somebody was told of the answer in a topic they follow, and the mail about it waits."""

from typing import Any

from core.news import services
from core.news.models import Notification

ORDER = 61  # after the forum


def make_news(person: Any, kind: str = "forum.followed", *, about: Any, item: Any, program_id: int | None) -> Any:
    services.tell(kind, [person], about=about, item=item, program_id=program_id)
    return Notification.objects.get(person=person, kind=kind, item=str(item))


def furnish(world: Any) -> None:
    world.notification = make_news(
        world.influencer, about=world.topic.pk, item=world.post.pk, program_id=world.program.pk
    )
