"""The forum. In the world it is open, and one question has an answer."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from community.forum import arranging, box, hosting, polls, posts, rituals, services, shuffling
from community.forum.models import Board, Post, Topic
from community.forum.models_box import BoxQuestion
from community.forum.models_rituals import Ritual
from community.forum.ritual_templates import ritual_templates
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


def make_ritual(program: Any, by: Any, key: str = "friday-success") -> Ritual:
    return rituals.begin(program, ritual_templates("en")[key], by=by)


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
    world.poll = polls.ask(
        world.topic.posts.get(number=1), question="How do you ask?", choices=["By word", "In writing"],
        takes_several=False, closes_at=None,
    )  # fmt: skip
    box.drop(world.program, key=uuid4(), title="Must I show my face?", text="")
    shuffling.shuffle(world.today + timedelta(days=1))
    world.box_question = BoxQuestion.objects.get(program=world.program)
    other = make_topic(world, world.influencer, title="Who knows a photographer?")
    stray = make_post(other, world.influencer2, "The canteen is closed on Friday.")
    world.rearrangement = arranging.split(
        other, posts=[stray], title="The canteen on Friday", board=other.board, by=world.manager
    )
    world.ritual = make_ritual(world.program, world.coach)
    world.topic.refresh_from_db()
