from tests.house.access_table import Row

ROWS = {
    "webapp:manifest": Row(others=200, visitor=200),
    "webapp:worker": Row(others=200, visitor=200),
    "webapp:offline": Row(others=200, visitor=200),
    "webapp:unsent": Row(others=200, visitor=200),
    "webapp:share": Row(others=302),
}
