import uuid
from typing import Any

from community.forum import lifecycle, rota
from tests.house.access_table import Row, in_program
from tests.house.access_table.programs_directory import listed

NEITHER = {"team": 403, "executive": 403, "council": 403}
HOSTS = {"manager", "coach"}
MEMBERS = HOSTS | {"influencer", "influencer2"}


def members(status: int) -> dict[str, int]:
    return dict.fromkeys(MEMBERS, status) | NEITHER


def hosts(status: int, *more: str) -> dict[str, int]:
    return dict.fromkeys(MEMBERS, 403) | dict.fromkeys(HOSTS | set(more), status) | NEITHER


# The second one who takes part wrote it; the pioneer takes part as well, and did not.
WRITER_READS = members(403) | {"influencer2": 200, "pioneer": 403}
WRITER_CHANGES = members(403) | {"influencer2": 302, "pioneer": 403}
GONE_AFTER_THE_WRITER = {"manager": 403, "influencer": 403, "influencer2": 302, "pioneer": 404}


def topic(world: Any) -> int:
    return world.topic.pk


def post(world: Any) -> int:
    return world.post.pk


def answer(world: Any) -> dict[str, Any]:
    return {"text": "So did we.", "key": uuid.uuid4()}


def seen(world: Any) -> dict[str, Any]:
    return {"to": 2}


def marked(world: Any) -> int:
    world.topic.answer = world.post
    world.topic.save()
    return world.post.pk


def gone(world: Any) -> int:
    return world.gone_post.pk


def reported(world: Any) -> int:
    return world.reported_post.pk


def poll(world: Any) -> int:
    return world.poll.pk


def boxed(world: Any) -> Any:
    return world.box_question.pk


def moved(world: Any) -> int:
    return world.rearrangement.pk


def thanks(world: Any) -> dict[str, Any]:
    return {"kind": "thanks", "on": "1"}


def stays(world: Any) -> dict[str, Any]:
    return {"decision": "stays"}


def pin(world: Any) -> dict[str, Any]:
    return {"do": "pin"}


def ritual(world: Any) -> int:
    return world.ritual.pk


def ritual_key(world: Any) -> str:
    return "monday-question"


def yes(world: Any) -> dict[str, Any]:
    return {"version": world.ritual.version, "weeks": 12}


def one_day(world: Any) -> dict[str, Any]:
    return {"on": "2040-01-06", "skips": "1"}


def pause(world: Any) -> dict[str, Any]:
    return {"do": "pause"}


def week(world: Any) -> dict[str, Any]:
    return {"week": rota.this_week(world.program).isoformat(), "person": world.coach.pk}


def generation(world: Any) -> int:
    return int(world.generation2.pk)


def board(world: Any) -> int:
    return int(world.topic.board_id)


def loud(world: Any) -> dict[str, Any]:
    return {"follows": "yes"}


def up(world: Any) -> dict[str, Any]:
    return {"do": "down"}


def life_cycle(world: Any) -> dict[str, Any]:
    return {"stage": "working", "version": lifecycle.of(world.program).version, "purpose": "holds"}


def two_weeks(world: Any) -> dict[str, Any]:
    return {"one": rota.this_week(world.program), "other": rota.this_week(world.program) + rota.WEEK}


