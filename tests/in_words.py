"""Texts in languages, short to write in tests: `title_en="Meet-up"`."""

from typing import Any

from django.conf import settings
from django.db.models import Model


def folded(fields: dict[str, Any]) -> dict[str, Any]:
    """`title_en="Meet-up"` as the field takes it: `title={"en": "Meet-up"}`."""
    kept: dict[str, Any] = {}
    for key, value in fields.items():
        name, _line, language = key.rpartition("_")
        if name and language in dict(settings.LANGUAGES):
            kept.setdefault(name, {})[language] = value
        else:
            kept[key] = value
    return kept


def rewrite(row: Model, **texts: str) -> None:
    """Other words in some languages; what stands in the others stays."""
    for name, changed in folded(texts).items():
        setattr(row, name, getattr(row, name).texts | changed)
    row.save()
