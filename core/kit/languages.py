"""The languages of the site: those of `settings.LANGUAGES`. Another one costs a line there and its catalogues."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language


def choices() -> list[tuple[str, Any]]:
    """Codes with names, for fields: a new language needs no migration."""
    return list(settings.LANGUAGES)


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def name_of(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


def current() -> str:
    """The reader's language, one of the site's."""
    code = (get_language() or settings.LANGUAGE_CODE)[:2]
    return code if any(code == each for each, _name in settings.LANGUAGES) else settings.LANGUAGE_CODE


def own_first(languages: Iterable[str]) -> list[str]:
    """The reader's language, then the others in the order of the settings."""
    own = current()
    return sorted(languages, key=lambda code: code != own)


def shown_in(texts: Mapping[str, object], language: str = "") -> str:
    """The language a text is shown in: the reader's (or the one asked for); where that one is missing the site's own,
    and else any that was written."""
    wanted = language or current()
    if texts.get(wanted):
        return wanted
    return next((code for code in (wanted, settings.LANGUAGE_CODE, *codes(), *texts) if texts.get(code)), wanted)


def in_language(texts: Mapping[str, str], language: str = "") -> str:
    return texts.get(shown_in(texts, language), "")


def localised(value: Any) -> str:
    """The reader's language out of a `{de: ..., en: ...}` entry of a data file."""
    return in_language(value) if isinstance(value, Mapping) else str(value)
