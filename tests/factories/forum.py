"""The forum. In the world it is open, and one question has an answer."""

from typing import Any
from uuid import uuid4

from community.forum import arranging, hosting, posts, services
from community.forum.models import Board, Post, Topic
from programs.membership.models import Program

ORDER = 60


def make_topic(world: Any, by: Any, board: str = "questions", **fields: Any) -> Topic:
    values = {"title": "May I post photos from the workshop?", "text": "Two colleagues are in them."} | fields
    program: Program = values.pop("program", world.program)
    return services.open_topic(
        Board.objects.select_related("program").get(program=program, key=board), key=uuid4(), by=by, **values
    )


def make_post(topic: Topic, by: Any, text: str = "Ask them first, in writing.") -> Post:
    return services.add_post(topic, key=uuid4(), text=text, by=by)


def furnish(world: Any) -> None:
    services.open_forum(world.program, by=world.manager)
    services.open_forum(world.other_program, by=world.stranger)
    world.topic = make_topic(world, world.influencer)
    world.post = make_post(world.topic, world.influencer2)
    world.own_post = make_post(world.topic, world.influencer, "Thank you, I will.")
    world.gone_post = make_post(world.topic, world.influencer2, "Said too quickly.")
    posts.delete_post(world.gone_post, by=world.influencer2)
    world.reported_post = make_post(world.topic, world.influencer2, "Buy my bicycle.")
    hosting.report(world.reported_post, reason="This is no answer.", by=world.influencer)
    other = make_topic(world, world.influencer, title="Who knows a photographer?")
    stray = make_post(other, world.influencer2, "The canteen is closed on Friday.")
    world.rearrangement = arranging.split(
        other, posts=[stray], title="The canteen on Friday", board=other.board, by=world.manager
    )
    world.topic.refresh_from_db()
