from typing import Any

from community.world_cafe.models import CafeNote, CafeTable
from programs.phases.models import Milestone
from tests.house.access_table import Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE, only

CAFE = in_program(pk=lambda world: world.cafe.pk)
TABLE = in_program(pk=lambda world: world.cafe.pk, number=lambda world: world.cafe_table.pk)
NOTE = in_program(pk=lambda world: world.cafe.pk, number=lambda world: world.cafe_note.pk)
SEEN = dict.fromkeys(INSIDE, 200) | {"council": 403}
HOSTS = only(200, "manager")
DOES = only(302, "manager")

ROWS = {
    "community:cafe": Row(CAFE, expect=SEEN),
    "community:cafe_live": Row(CAFE, expect=SEEN),
    "community:cafe_note_new": Row(TABLE, expect=SEEN),
    "community:cafe_note_remove": Row(
        NOTE, method="post", expect=dict.fromkeys(INSIDE, 403) | {"influencer": 302, "manager": 302}
    ),
    "community:cafe_file": Row(CAFE, expect=HOSTS),
    "community:cafe_to_handbook": Row(CAFE, method="post", expect=only(302, "manager", "coach", "team")),
    "community:cafe_cards": Row(CAFE, expect=HOSTS),
    "community:cafe_setup": Row(CAFE, expect=HOSTS),
    "community:cafe_table_new": Row(CAFE, method="post", data=lambda world: {"question": "Why?"}, expect=DOES),
    "community:cafe_table_edit": Row(TABLE, expect=HOSTS),
    "community:cafe_table_remove": Row(TABLE, method="post", expect=DOES),
}


def _tables_take_notes(world: Any) -> dict[str, Any]:
    Milestone.objects.filter(pk=world.cafe.milestone_id).update(on=world.today)
    return {"text": "Once"}


ONCE = {
    "community:cafe_table_new": Form(CafeTable, lambda world: {"question": "Once?"}, page="community:cafe_setup"),
    "community:cafe_note_new": Form(CafeNote, _tables_take_notes, by="influencer"),
}
SAFE_TWICE = {
    "community:cafe_to_handbook": "the second press leads to the page of the first",
}
