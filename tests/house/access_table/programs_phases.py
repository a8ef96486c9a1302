from programs.phases.models import Milestone
from tests.house.access_table import TITLE, Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE, only

PHASE = in_program(pk=lambda world: world.phase.pk)
MILESTONE = in_program(pk=lambda world: world.milestone.pk)
BASELINE = in_program(pk=lambda world: world.baseline.pk)
MANAGER_READS = only(200, "manager")
MANAGER_DOES = only(302, "manager")

ROWS = {
    "programs:dates_file": Row(in_program(), expect=dict.fromkeys(INSIDE, 200)),
    "programs:phase_start": Row(PHASE, method="post", expect=MANAGER_DOES),
    "programs:phase_reopen": Row(PHASE, expect=MANAGER_READS),
    "programs:phase_skip": Row(PHASE, expect=MANAGER_READS),
    "programs:baseline_freeze": Row(in_program(), method="post", expect=MANAGER_DOES),
    "programs:baseline_delete": Row(BASELINE, method="post", expect=MANAGER_DOES),
    "programs:baseline_restore": Row(BASELINE, method="post", expect=MANAGER_DOES),
    "programs:milestone_new": Row(in_program(), expect=MANAGER_READS),
    "programs:milestone_edit": Row(MILESTONE, expect=MANAGER_READS),
    "programs:milestone_delete": Row(
        MILESTONE,
        method="post",
        expect=MANAGER_DOES,
    ),
    "programs:milestone_restore": Row(MILESTONE, method="post", expect=MANAGER_DOES),
}

ONCE = {
    "programs:milestone_new": Form(
        Milestone, lambda world: TITLE | {"kind": Milestone.Kind.values[0], "on": "2026-12-07"}
    ),
}
SAFE_TWICE = {
    "programs:phase_start": "it has started already",
}
