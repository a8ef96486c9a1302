"""A template out of a YAML file: every line is looked at, and all that is wrong is told at once."""

import re
from difflib import get_close_matches

import yaml
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.kit import languages
from core.kit.characters import validate_one_line, validate_text
from programs.checklists.forms_fields import LONGEST_CHOICE, MOST_CHOICES
from programs.checklists.models_fields import ItemField
from programs.checklists.own_fields import MOST_OWN_FIELDS
from programs.library import safe_yaml, shape
from programs.library.safe_yaml import BadFile, Fault
from programs.library.shape import Content

MOST_FAULTS = 20
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
KEY = re.compile(r"[A-Za-z0-9_-]+")
YES, NO = frozenset({"true", "yes", "on", "ja"}), frozenset({"false", "no", "off", "nein"})
HEAD = ("format", "key", "version", "name", "about", "attribution", "licence", "source", "fields", "phases")
PHASE = ("key", "name", "short", "aim", "offset_weeks", "weeks", "marks", "items")
ITEM = ("key", "title", "hint", "must", "due_week", "ask_every", "values")
FIELD = ("key", "name", "kind", "choices", "column")
MARK = ("key", "kind", "name", "offset_weeks")
PASSED_OVER = ("number", "macro")  # of the product's own file
Fields = dict[str, yaml.Node]


def read(text: str) -> Content:
    """Raises BadFile with all that is wrong; nothing of a file with a fault is taken."""
    root = safe_yaml.nodes(text)
    reader = _Reader()
    content = reader.template(root)
    if reader.faults:
        raise BadFile(*sorted(reader.faults, key=lambda fault: fault.line)[:MOST_FAULTS])
    return shape.completed(content)


