from tests.house.access_table import Row

# Outside a demo neither inbox nor kit exists; tests/influencer/embedded/ asks for both in a demo.
ROWS = {
    "embedded:inbox": Row(visitor=404),
    "embedded:kit": Row(visitor=404),
    "embedded:kit_acting": Row(lambda world: {"theme": "dark"}),
    "embedded:inbox_mail": Row(lambda world: {"name": f"{1:020d}-000000"}, visitor=404),
    "embedded:inbox_html": Row(lambda world: {"name": f"{1:020d}-000000"}, visitor=404),
}
