from typing import Any

from programs.checklists import asking, batch_services, parts
from programs.checklists.models import Evidence, Item
from programs.checklists.models_fields import ItemField
from programs.checklists.models_parts import RemovedPhase
from programs.phases.models import Phase
from tests.house.access_table import TITLE, Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE, only

PHASE = in_program(pk=lambda world: world.phase.pk)
ITEM = in_program(pk=lambda world: world.item.pk)  # the coach owns it
FREE_ITEM = in_program(pk=lambda world: world.free_item.pk)  # nobody does
EVIDENCE = in_program(pk=lambda world: world.evidence.pk)
FIELD = in_program(pk=lambda world: world.item_field.pk)
EVERYBODY = dict.fromkeys(INSIDE, 200)
MANAGER_READS = only(200, "manager")
MANAGER_DOES = only(302, "manager")
OWNER_DOES = only(302, "manager", "coach")


def note(world: object) -> dict[str, str]:
    return {"note": "Talked about on Monday"}


def title(world: Any) -> dict[str, str]:
    return {"title": "Print the posters", "phase": str(world.phase.pk)}


def score(world: Any) -> int:
    return asking.say_how_well(world.item, by=world.manager, score=4)[0].pk


def batch(world: Any) -> int:
    return batch_services.change_items(world.program, [world.free_item], by=world.manager, due_on=None).pk


def removed(world: Any) -> int:
    known = RemovedPhase.objects.filter(program=world.program).first()
    return (known or parts.remove_phase(world.next_phase, into=world.phase, by=world.manager)).pk


ROWS = {
    "programs:timeline": Row(in_program(), expect=EVERYBODY),
    "programs:phase_detail": Row(PHASE, expect=EVERYBODY),
    "programs:phase_edit": Row(PHASE, expect=MANAGER_READS),
    "programs:phase_new": Row(in_program(), expect=MANAGER_READS),
    "programs:phase_split": Row(PHASE, expect=MANAGER_READS),
    "programs:phase_join": Row(PHASE, method="post", expect=MANAGER_DOES),
    "programs:phase_remove": Row(PHASE, expect=MANAGER_READS),
    "programs:phase_restore": Row(in_program(pk=removed), method="post", expect=MANAGER_DOES),
    "programs:phase_move": Row(PHASE, method="post", expect=MANAGER_DOES),
    "programs:phase_move_back": Row(PHASE, method="post", expect=MANAGER_DOES),
    "programs:phase_finish": Row(PHASE, expect=MANAGER_READS),
    "programs:checklists": Row(in_program(), expect=only(200, "manager", "coach", "team")),
    "programs:checklist_board": Row(in_program(), expect=only(200, "manager", "coach", "team")),
    "programs:item_score": Row(ITEM, method="post", data=lambda _world: {"score": "4"}, expect=OWNER_DOES),
    "programs:score_delete": Row(in_program(pk=score), method="post", expect=OWNER_DOES),
    "programs:score_restore": Row(in_program(pk=score), method="post", expect=OWNER_DOES),
    "programs:item_fields": Row(in_program(), expect=MANAGER_READS),
    "programs:item_field_new": Row(in_program(), expect=MANAGER_READS),
    "programs:item_field_edit": Row(FIELD, expect=MANAGER_READS),
    "programs:item_field_delete": Row(FIELD, method="post", expect=MANAGER_DOES),
    "programs:item_field_restore": Row(FIELD, method="post", expect=MANAGER_DOES),
    "programs:item_values": Row(ITEM, expect=only(200, "manager", "coach")),
    "programs:item_own_cell": Row(
        in_program(pk=lambda world: world.item.pk, key=lambda world: world.item_field.key),
        expect=only(200, "manager", "coach"),
    ),
    "programs:items_change": Row(in_program(), method="post", expect=MANAGER_DOES),
    "programs:item_add": Row(in_program(), method="post", data=title, expect=MANAGER_DOES),
    "programs:item_cell": Row(
        in_program(pk=lambda world: world.item.pk, name=lambda _world: "due"), expect=MANAGER_READS
    ),
    "programs:batch_undo": Row(in_program(pk=batch), method="post", expect=MANAGER_DOES),
    "programs:item_new": Row(PHASE, expect=MANAGER_READS),
    "programs:item_detail": Row(ITEM, expect=EVERYBODY),
    "programs:item_edit": Row(ITEM, expect=MANAGER_READS),
    "programs:item_tick": Row(ITEM, method="post", expect=OWNER_DOES),
    "programs:item_untick": Row(FREE_ITEM, method="post", expect=MANAGER_DOES),
    "programs:item_na": Row(ITEM, expect=MANAGER_READS),
    "programs:item_delete": Row(FREE_ITEM, method="post", expect=MANAGER_DOES),
    "programs:item_restore": Row(FREE_ITEM, method="post", expect=MANAGER_DOES),
    "programs:evidence_add": Row(ITEM, method="post", data=note, expect=OWNER_DOES),
    "programs:evidence_file": Row(EVIDENCE, expect=only(200, "manager", "coach")),
    "programs:evidence_delete": Row(EVIDENCE, method="post", expect=MANAGER_DOES | {"coach": 404, "team": 404}),
    "programs:evidence_restore": Row(EVIDENCE, method="post", expect=OWNER_DOES),
}

ONCE = {
    "programs:item_new": Form(Item, lambda world: TITLE),
    "programs:item_field_new": Form(ItemField, lambda world: TITLE | {"kind": "text"}),
    "programs:item_add": Form(
        Item, lambda world: {"title": "Once", "phase": world.phase.pk}, page="programs:checklists"
    ),
    "programs:evidence_add": Form(Evidence, lambda world: {"note": "Once"}, page="programs:item_detail"),
    "programs:phase_new": Form(Phase, lambda world: TITLE | {"start_on": "2027-01-04", "end_on": "2027-02-01"}),
}
SAFE_TWICE = {
    "programs:item_own_cell": "the same is saved once more",
    "programs:item_values": "the same is saved once more",
    "programs:phase_split": "the day lies behind the first part by then",
}
EDITING = {"programs:item_field_edit": (), "programs:item_values": (), "programs:item_own_cell": ()}
