"""Where uploaded files lie. Names are ours: a person's file name may hold a person's name."""

import uuid
from pathlib import PurePath
from typing import Any


def private_path(instance: Any, filename: str) -> str:
    """`<room's model>/<random>.<extension>`; the extension is kept for the reader, nothing else is."""
    extension = PurePath(filename).suffix.lower()[:8]
    return f"{instance._meta.model_name}/{uuid.uuid4().hex}{extension}"
