from tests.house.access_table import Row

ROWS = {
    "people:profile": Row(others=200),
}
