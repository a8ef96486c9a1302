"""A mail server's log as evidence: what the sink wrote down before it answered."""

import os
from pathlib import Path


def from_log(message_ids: list[str]) -> dict[str, bool]:
    taken = {line.split()[0] for line in Path(os.environ["SINK_LOG"]).read_text().splitlines() if line.strip()}
    return {message_id: message_id in taken for message_id in message_ids}
