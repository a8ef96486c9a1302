from core.notify import tokens
from tests.house.access_table import Row

ROWS = {
    # without a provider that the operator named there is nothing, whoever asks
    "notify:events": Row(
        lambda world: {"secret": tokens.events_path().split("/")[-2]}, method="post", others=404, visitor=404
    ),
}
SAFE_TWICE = {"notify:events": "what is told again changes nothing (core.notify.providers)"}
