"""Styles: one file for every page, one per room for its own; nothing of Tabler that no page uses, no icon too few."""

import re
from pathlib import Path

import pytest

from core.kit import styles
from tests.house.code import ROOT
from tools import trim, trim_styles

FOLDER, STYLES = ROOT / "templates", ROOT / "static" / "css"
INCLUDED = re.compile(r"\{% (?:include|extends) \"([^\"]+)\"")
BODY_CLASS = re.compile(r"block body_class %\}([\w -]*)\{%")
LINKED = re.compile(r"css/rooms/([a-z_]+)\.css")
PAGES = sorted(str(p.relative_to(FOLDER)) for p in FOLDER.rglob("*.html") if "{% extends" in p.read_text())


def selectors(path: Path) -> set[frozenset[str]]:
    """The classes of each selector of a style sheet."""
    heads = re.sub(r"/\*.*?\*/", " ", path.read_text(), flags=re.S)
    heads = re.sub(r"@[a-z]+[^{;]*", " ", re.sub(r"\{[^{}]*\}", ",", heads))
    return {frozenset(trim_styles.CLASS.findall(head)) for head in heads.split(",")}


SITE = frozenset().union(*(names for path in STYLES.glob("*.css") for names in selectors(path)))
ROOMS = {
    path.stem: {names for names in selectors(path) if names - SITE} for path in sorted((STYLES / "rooms").glob("*.css"))
}


def texts(name: str, known: set[str]) -> list[str]:
    """A template with all it extends and includes."""
    if name in known or not (FOLDER / name).exists():
        return []
    text = (FOLDER / name).read_text()
    known.add(name)
    return [text, *(each for inner in INCLUDED.findall(text) for each in texts(inner, known))]


def unstyled(text: str) -> set[str]:
    """Classes that only a room's style sheet knows, and none of the linked ones."""
    used = {word for value in trim_styles.CLASS_ATTRIBUTE.findall(text) for word in trim_styles.class_words(value)}
    used |= {word for value in BODY_CLASS.findall(text) for word in value.split()}
    linked = set(LINKED.findall(text))
    met = {room: {names - SITE for names in heads if names <= used} for room, heads in ROOMS.items()}
    known = {name for room in linked for names in met.get(room, ()) for name in names}
    return {name for names in met.values() for each in names for name in each} - known


@pytest.mark.parametrize("name", PAGES)
def test_a_page_links_the_styles_of_its_rooms(name: str) -> None:
    assert sorted(unstyled("\n".join(texts(name, set())))) == []


def test_the_guard_sees_a_page_without_its_styles() -> None:
    part = '<div class="{% if x %}logbar{% endif %} panel">'
    assert unstyled(part) == {"logbar"}
    assert unstyled(part + '<link href="{% static "css/rooms/activities.css" %}">') == set()


def bare_states(sheet: str) -> list[str]:
    """A state has no look of its own: `is-plain` of a list must not be what `is-plain` of the whole page is."""
    heads = re.sub(r"/\*.*?\*/", " ", re.sub(r"\{[^{}]*\}", ",", sheet), flags=re.S)
    found = {head.strip() for head in re.sub(r"@[a-z]+[^{;]*\{", ",", heads).split(",")}
    return sorted(head for head in found if re.fullmatch(r"\.is-[a-z-]+", head) and head != ".is-code")


def test_a_state_is_styled_only_on_what_has_it() -> None:
    sheets = {path.name: path.read_text() for path in STYLES.glob("*.css")}  # of every page
    assert {name: bare for name, sheet in sheets.items() if (bare := bare_states(sheet))} == {}
    assert bare_states(".a { x: y; }\n.is-plain { min-height: 100vh; }") == [".is-plain"]


def wide_columns(sheet: str) -> list[str]:
    """Columns that share what is left and yet grow with a long word or a line that is cut off."""
    columns = re.findall(r"grid-template-columns: ([^;}]+)", re.sub(r"/\*.*?\*/", " ", sheet, flags=re.S))
    return [each for each in columns if re.search(r"\dfr", re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", " ", each))]


def test_no_column_grows_beyond_its_share() -> None:
    assert wide_columns(".a { grid-template-columns: 110px 1fr; } .b { grid-template-columns: minmax(0, 1fr) 2fr }")
    assert {p.name: found for p in STYLES.rglob("*.css") if (found := wide_columns(p.read_text()))} == {}


def test_every_style_sheet_is_of_the_site_or_of_a_room() -> None:
    ours = {f"css/{path.name}" for path in STYLES.glob("*.css")}
    assert ours == {part for part in styles.PARTS if part.startswith("css/")}
    linked = {room for path in FOLDER.rglob("*.html") for room in LINKED.findall(path.read_text())}
    assert set(ROOMS) - linked == set()


def test_the_one_file_holds_every_part(tmp_path: Path) -> None:
    finder = styles.SiteStyles()
    place = Path(finder.find(styles.NAME))
    assert place.read_text() == "\n".join((ROOT / "static" / part).read_text() for part in styles.PARTS)
    assert [name for name, _storage in finder.list(None)] == [styles.NAME]
    assert finder.find("css/tokens.css") == []


def test_what_was_trimmed_is_what_the_pages_use() -> None:
    assert trim.stale() == [], "run .venv/bin/python -m tools.trim"


SOURCE = """@charset "UTF-8";/*! Tabler, MIT */
:root{--used:1px;--by-used:2px;--idle:3px}
.kept,.gone{margin:var(--used)}
.gone .kept{color:red}
.kept:not(.gone){padding:var(--theirs)}
@media print{.gone{top:0}.kept{--theirs:var(--by-used);animation:turn 1s}}
@media screen{.gone{top:0}}
@keyframes turn{to{top:0}}@keyframes idle{to{top:0}}
p{left:0}"""


def test_trimming_keeps_what_can_match_and_the_variables_it_uses() -> None:
    assert re.sub(r"\s+", "", trim_styles.trim(SOURCE, {"kept"})) == (
        "/*!Tabler,MIT*/:root{--used:1px;--by-used:2px}.kept{margin:var(--used)}.kept:not(.gone){padding:var(--theirs)}"
        "@mediaprint{.kept{--theirs:var(--by-used);animation:turn1s}}p{left:0}@keyframesturn{to{top:0}}"
    )


def test_a_variable_that_our_own_styles_ask_for_stays() -> None:
    assert "--idle:3px" in trim_styles.trim(SOURCE, {"kept"}, ["--idle"])
