from tests.house.access_table import Row

ROWS = {
    "health:live": Row(others=200, visitor=200),
    "health:ready": Row(others=503, visitor=503),  # no worker has sent a heartbeat in the tests
}
