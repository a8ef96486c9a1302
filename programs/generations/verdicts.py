"""What becomes of each line of a roster, and why. Pure: what is known comes in as sets."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit import languages
from core.kit.characters import TURNING
from programs.generations import addresses
from programs.generations.roster_entries import Entry


class Verdict(TextChoices):
    NEW = "new", gettext_lazy("new")
    KNOWN = "known", gettext_lazy("already taking part")
    INVITED = "invited", gettext_lazy("already invited")
    REFUSED = "refused", gettext_lazy("not included")


@dataclass
class Known:
    """What the program knows about addresses. `closed` are those that may not be invited, for whatever reason. Whether
    somebody declined is not among it: an answer of ours must not depend on that."""

    members: frozenset[str] = frozenset()
    invited: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


def judge(entries: Iterable[Entry], known: Known, free: int) -> list[dict[str, Any]]:
    """Every line with its verdict. The first of two equal addresses counts; the second names the first."""
    seen: dict[str, int] = {}
    skeletons = {addresses.skeleton(address): address for address in known.members | known.invited}
    lines = []
    places = free
    for entry in entries:
        line = _judge(entry, known, seen, skeletons)
        if line["verdict"] == Verdict.NEW:
            places -= 1
            if places < 0:
                line.setdefault("code", "over_capacity")
        lines.append(line)
    return lines


def _judge(entry: Entry, known: Known, seen: dict[str, int], skeletons: dict[str, str]) -> dict[str, Any]:
    line: dict[str, Any] = {"line": entry.line, "email": entry.email[:254], "name": entry.name[:120]}
    if entry.language in languages.codes():
        line["language"] = entry.language
    if entry.aside:
        return line | _refused(entry.aside)
    for value in (entry.email, entry.name):
        place = addresses.hidden_place(value) or _turning(value)
        if place:
            shown = {"email": addresses.marked(entry.email[:254]), "name": addresses.marked(entry.name[:120])}
            return line | shown | _refused("bad_characters", place=place)
    if not entry.email:
        return line | _refused("empty")
    try:
        email = addresses.normalised(entry.email)
    except ValueError:
        return line | _refused("malformed")
    line["email"] = email[:254]
    if email in seen:
        return line | _refused("duplicate", of=seen[email])
    twin = skeletons.get(addresses.skeleton(entry.email.strip().casefold()))
    if twin is not None and twin != email and not entry.email.isascii():
        return line | _refused("look_alike", like=twin)
    if not addresses.is_well_formed(email):  # as it was typed: nobody knows their words in the spelling of servers
        return line | {"email": entry.email[:254]} | _refused("malformed")
    seen[email] = entry.line
    skeletons.setdefault(addresses.skeleton(email), email)
    if email in known.members:
        return line | {"verdict": Verdict.KNOWN.value}
    if email in known.invited:
        return line | {"verdict": Verdict.INVITED.value}
    if email in known.closed:
        return line | _refused("closed")
    if entry.also:
        line |= {"code": "two_addresses", "also": entry.also[:254]}
    return line | {"verdict": Verdict.NEW.value}


def _turning(value: str) -> int:
    return next((place for place, letter in enumerate(value, start=1) if letter in TURNING), 0)


def _refused(code: str, **data: Any) -> dict[str, Any]:
    return {"verdict": Verdict.REFUSED.value, "code": code, **data}


def counts(lines: Iterable[dict[str, Any]]) -> dict[str, int]:
    """How many lines got which verdict."""
    found = Counter(line["verdict"] for line in lines)
    return {verdict.value: found[verdict.value] for verdict in Verdict}


def why(line: dict[str, Any]) -> str:
    """The reason of a line in the reader's words: what it is and how to put it right."""
    match line.get("code"):
        case "empty":
            return _("The address is missing.")
        case "malformed":
            return _("This is not a complete email address. It should look like name@company.com.")
        case "duplicate":
            return _("The same address is in line %(line)s.") % {"line": line["of"]}
        case "look_alike":
            told = _("This looks confusingly similar to %(address)s, which is already known. Please type it again.")
            return told % {"address": line["like"]}
        case "bad_characters":
            told = _("There is an invisible control character at position %(place)s. Please type this line again.")
            return told % {"place": line["place"]}
        case "left":
            return _("According to the list, this person has left or the account is blocked.")
        case "guest":
            return _("According to the list, this is a guest from another company.")
        case "two_addresses":
            return _("The list contains a second address, %(address)s. The first one counts.") % {
                "address": line["also"]
            }
        case "closed":
            return _("This address cannot be invited.")
        case "over_capacity":
            return _("There are more people than free places. The invitation will still be sent.")
    return ""
