from typing import Any

from analytics.imports.models import ImportRun
from analytics.metrics.models import Post, PostId, PostListing
from tests.house.access_table import Form, Row, in_program

# Members who neither take part nor import for the company are refused; nobody sees another person's run.
REFUSED = dict.fromkeys(("coach", "team", "executive", "council"), 403)
BOTH = REFUSED | {"manager": 200, "influencer": 200, "influencer2": 200}
MINE = REFUSED | {"influencer": 200}
DONE = REFUSED | {"influencer": 302}


def own(world: Any) -> Any:
    return world.run.pk


def named_post(world: Any) -> Any:
    """A post that the own file names."""
    post, _made = Post.objects.get_or_create(program=world.program, account=world.account)
    number, _made = PostId.objects.get_or_create(
        program=world.program, account=world.account, post=post, scheme="share", value="7100000000000000001"
    )
    PostListing.objects.get_or_create(account=world.account, number=number, run_id=world.run.pk)
    return number.value


ROWS = {
    "analytics:imports": Row(in_program(), expect=BOTH),
    "analytics:import_new": Row(in_program(), expect=BOTH),
    "analytics:import_template": Row(in_program(), expect=BOTH),
    "analytics:import_several": Row(in_program(numbers=lambda world: str(own(world))), expect=MINE),
    "analytics:import_several_apply": Row(in_program(numbers=lambda world: str(own(world))), "post", expect=DONE),
    "analytics:import_several_undo": Row(in_program(numbers=lambda world: str(own(world))), "post", expect=DONE),
    "analytics:import_refused": Row(in_program(pk=own), expect=MINE),
    "analytics:import_detail": Row(in_program(pk=own), expect=MINE),
    "analytics:import_progress": Row(in_program(pk=own), expect=DONE),
    "analytics:import_apply": Row(in_program(pk=own), "post", expect=DONE),
    "analytics:import_answer": Row(in_program(pk=own), "post", expect=DONE),
    "analytics:import_columns": Row(in_program(pk=own), expect=DONE),
    "analytics:import_post_name": Row(
        in_program(pk=own), "post", lambda world: {"post": named_post(world), "title": "Ovens"}, expect=DONE
    ),
    "analytics:import_undo": Row(in_program(pk=own), "post", expect=DONE),
    "analytics:import_discard": Row(in_program(pk=own), "post", expect=DONE),
}

ONCE = {
    "analytics:import_new": Form(
        ImportRun, lambda world: {"whose": "own"}, by="influencer", files={"file": b"date,impressions\n2026-11-02,5\n"}
    ),
}
