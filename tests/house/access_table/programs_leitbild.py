from typing import Any

from programs.leitbild import pages
from programs.leitbild.models import LeitbildWorkshop
from tests.house.access_table import Form, Row, in_program

MEMBERS = ("manager", "influencer", "influencer2", "coach")
NOBODY = dict.fromkeys((*MEMBERS, "team", "executive", "council"), 403)
INSIDE = dict.fromkeys(NOBODY, 200)
IN_WORKSHOP = NOBODY | dict.fromkeys(MEMBERS, 204)
VOTES = NOBODY | dict.fromkeys(MEMBERS, 302)
LATE = NOBODY | dict.fromkeys(MEMBERS, 422)  # collecting has ended
HOSTS = NOBODY | {"manager": 200, "coach": 200}
CHANGES = NOBODY | {"manager": 302, "coach": 302}


def workshop(world: Any) -> int:
    return world.leitbild.pk


def sentence(world: Any) -> str:
    return world.leitbild.sentences[0]["key"]


def heading(world: Any) -> str:
    return world.leitbild.groups[0]["key"]


def number(world: Any) -> int:
    return world.leitbild_version.number


def seen(world: Any) -> dict[str, Any]:
    return {"seen": pages.seen_of(world.leitbild)}


OF = in_program(pk=workshop)
OF_VERSION = in_program(number=number)
OF_SENTENCE = in_program(pk=workshop, key=sentence)

ROWS = {
    "programs:leitbild": Row(in_program(), expect=INSIDE),
    "programs:leitbild_versions": Row(in_program(), expect=INSIDE),
    "programs:leitbild_version": Row(OF_VERSION, expect=INSIDE),
    "programs:leitbild_file": Row(OF_VERSION, expect=INSIDE),
    "programs:leitbild_open": Row(in_program(), expect=HOSTS),
    "programs:leitbild_live": Row(OF, data=seen, expect=IN_WORKSHOP),
    "programs:leitbild_add": Row(OF, method="post", data=lambda world: {"text": "We listen."}, expect=LATE),
    "programs:leitbild_vote": Row(OF, method="post", expect=VOTES),
    "programs:leitbild_sort": Row(OF, expect=HOSTS),
    "programs:leitbild_heading": Row(OF, method="post", data=lambda world: {"title": "Courage"}, expect=CHANGES),
    "programs:leitbild_retitle": Row(
        in_program(pk=workshop, key=heading), method="post", data=lambda world: {"title": "Courage"}, expect=CHANGES
    ),
    "programs:leitbild_unhead": Row(in_program(pk=workshop, key=heading), method="post", expect=CHANGES),
    "programs:leitbild_change": Row(OF, expect=HOSTS),
    "programs:leitbild_put": Row(OF_SENTENCE, method="post", data=lambda world: {"group": ""}, expect=CHANGES),
    "programs:leitbild_hide": Row(OF_SENTENCE, method="post", expect=CHANGES),
    "programs:leitbild_close": Row(in_program(pk=workshop, to=lambda world: "counting"), method="post", expect=CHANGES),
    "programs:leitbild_discard": Row(OF, method="post", expect=CHANGES),
    "programs:leitbild_write": Row(OF, expect=HOSTS),
    "programs:leitbild_publish": Row(OF, method="post", expect=CHANGES),
}


def _no_workshop_is_open(world: Any) -> dict[str, Any]:
    """Only one at a time."""
    LeitbildWorkshop.objects.all().delete()
    return {"question_en": "Once?"}


EDITING: dict[str, tuple[dict[str, Any], ...]] = {"programs:leitbild_change": ()}
NEEDS_NO_UNDO = {
    "programs:leitbild_unhead": "has one; in this world people vote already, tests/programs/leitbild tries it"
}
ONCE = {
    "programs:leitbild_open": Form(LeitbildWorkshop, _no_workshop_is_open),
}
SAFE_TWICE = {
    "programs:leitbild_add": "the same words are one sentence; a key of the form would be kept beside a person",
}
