"""Words of people in an issue that goes out: they lie beside the frozen texts, so that each can be withdrawn."""

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from community.newsletters.models import Issue, IssueState
from core.kit import languages
from programs.membership.models import Program

SLOT = re.compile(r"\{\{voice:([\w-]+)\}\}")
PARTS = ("body", "html", "text")


def apart(text: str, mark: str) -> tuple[str, dict[str, str]]:
    """A text with a slot for each person's words, and these by their key. `mark`: what they are found by, unknown to
    who wrote the text."""
    found: dict[str, str] = {}

    def put(match: re.Match[str]) -> str:
        found[match[1]] = match[2]
        return f"{{{{voice:{match[1]}}}}}"

    return re.sub(rf"<!--{mark}:([\w-]+)-->(.*?)<!--/{mark}-->", put, text, flags=re.DOTALL), found


def whole(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen issue in one language with the words that nobody took back; without a trace of the others."""
    voices = frozen.get("voices", {})
    return {**frozen, **{part: _filled(frozen[part], voices, part) for part in PARTS if part in frozen}}


def _filled(text: str, voices: Mapping[str, Mapping[str, str]], part: str) -> str:
    return SLOT.sub(lambda match: voices.get(match[1], {}).get(part, ""), text)


def hold(program: Program) -> None:
    """Before words are taken back: no issue of the program starts to go out with them in the same moment."""
    list(Issue.objects.select_for_update().filter(program=program, state=IssueState.SCHEDULED).values_list("pk"))


def forget(program: Program, keys: Iterable[str]) -> None:
    """Out of every issue, for good. Mails that were sent stay with who got them."""
    gone = list(keys)
    has_one = reduce(or_, (Q(**{f"frozen__{each}__voices__has_any_keys": gone}) for each in languages.codes()))
    for issue in Issue.objects.select_for_update().filter(has_one, program=program).only("frozen"):
        for frozen in issue.frozen.values():
            frozen["voices"] = {key: words for key, words in frozen.get("voices", {}).items() if key not in gone}
        issue.save(update_fields=["frozen"])


def kept_in(frozen: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether an issue holds words that somebody can take back while it goes out."""
    return any(each.get("voices") for each in frozen.values())
