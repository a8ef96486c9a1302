"""What a form sends as JSON. Nonsense in it is a fault of what was sent, never a failure of the site: lists in lists
without end, numbers without end, half of a character."""

import json
from typing import Any

from django import forms


class SentJson(json.JSONDecoder):
    def decode(self, s: str, *more: Any) -> Any:
        try:
            found = super().decode(s, *more)
            json.dumps(found, ensure_ascii=False, allow_nan=False).encode()  # it can be shown again
        except (ValueError, RecursionError) as error:  # the first also when a number is too long
            raise json.JSONDecodeError("not to be read", "", 0) from error
        return found


class JsonField(forms.JSONField):
    def __init__(self, **more: Any) -> None:
        super().__init__(decoder=SentJson, **more)
