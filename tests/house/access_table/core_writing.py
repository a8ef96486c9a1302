from typing import Any

from tests.house.access_table import Row


def words(world: Any) -> dict[str, str]:
    return {"key": "comment:item:1", "text": "What I was about to say"}


ROWS = {
    "writing:draft": Row(method="post", data=words, others=200),  # one's own, whoever one is
    "writing:preview": Row(method="post", data=words, others=200),
}