ROWS = {
    "community:forum": Row(in_program(), expect=members(200)),
    "community:forum_open": Row(in_program(), method="post", expect=hosts(302)),
    "community:forum_read": Row(in_program(), method="post", expect=members(302)),
    "community:topic_new": Row(in_program(), expect=members(200)),
    "community:topic_similar": Row(in_program(), expect=members(200)),
    "community:topic_detail": Row(in_program(pk=topic), expect=members(200)),
    "community:topic_news": Row(in_program(pk=topic), expect=members(200)),
    "community:topic_seen": Row(in_program(pk=topic), method="post", data=seen, expect=members(204)),
    "community:post_add": Row(in_program(pk=topic), method="post", data=answer, expect=members(302)),
    "community:topic_follow": Row(in_program(pk=topic), method="post", expect=members(302)),
    "community:person_posts": Row(in_program(pk=listed), expect=members(200)),
    "community:post_read": Row(in_program(pk=post), expect=members(302)),
    "community:post_mark": Row(in_program(pk=post), method="post", expect=hosts(302, "influencer")),
    "community:post_unmark": Row(in_program(pk=marked), method="post", expect=hosts(302, "influencer")),
    "community:post_edit": Row(in_program(pk=post), expect=WRITER_READS),
    "community:post_edit_undo": Row(in_program(pk=post), method="post", expect=WRITER_CHANGES),
    "community:post_versions": Row(in_program(pk=post), expect=members(200)),
    "community:post_delete": Row(  # then it is gone
        in_program(pk=post), method="post", expect=GONE_AFTER_THE_WRITER
    ),
    "community:post_take_back": Row(in_program(pk=post), method="post", expect=WRITER_CHANGES),
    "community:topic_answers": Row(in_program(pk=topic), method="post", expect=members(302)),
    "community:topic_answers_not": Row(in_program(pk=topic), method="post", expect=members(302)),
    "community:post_remove": Row(in_program(pk=post), expect=hosts(200)),
    "community:poll_vote": Row(in_program(pk=poll), method="post", expect=members(302)),
    "community:poll_close": Row(in_program(pk=poll), method="post", expect=hosts(302, "influencer")),
    "community:question_box": Row(in_program(), expect=members(200)),
    "community:box_decide": Row(in_program(pk=boxed), method="post", expect=hosts(302)),
    "community:topic_split": Row(in_program(pk=topic), expect=hosts(200)),
    "community:topic_merge": Row(in_program(pk=topic), expect=hosts(200)),
    "community:topic_remove": Row(in_program(pk=topic), expect=hosts(200)),
    "community:rearrangement_undo": Row(in_program(pk=moved), method="post", expect=hosts(302)),
    "community:post_restore": Row(  # back again for who comes later
        in_program(pk=gone), method="post", expect=GONE_AFTER_THE_WRITER
    ),
    "community:post_react": Row(in_program(pk=post), method="post", data=thanks, expect=members(302)),
    "community:post_report": Row(in_program(pk=post), expect=members(200)),
    "community:report_decide": Row(in_program(pk=reported), method="post", data=stays, expect=hosts(302)),
    "community:topic_tidy": Row(in_program(pk=topic), method="post", data=pin, expect=hosts(302)),
    "community:forum_host": Row(in_program(), expect=hosts(200)),
    "community:rituals": Row(in_program(), expect=hosts(200)),
    "community:ritual_begin": Row(in_program(key=ritual_key), method="post", expect=hosts(302)),
    "community:ritual": Row(in_program(pk=ritual), expect=hosts(200)),
    "community:ritual_edit": Row(in_program(pk=ritual), expect=hosts(200)),
    "community:ritual_approve": Row(in_program(pk=ritual), method="post", data=yes, expect=hosts(302)),
    "community:ritual_step": Row(in_program(pk=ritual), method="post", data=pause, expect=hosts(302)),
    "community:ritual_skip": Row(in_program(pk=ritual), method="post", data=one_day, expect=hosts(302)),
    "community:rota": Row(in_program(), expect=hosts(200)),
    "community:rota_plan": Row(in_program(), method="post", data=week, expect=hosts(302)),
    "community:rota_swap": Row(in_program(), method="post", data=two_weeks, expect=hosts(302)),
    "community:boards": Row(in_program(), expect=hosts(200)),
    "community:board_make": Row(in_program(pk=generation), method="post", expect=hosts(302)),
    "community:board_follow": Row(in_program(pk=board), method="post", data=loud, expect=members(302)),
    "community:board_step": Row(in_program(pk=board), method="post", data=up, expect=hosts(302)),
    "community:forum_health": Row(in_program(), expect=hosts(200)),
    "community:lifecycle_answer": Row(in_program(), method="post", data=life_cycle, expect=hosts(302)),
    "community:forum_settings": Row(in_program(), expect=members(200)),
}
SAFE_TWICE = {
    "community:board_make": "a generation has one board, and it is shown",
    "community:forum_open": "it is open already",
    "community:forum_read": "it is read already",
    "community:post_add": "the post carries the key itself; tests/community/forum/test_at_once.py",
    "community:topic_new": "the post carries the key itself; tests/community/forum/test_at_once.py",
}
