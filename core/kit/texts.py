"""Texts kept in both languages: each reader gets the own language, or the one that was written."""

from typing import Any

from django.db import models
from django.utils.translation import get_language


def pick(de: str, en: str) -> str:
    """The text in the reader's language, or the other one where it is missing."""
    german_first = (get_language() or "en").startswith("de")
    return (de or en) if german_first else (en or de)


def localised(value: Any) -> str:
    """The reader's language out of a `{de: ..., en: ...}` entry of a data file."""
    return pick(value.get("de", ""), value.get("en", "")) if isinstance(value, dict) else str(value)


class Titled(models.Model):
    """A row with a title in German and English."""

    title_de = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return pick(self.title_de, self.title_en)
