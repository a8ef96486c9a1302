from tests.house.access_table import Row
from tests.house.access_table.programs_membership import only

ROWS = {
    "people:profile": Row(others=200),
    "people:find": Row(lambda world: {"kind": "item", "target": world.item.pk}, expect=only(200, "manager", "coach")),
    "people:welcome": Row(lambda world: {"token": "made-up"}, others=410, visitor=410),
}
