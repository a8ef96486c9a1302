from typing import Any

from programs.guide.models import NeededDocument
from programs.membership.models import Program
from tests.house.access_table import TITLE, Form, Row, in_program
from tests.house.access_table.programs_charter import CHANGES, EVERYBODY, LEADS, TEAM

MAY_CREATE = {"manager": 200, "stranger": 200, "admin": 200}


def why(world: Any) -> dict[str, Any]:
    return {"name": "why"}


def own_sketch(world: Any) -> dict[str, Any]:
    return {"pk": world.sketch.pk}


def document(world: Any) -> int:
    return world.document.pk


def first(_world: Any) -> int:
    return 30


OF_CHECK = in_program(day=first)
OF_DOCUMENT = in_program(pk=document)
# Somebody else who leads a program may write sketches, and does not find this one.
OWN = {"manager": 302, "stranger": 404, "admin": 404}

ROWS = {
    "programs:program_new": Row(others=403, expect=MAY_CREATE),
    "programs:program_question": Row(why, others=403, expect=MAY_CREATE),
    "programs:sketch_discard": Row(own_sketch, method="post", others=403, expect=OWN),
    "programs:sketch_restore": Row(own_sketch, method="post", others=403, expect=OWN),
    "programs:concept": Row(in_program(), expect=EVERYBODY),
    "programs:concept_edit": Row(in_program(), expect=LEADS),
    "programs:experience_take": Row(in_program(), expect=LEADS),
    "programs:document_new": Row(in_program(), expect=LEADS),
    "programs:document_edit": Row(OF_DOCUMENT, expect=LEADS),
    "programs:document_turn": Row(OF_DOCUMENT, method="post", expect=CHANGES),
    "programs:document_delete": Row(OF_DOCUMENT, method="post", expect=CHANGES),
    "programs:document_restore": Row(OF_DOCUMENT, method="post", expect=CHANGES),
    "programs:first_days": Row(in_program(), expect=TEAM),
    "programs:first_days_plan": Row(in_program(), method="post", expect=CHANGES),
    "programs:early_check": Row(OF_CHECK, expect=TEAM),
    "programs:early_check_move": Row(OF_CHECK, expect=LEADS),
    "programs:early_check_leave": Row(OF_CHECK, method="post", expect=CHANGES),
    "programs:early_check_resume": Row(OF_CHECK, method="post", expect=CHANGES),
}

ONCE = {
    "programs:program_new": Form(Program, lambda world: {}),
    "programs:document_new": Form(NeededDocument, lambda world: TITLE),
}
SAFE_TWICE = {"programs:experience_take": "what is there already is not added again"}
