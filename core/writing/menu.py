"""What `/` at the beginning of a line offers: parts in groups, each with a sign and a sentence."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.rooms import Label

TABLE = "| {0} 1 | {0} 2 |\n| --- | --- |\n| | |"
WRITING = gettext_lazy("Writing")


@dataclass(frozen=True)
class Insert:
    """One line of the menu. `press`: what it presses on the toolbar, where it puts in no text of its own."""

    label: Label
    text: str
    says: Label = ""
    icon: str = "puzzle"
    group: Label = WRITING
    press: str = ""


def table() -> str:
    return TABLE.format(_("Column"))


def usual(*, takes_pictures: bool) -> list[Insert]:
    """What every longer text can have."""
    picture = [Insert(_("Picture"), "", _("you are asked what it shows"), "photo", press="picture")]
    return [
        Insert(_("Heading"), "## ", _("opens a section"), "h-2"),
        Insert(_("List"), "- ", _("points in any order"), "list"),
        Insert(_("Numbered list"), "1. ", _("steps, one after the other"), "list-numbers"),
        Insert(_("Quote"), "> ", _("what somebody said"), "blockquote"),
        *(picture if takes_pictures else ()),
        Insert(_("Table"), table(), _("rows and columns"), "table"),
        Insert(_("Code"), "```\n\n```", _("exactly as it was typed"), "code"),
        Insert(_("Divider"), "---\n", _("a line across the text"), "minus"),
    ]


def as_json(inserts: Iterable[Insert]) -> str:
    """In the order of their groups as these first come."""
    found: dict[str, list[dict[str, str]]] = {}
    for each in inserts:
        line = {"label": str(each.label), "text": each.text, "says": str(each.says), "icon": each.icon}
        found.setdefault(str(each.group), []).append(line | ({"press": each.press} if each.press else {}))
    return json.dumps([line | {"group": group} for group, lines in found.items() for line in lines])
