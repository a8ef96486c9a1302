from tests.house.access_table import Row

ROWS = {
    "calendar:my_calendar": Row(others=200),
    "calendar:address_renew": Row(method="post", others=200),
    "calendar:address_revoke": Row(method="post", others=302),
    "calendar:feed": Row(lambda world: {"token": "made-up"}, visitor=404),
}
SAFE_TWICE = {
    "calendar:address_renew": "there is one address per person; the former one ends",
}
