from programs.reviews.models import Finding, Review, ReviewAction
from tests.house.access_table import TITLE, Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE, only

ONE = in_program(pk=lambda world: world.review.pk)
TOPIC = in_program(pk=lambda world: world.review.pk, item=lambda world: world.item.pk)
FINDING = in_program(pk=lambda world: world.finding.pk)
ACTION = in_program(pk=lambda world: world.review_action.pk)
# Whoever was not there may not know of a record.
READERS = {"manager": 200, "coach": 200, "team": 200}
LEADS = {"manager": 302, "coach": 403, "team": 403}
WRITES = {"manager": 302, "coach": 302, "team": 302}

ROWS = {
    "programs:reviews": Row(in_program(), expect=dict.fromkeys(INSIDE, 200)),
    "programs:review_new": Row(in_program(), expect=only(200, "manager")),
    "programs:review_of_date": Row(
        in_program(pk=lambda world: world.review.milestone_id), method="post", expect=only(302, "manager")
    ),
    "programs:review_detail": Row(ONE, expect=READERS),
    "programs:review_wall": Row(ONE, expect=READERS),
    "programs:review_minutes": Row(
        in_program(pk=lambda world: world.review.pk, kind=lambda world: "pdf"), expect=READERS
    ),
    "programs:review_close": Row(ONE, method="post", expect=LEADS),
    "programs:review_reopen": Row(ONE, method="post", expect=LEADS),
    "programs:review_delete": Row(ONE, method="post", expect=LEADS),
    "programs:review_restore": Row(ONE, method="post", expect=LEADS),
    "programs:review_end": Row(ONE, expect=READERS),
    "programs:review_point": Row(
        in_program(pk=lambda world: world.review.pk, key=lambda world: "goals"),
        method="post",
        data=lambda world: {"light": "watch", "text": "Slow", "version": 0},
        expect=WRITES,
    ),
    "programs:review_topic_off": Row(TOPIC, method="post", expect=WRITES),
    "programs:review_topic_on": Row(TOPIC, method="post", expect=WRITES),
    "programs:finding_add": Row(ONE, method="post", data=lambda world: {"text": "Found"}, expect=WRITES),
    "programs:finding_delete": Row(FINDING, method="post", expect=only(302, "manager", "coach", "team")),
    "programs:finding_keep": Row(FINDING, method="post", expect=only(302, "manager", "coach", "team")),
    "programs:finding_restore": Row(FINDING, method="post", expect=only(302, "manager", "coach", "team")),
    "programs:review_action_add": Row(ONE, method="post", data=lambda world: {"text": "Do"}, expect=WRITES),
    "programs:review_action_edit": Row(ACTION, expect=only(200, "manager", "coach", "team")),
    "programs:review_action_tick": Row(
        ACTION, method="post", data=lambda world: {"done": "1"}, expect=only(302, "manager", "coach", "team")
    ),
    "programs:review_action_delete": Row(ACTION, method="post", expect=only(302, "manager", "coach", "team")),
    "programs:review_action_restore": Row(ACTION, method="post", expect=only(302, "manager", "coach", "team")),
}

ONCE = {
    "programs:review_new": Form(Review, lambda world: TITLE | {"kind": "program", "on": "2026-12-07"}),
    "programs:finding_add": Form(Finding, lambda world: {"text": "Once"}, page="programs:review_detail"),
    "programs:review_action_add": Form(ReviewAction, lambda world: {"text": "Once"}, page="programs:review_detail"),
}
SAFE_TWICE = {
    "programs:review_of_date": "the date has its review, and it is shown",
    "programs:review_point": "the same answer again changes nothing",
    "programs:review_end": "it has ended already",
}
