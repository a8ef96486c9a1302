from typing import Any

from programs.guidelines.models import GuidelineCase
from tests.house.access_table import Form, Row, in_program

INSIDE = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)
WRITES = {"manager": 200} | dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)
CHANGES = WRITES | {"manager": 302}
AGREES = dict.fromkeys(("influencer", "influencer2"), 302) | dict.fromkeys(
    ("manager", "coach", "team", "executive", "council"), 403
)


def version(world: Any) -> int:
    return world.guideline_version.number


def case(world: Any) -> int:
    return world.guideline_case.pk


def section(world: Any) -> int:
    return world.guideline_section.pk


def question(world: Any) -> str:
    return "form"


ROWS = {
    "programs:guidelines": Row(in_program(), expect=INSIDE),
    "programs:labelling": Row(in_program(), expect=INSIDE),
    "programs:guideline_quiz": Row(in_program(), expect=INSIDE),
    "programs:social_guide": Row(in_program(), expect=INSIDE),
    "programs:guideline_versions": Row(in_program(), expect=INSIDE),
    "programs:guideline_version": Row(in_program(number=version), expect=INSIDE),
    "programs:guideline_accept": Row(in_program(number=version), method="post", expect=AGREES),
    "programs:guideline_accept_undo": Row(in_program(number=version), method="post", expect=AGREES),
    "programs:guideline_start": Row(in_program(), method="post", expect=CHANGES),
    "programs:guideline_write": Row(in_program(), expect=WRITES),
    "programs:guideline_about": Row(in_program(), expect=WRITES),
    "programs:guideline_check": Row(in_program(), method="post", expect=CHANGES),
    "programs:guideline_section": Row(in_program(question=question), expect=WRITES),
    "programs:guideline_case_new": Row(in_program(pk=section), expect=WRITES),
    "programs:guideline_case_edit": Row(in_program(pk=case), expect=WRITES),
    "programs:guideline_case_delete": Row(in_program(pk=case), method="post", expect=CHANGES),
    "programs:guideline_case_restore": Row(in_program(pk=case), method="post", expect=CHANGES),
}

ONCE = {
    "programs:guideline_case_new": Form(GuidelineCase, lambda world: {"situation_en": "Once", "verdict": "yes"}),
}
SAFE_TWICE = {
    "programs:guideline_start": "there is a draft already, and it is shown",
    "programs:guideline_section": "the same words again change nothing",
    "programs:guideline_write": "there is a draft already, and it is shown",
}
