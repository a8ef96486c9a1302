from tests.house.access_table import Row

# Outside a demo the inbox does not exist; tests/influencer/embedded/test_inbox.py asks it in a demo.
ROWS = {
    "embedded:inbox": Row(visitor=404),
    "embedded:inbox_mail": Row(lambda world: {"name": f"{1:020d}-000000"}, visitor=404),
    "embedded:inbox_html": Row(lambda world: {"name": f"{1:020d}-000000"}, visitor=404),
}