class _Reader:
    """Reads on after a fault, so that one look at the file is enough."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.fields: dict[str, Content] = {}  # the template's own ones of items, by key

    # --- what a template is made of -----------------------------------------------------------------------------------

    def template(self, root: yaml.MappingNode) -> Content:
        at = self._fields(root, HEAD)
        form = self._number(at.get("format"), 1, 1_000_000, shape.FORMAT)
        if form > shape.FORMAT:
            told = _(
                "This file was written by a newer release (format %(form)s; this one reads %(ours)s). Please "
                "update this site, or export the template again from a site with the same release."
            )
            raise BadFile(Fault(_line(at["format"]), told % {"form": form, "ours": shape.FORMAT}))
        name = self._words(at.get("name"), shape.LONGEST_TITLE, owner=root, called="name")
        return {
            "key": self._key(at.get("key"), name, set(), 60),
            "version": self._number(at.get("version"), 1, 1_000_000, 1),
            "name": name,
            "about": self._words(at.get("about")),
            "attribution": self._words(at.get("attribution")),
            "licence": self._line_of_text(at.get("licence")),
            "source": self._address(at.get("source")),
            "fields": self._own_fields(at.get("fields")),
            "phases": self._phases(at.get("phases"), root),
        }

    def _own_fields(self, node: yaml.Node | None) -> list[Content]:
        """Read before the phases, whose items fill them in."""
        keys: set[str] = set()
        rows = [self._own_field(row, keys) for row in self._list(node, MOST_OWN_FIELDS)]
        self.fields = {row["key"]: row for row in rows}
        return rows

    def _own_field(self, node: yaml.Node, keys: set[str]) -> Content:
        at = self._fields(node, FIELD)
        name = self._words(at.get("name"), LONGEST_CHOICE, owner=node, called="name")
        kind = self._one_of(at.get("kind"), list(shape.FIELD_KINDS), "text")
        choices = [self._text(each, LONGEST_CHOICE) for each in self._list(at.get("choices"), MOST_CHOICES)]
        if (kind == ItemField.Kind.CHOICE) != bool(choices):
            told = _("A field of the kind “choice” has a list of “choices”; no other field has one.")
            self._wrong(at.get("choices") or node, told)
        return {
            "key": self._key(at.get("key"), name, keys),
            "name": name,
            "kind": kind,
            "choices": list(dict.fromkeys(choices)),
            "column": self._yes_or_no(at.get("column"), usual=False),
        }

    def _values(self, node: yaml.Node | None) -> dict[str, str]:
        """What an item says in the template's own fields of the kind “choice”: the rest is for a program to enter."""
        if node is None or _is_empty(node):
            return {}
        choosing = [key for key, row in self.fields.items() if row["kind"] == ItemField.Kind.CHOICE]
        at = self._fields(node, ("name", *choosing)) if choosing else {}
        if not choosing or ("name" in at and "name" not in choosing):
            self._wrong(node, _("Only fields of the kind “choice” that the file lists under “fields:” are filled in."))
        return {key: self._one_of(each, self.fields[key]["choices"], "") for key, each in at.items() if key in choosing}

    def _phases(self, node: yaml.Node | None, root: yaml.Node) -> list[Content]:
        rows = self._list(node, shape.MOST_PHASES)
        if not rows and not self.faults:
            self._wrong(node or root, _("There is no phase. Below “phases:” each one starts with “- name:”."))
        keys: set[str] = set()
        return [self._phase(row, keys) for row in rows]

    def _phase(self, node: yaml.Node, keys: set[str]) -> Content:
        at = self._fields(node, PHASE)
        name = self._words(at.get("name"), shape.LONGEST_TITLE, owner=node, called="name")
        items, marks = set[str](), set[str]()
        return {
            "key": self._key(at.get("key"), name, keys),
            "name": name,
            "short": self._words(at.get("short"), shape.LONGEST_TITLE),
            "aim": self._words(at.get("aim")),
            "offset_weeks": self._number(at.get("offset_weeks"), 0, shape.MOST_WEEKS, 0),
            "weeks": self._number(at.get("weeks"), 1, shape.MOST_WEEKS, 1),
            "marks": [self._mark(row, marks) for row in self._list(at.get("marks"), shape.MOST_MARKS)],
            "items": [self._item(row, items) for row in self._list(at.get("items"), shape.MOST_ITEMS)],
        }

    def _item(self, node: yaml.Node, keys: set[str]) -> Content:
        at = self._fields(node, ITEM)
        title = self._words(at.get("title"), shape.LONGEST_TITLE, owner=node, called="title")
        week = at.get("due_week")
        return {
            "key": self._key(at.get("key"), title, keys),
            "title": title,
            "hint": self._words(at.get("hint")),
            "must": self._yes_or_no(at.get("must"), usual=True),
            "due_week": None if _is_empty(week) else self._number(week, 1, shape.MOST_WEEKS, 1),
            "ask_every": int(self._one_of(at.get("ask_every"), [str(each) for each in shape.INTERVALS], "0")),
            "values": self._values(at.get("values")),
        }

    def _mark(self, node: yaml.Node, keys: set[str]) -> Content:
        at = self._fields(node, MARK)
        name = self._words(at.get("name"), shape.LONGEST_TITLE, owner=node, called="name")
        return {
            "key": self._key(at.get("key"), name, keys),
            "kind": self._one_of(at.get("kind"), list(shape.KINDS), "milestone"),
            "name": name,
            "offset_weeks": self._number(at.get("offset_weeks"), 0, shape.MOST_WEEKS, 0),
        }

    # --- kinds of values ----------------------------------------------------------------------------------------------

    def _fields(self, node: yaml.Node, known: tuple[str, ...]) -> Fields:
        if not isinstance(node, yaml.MappingNode):
            told = _("This is a single text or a list. Lines such as “%(name)s: …” are expected here.")
            self._wrong(node, told % {"name": next(name for name in known if name in ("name", "title"))})
            return {}
        found: Fields = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in found:
                told = _("“%(name)s” appears a second time (first in line %(line)s). Please delete one of the two.")
                self._wrong(key, told % {"name": _short(name), "line": _line(found[name])})
            elif name in known:
                found[name] = value
            elif name not in PASSED_OVER:
                self._wrong(key, _unknown(name, known))
        return found

    def _list(self, node: yaml.Node | None, most: int) -> list[yaml.Node]:
        if _is_empty(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, _("A list is expected here: lines that start with “- ”."))
            return []
        if len(node.value) > most:
            told = _("There are %(count)s entries; at most %(most)s fit. Please split them into several templates.")
            self._wrong(node, told % {"count": len(node.value), "most": most})
            return []
        return list(node.value)

    def _words(
        self,
        node: yaml.Node | None,
        most: int = shape.LONGEST_TEXT,
        *,
        owner: yaml.Node | None = None,
        called: str = "",
    ) -> dict[str, str]:
        """A text in languages; a bare text is in the reader's. With an `owner` there has to be one."""
        texts: dict[str, str] = {}
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                code = key.value if isinstance(key, yaml.ScalarNode) else "?"
                if not LANGUAGE.fullmatch(code):
                    told = _("“%(name)s” is not a language code. Use “de: …” and “en: …”.")
                    self._wrong(key, told % {"name": _short(code)})
                elif code in texts:
                    told = _("“%(name)s” appears a second time. Please delete one of the two.")
                    self._wrong(key, told % {"name": code})
                else:
                    texts[code] = self._text(value, most)
        elif not _is_empty(node):
            texts[languages.current()] = self._text(node, most)
        if owner is not None and not any(text.strip() for text in texts.values()):
            told = _("“%(name)s” is missing or empty. Please write it in at least one language.")
            self._wrong(node or owner, told % {"name": called})
        return texts

    def _text(self, node: yaml.Node | None, most: int) -> str:
        if node is None or _is_empty(node):
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._wrong(node, _("A text is expected here. Please put it in quotes if it has brackets or braces."))
            return ""
        text: str = node.value.strip()
        try:
            (validate_text if most == shape.LONGEST_TEXT else validate_one_line)(text)
        except ValidationError as error:
            self._wrong(node, " ".join(error.messages))
        if len(text) > most:
            told = _("The text has %(size)s characters; at most %(most)s fit. Please shorten it.")
            self._wrong(node, told % {"size": len(text), "most": most})
        return text

    def _line_of_text(self, node: yaml.Node | None) -> str:
        return self._text(node, shape.LONGEST_LINE)

    def _address(self, node: yaml.Node | None) -> str:
        text = self._text(node, shape.LONGEST_LINE)
        if text and not re.fullmatch(r"https://[^\s\"'<>\\]+", text):
            self._wrong(
                node, _("The address must start with https:// and contain no spaces. Please correct or delete it.")
            )
        return text

    def _number(self, node: yaml.Node | None, least: int, most: int, usual: int) -> int:
        if _is_empty(node):
            return usual
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if re.fullmatch(r"[0-9]{1,7}", text) and least <= int(text) <= most:
            return int(text)
        told = _("“%(text)s” is not a whole number between %(least)s and %(most)s. Please write one in digits.")
        self._wrong(node, told % {"text": _short(text), "least": least, "most": most})
        return usual

    def _yes_or_no(self, node: yaml.Node | None, *, usual: bool) -> bool:
        if _is_empty(node):
            return usual
        text = node.value.lower() if isinstance(node, yaml.ScalarNode) else ""
        if text not in YES | NO:
            self._wrong(node, _("Please write “true” or “false” here, without anything else."))
        return text in YES

    def _one_of(self, node: yaml.Node | None, known: list[str], usual: str) -> str:
        if _is_empty(node):
            return usual
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if text in known:
            return text
        told = _("“%(text)s” is not known here. Please write one of these: %(known)s.")
        self._wrong(node, told % {"text": _short(text), "known": ", ".join(known)})
        return usual

    def _key(self, node: yaml.Node | None, name: dict[str, str], taken: set[str], most: int = shape.LONGEST_KEY) -> str:
        """A short name that stays when the words change; made from the words where none is written."""
        if _is_empty(node):
            return shape.free_key(slugify(languages.in_language(name, "en")) or "part", taken, most)
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not KEY.fullmatch(text) or len(text) > most:
            told = _("A key has letters from a to z, digits, hyphens and underscores, at most %(most)s of them.")
            self._wrong(node, told % {"most": most})
        elif text in taken:
            told = _("The key “%(key)s” is taken by another entry. Please choose another one, or delete this line.")
            self._wrong(node, told % {"key": text})
        taken.add(text)
        return text

    def _wrong(self, node: yaml.Node | None, text: str) -> None:
        self.faults.append(Fault(_line(node), text))
        if len(self.faults) >= MOST_FAULTS:
            raise BadFile(*sorted(self.faults, key=lambda fault: fault.line))


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node is not None else 0


def _is_empty(node: yaml.Node | None) -> bool:
    """Nothing was written, or the word for nothing, bare."""
    if node is None:
        return True
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _unknown(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        told = _("“%(name)s” is not known here. Did you mean “%(near)s”?")
        return told % {"name": _short(name), "near": near[0]}
    told = _("“%(name)s” is not known here. Possible are: %(known)s.")
    return told % {"name": _short(name), "known": ", ".join(known)}
