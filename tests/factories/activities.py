from datetime import date, timedelta
from typing import Any

from analytics.activities import topic_services
from analytics.activities.models import Activity
from core.people.models import User
from programs.membership.models import Program

ORDER = 55


def make_activity(user: User, program: Program, **fields: Any) -> Activity:
    fields = {"on": date.today(), "minutes": 10} | fields
    return Activity.objects.create(user=user, program=program, **fields)


def furnish(world: Any) -> None:
    world.activity = make_activity(world.influencer, world.program, note="A look into the test bench")
    world.deleted_activity = make_activity(
        world.influencer, world.program, note="By mistake", deleted_at=f"{date.today() - timedelta(days=0)}T00:00:00Z"
    )
    world.other_activity = make_activity(world.influencer2, world.program)
    world.log_topic = topic_services.add_topic(world.program, word="Materials", by=world.manager)
    removed = topic_services.add_topic(world.program, word="A mistake", by=world.manager)
    world.removed_log_topic = topic_services.remove_topic(removed, by=world.manager)
