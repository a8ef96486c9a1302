"""The rules of Tabler that can match: their classes stand somewhere in templates, scripts or Python."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

ROOT = Path(__file__).resolve().parent.parent
SOURCE = next((ROOT / "tools" / "sources").glob("tabler-core-*.min.css"))
PACKAGES = ("core", "programs", "community", "analytics", "influencer")
# Made of parts (`btn-{{ action.kind }}`) or by a tag, so that they do not stand as a class anywhere.
MADE = {"btn-plain", "btn-danger", "btn-primary", "is-invalid", "icon"}

CLASS_ATTRIBUTE = re.compile(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"')
PRINTED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
WORD = re.compile(r"[A-Za-z][\w-]*")
CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
NEGLIGIBLE = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


def words() -> set[str]:
    """Every class a page can carry."""
    found = set(MADE)
    for path in (ROOT / "templates").rglob("*.html"):
        for value in CLASS_ATTRIBUTE.findall(path.read_text()):
            found |= class_words(value)
    for path in (ROOT / "static" / "js").glob("*.js"):
        for text in re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'", path.read_text()):
            found |= {word for word in WORD.findall(" ".join(text)) if "-" in word}
            found |= set(CLASS.findall(" ".join(text)))
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found |= set(_hyphenated(path))
    return found


def class_words(value: str) -> set[str]:
    """The classes of an attribute, without what tags and variables put there."""
    return set(WORD.findall(PRINTED.sub(" ", value)))


def _hyphenated(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (word for word in WORD.findall(node.value) if "-" in word)


def trim(source: str, classes: set[str], asked: Iterable[str] = ()) -> str:
    """The rules that can match, with the variables that they or `asked` use, and the licence on top."""
    licence = re.search(r"/\*!.*?\*/", source, re.S)
    rules = _kept(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True), classes)
    before, text = "", _written(rules)
    while text != before:  # a variable that goes may have been the last to use another
        before, known = text, {*VARIABLE.findall(text), *asked}
        rules = [_without_idle(rule, known) for rule in rules]
        text = _written(rules)
    moving = " ".join(re.findall(r"animation(?:-name)?:([^;}]*)", text))
    frames = [rule for rule in _frames(source) if re.search(rf"\b{_name(rule)}\b", moving)]
    return f"{licence.group(0) if licence else ''}\n{text}{''.join(rule.serialize() for rule in frames)}\n"


def _kept(rules: list[Node], classes: set[str]) -> list[Node]:
    kept: list[Node] = []
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [each for each in _selectors(rule) if _can_match(each, classes)]
            if selectors:
                rule.prelude = tinycss2.parse_component_value_list(",".join(selectors))
                kept.append(rule)
        elif isinstance(rule, AtRule) and rule.at_keyword in ("media", "supports"):
            inner = _kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), classes)
            if inner:
                rule.content = tinycss2.parse_component_value_list(_written(inner))
                kept.append(rule)
        elif isinstance(rule, AtRule) and rule.at_keyword == "property":
            kept.append(rule)
    return kept


def _selectors(rule: QualifiedRule) -> list[str]:
    parts: list[list[Node]] = [[]]
    for node in rule.prelude:
        if node.type == "literal" and node.value == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return [tinycss2.serialize(part).strip() for part in parts]


def _can_match(selector: str, classes: set[str]) -> bool:
    return all(name.replace("\\", "") in classes for name in CLASS.findall(NEGLIGIBLE.sub("", selector)))


def _without_idle(rule: Node, known: set[str]) -> Node:
    """The same rule without variables that nothing asks for."""
    if isinstance(rule, AtRule) and rule.at_keyword in ("media", "supports"):
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        rule.content = tinycss2.parse_component_value_list(_written([_without_idle(each, known) for each in inner]))
    elif isinstance(rule, QualifiedRule):
        declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        lines = [
            each.serialize()
            for each in declarations
            if isinstance(each, Declaration) and (not each.name.startswith("--") or each.name in known)
        ]
        rule.content = tinycss2.parse_component_value_list(";".join(lines))
    return rule


def _written(rules: list[Node]) -> str:
    """Empty rules vanish."""
    full = (rule for rule in rules if not (isinstance(rule, QualifiedRule) and not rule.content))
    return "".join(rule.serialize() for rule in full if not (isinstance(rule, AtRule) and rule.content == []))


def _frames(source: str) -> list[AtRule]:
    rules = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    return [rule for rule in rules if isinstance(rule, AtRule) and rule.at_keyword == "keyframes"]


def _name(rule: AtRule) -> str:
    return re.escape(tinycss2.serialize(rule.prelude).strip())


def made() -> str:
    """The style sheet as it has to be now."""
    own = "".join(path.read_text() for path in sorted((ROOT / "static" / "css").rglob("*.css")))
    return trim(SOURCE.read_text(), words(), VARIABLE.findall(own))
