"""A sentence ends with one full stop, also after a word that brings one of its own: “davor 225 Tsd.”"""

import re

from django.utils.safestring import SafeString, mark_safe

TWICE = re.compile(r"(?<!\.)\.(</\w+>)?\.(?!\.)")


def one_stop(text: str) -> str:
    """The same text; what is safe to be shown stays so, since nothing but a full stop goes."""
    if "." not in text:
        return text
    made = TWICE.sub(r".\1", text)
    return mark_safe(made) if isinstance(text, SafeString) else made
