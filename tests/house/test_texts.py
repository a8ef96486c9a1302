"""The files that people read: complete in both languages, in the shape the code expects, and never cut short.

YAML is friendly to the eye and treacherous: an unquoted comma ends a text within braces, ` #` ends one anywhere, and
`on` is not a word but true. So every file has a schema, and its source is looked at as well.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from influencer.privacy.words import ABILITIES
from programs.consents.models import Purpose
from programs.consents.notices import every
from programs.membership.access import Ability
from tests.house.code import ROOT, place

SCHEMAS = Path(__file__).with_name("schemas")
WORDS: Any = yaml.safe_load((SCHEMAS / "words.yaml").read_text())
LANGUAGES = set(WORDS["required"])
DEMO = "influencer/home/data/demo/"  # what nobody relies on: its texts are looked at, its shape is not
FILES = sorted([ROOT / "privacy_map.yaml", *(path for path in ROOT.glob("*/*/data/**/*.yaml"))])
SHAPED = [path for path in FILES if not place(path).startswith(DEMO)]
SHAPE_OF_ALL_IN = {"programs/library/data": "library_template.yaml"}


def faults(content: Any, schema: Any) -> list[str]:
    registry = Registry().with_resource("words", Resource(WORDS, DRAFT202012))
    found = Draft202012Validator(schema, registry=registry).iter_errors(content)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def texts(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping that holds a text in some language."""
    if isinstance(node, dict):
        if LANGUAGES & node.keys():
            yield path, node
        node = list(node.items())
    elif isinstance(node, list):
        node = list(enumerate(node))
    else:
        return
    for name, child in node:
        yield from texts(child, f"{path}/{name}")


def cut(source: str) -> list[str]:
    """Texts whose end YAML may have taken for something else: unquoted ones within braces, or before a comment."""
    lines, found = source.splitlines(), []

    def walk(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(value, yaml.ScalarNode) and key.value in LANGUAGES and value.style is None:
                    rest = lines[value.end_mark.line][value.end_mark.column :].strip()
                    if rest.startswith("#") or node.flow_style or not value.value.strip():
                        found.append(f"line {value.start_mark.line + 1}: {value.value}")
                walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for child in node.value:
                walk(child)

    for document in yaml.compose_all(source):
        walk(document)
    return found


@pytest.mark.parametrize("path", SHAPED, ids=place)
def test_every_file_of_texts_has_the_shape_the_code_expects(path: Path) -> None:
    schema = yaml.safe_load((SCHEMAS / SHAPE_OF_ALL_IN.get(place(path.parent), path.name)).read_text())
    assert faults(yaml.safe_load(path.read_text()), schema) == []


@pytest.mark.parametrize("path", FILES, ids=place)
def test_every_text_is_there_in_both_languages(path: Path) -> None:
    found = dict(texts(yaml.safe_load(path.read_text())))
    assert [row for row in found.values() if LANGUAGES - row.keys()] == []
    assert [where for where, row in found.items() for language in LANGUAGES if not str(row[language]).strip()] == []


@pytest.mark.parametrize("path", FILES, ids=place)
def test_no_text_is_cut_short(path: Path) -> None:
    assert cut(path.read_text()) == []


@pytest.mark.parametrize("path", FILES, ids=place)
def test_no_language_says_much_less_than_the_other(path: Path) -> None:
    """A text of which only the beginning is left is noticed beside its translation."""
    for where, row in texts(yaml.safe_load(path.read_text())):
        short, long = sorted(len(str(row[language])) for language in LANGUAGES)
        assert long < 30 or short / long > 0.4, f"{where}: {row}"


def test_no_title_stands_twice_in_the_register() -> None:
    """A person who looks for a heading finds one place, and the works council reads of one table."""
    areas = [
        rule["area"] for rule in yaml.safe_load((ROOT / "privacy_map.yaml").read_text()).values() if "area" in rule
    ]
    for language in LANGUAGES:
        titles = Counter(area[language] for area in areas)
        assert [title for title, times in titles.items() if times > 1] == []


@pytest.mark.parametrize(
    "source",
    [
        "purpose: {de: Nachweisen, wozu Sie eingewilligt haben, en: Proving what you agreed to}",
        "purpose: {de: Nachweisen wozu Sie eingewilligt haben, en: 'Proving what you agreed to'}",
        "purpose:\n  de: Ausgabe Nr. 5 #wirsindnordwerk\n  en: Issue no. 5 #wearenordwerk",
        "purpose:\n  de:\n  en: Proving",
    ],
)
def test_a_text_that_yaml_cuts_is_found(source: str) -> None:
    row = yaml.safe_load(source)["purpose"]
    assert cut(source) + faults(row, WORDS)


def test_quoted_texts_are_fine() -> None:
    assert cut('a: {de: "Ja, wozu", en: "Yes # why"}  # a remark') == []
    assert cut("a:\n  de: Ja, wozu\n  en: |\n    Yes # why\n") == []


def test_every_ability_and_every_consent_has_words() -> None:
    assert sorted(ability for ability, _words in ABILITIES) == sorted(Ability)
    assert [text.key for text in every()] == list(Purpose)
