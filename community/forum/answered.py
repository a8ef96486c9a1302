"""A question that was answered before it was asked: another topic says it. Asking ends there; undo goes on with it."""

from typing import TYPE_CHECKING

from django.db import transaction

from community.forum import services
from community.forum.models import Reading, Topic
from core.writing import putting_away

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def end_asking(topic: Topic, *, by: "User", text: str | None, beside: dict[str, str]) -> bool | None:
    """The topic is followed, the draft put away. Answers how it was followed before, for undo."""
    was = Reading.objects.filter(topic=topic, person=by).values_list("follows", flat=True).first()
    services.follow(topic, by=by, follows=True)
    putting_away.put_away(by, services.topic_draft(topic.program), text, beside=beside)
    return was


@transaction.atomic
def go_on_asking(topic: Topic, *, by: "User", follows: bool | None) -> None:
    services.follow(topic, by=by, follows=follows)
    putting_away.bring_back(by, services.topic_draft(topic.program))
