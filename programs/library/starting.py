"""What a template of one's own begins with."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_noop, override

from core.kit import languages
from programs.library import shape
from programs.library.shape import Content


def head(name: Mapping[str, str], about: Mapping[str, str]) -> Content:
    return {
        "key": slugify(languages.in_language(name, "en"))[:60] or "template",
        "version": 1,
        "name": dict(name),
        "about": dict(about),
    }


def empty_phase() -> Content:
    """With a name in every language, so that it can be seen and renamed."""
    return {
        "key": "phase-1",
        "name": _everywhere(gettext_noop("First phase")),
        "aim": {},
        "offset_weeks": 0,
        "weeks": 4,
    }


def name_of_copy(name: Mapping[str, str]) -> dict[str, str]:
    """“Crisis (copy)”, in each language it has."""
    marks = _everywhere(gettext_noop("copy"))
    return {
        code: f"{text[: shape.LONGEST_TITLE - 20]} ({marks.get(code, marks[settings.LANGUAGE_CODE])})"
        for code, text in name.items()
    }


def _everywhere(text: str) -> dict[str, str]:
    found = {}
    for code in languages.codes():
        with override(code):
            found[code] = gettext(text)
    return found
