from tests.house.access_table import Row

ROWS = {
    "people:profile": Row(others=200),
    "people:welcome": Row(lambda world: {"token": "made-up"}, others=410, visitor=410),
}
