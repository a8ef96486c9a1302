"""Templates: they compile, their links lead somewhere, and nothing in them would need a weaker policy."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import Node, engines
from django.template.base import Template
from django.template.defaulttags import URLNode
from django.template.loader_tags import ExtendsNode, IncludeNode

from tests.house.addresses import addresses
from tests.house.code import ROOT

FOLDER = ROOT / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in (".html", ".txt"))
LONGEST_LINE = 140
STATIC = re.compile(r"\{% static [\"']([^\"']+)[\"']")
INLINE = {
    "a script without a file": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>{]*(?:\{[^}]*\}+[^>{]*)*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.I),
    "a foreign file": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I),
}
BLOCK_IN_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(?:(?!</p>).)*?<(?:form|div|ul|ol|section|table|h[1-6])\b", re.S)
NAMED_TEXT = re.compile(r"<(?:p|span|div|b|strong|small|em)\b(?![^>]*\brole=)[^>]*\baria-label(?:ledby)?=")
SPANS = re.compile(r"<span\b|</span>|<(?:form|div|ul|ol|section|table|h[1-6])\b")


def blocks_in_spans(text: str) -> list[str]:
    """Blocks that stand in a span of the same file: a browser shows them, but they are no HTML."""
    found, depth = [], 0
    for tag in SPANS.findall(text):
        if tag == "</span>":
            depth = max(0, depth - 1)
        elif tag == "<span":
            depth += 1
        elif depth:
            found.append(tag)
    return found


def is_mail(name: str) -> bool:
    """Mail programs know neither our style sheet nor our policy: a mail carries its styles."""
    return "/mail/" in name or Path(name).stem.startswith(("mail", "letter"))


def _nodes(nodelist: Any) -> Iterator[Node]:
    for node in nodelist:
        yield node
        for attribute in ("nodelist", "nodelist_true", "nodelist_false", "nodelist_loop", "nodelist_empty"):
            yield from _nodes(getattr(node, attribute, ()) or ())
        for _, inner in getattr(node, "conditions_nodelists", ()):
            yield from _nodes(inner)


def _template(name: str) -> Template:
    return engines["django"].get_template(name).template  # type: ignore[attr-defined]


@cache
def _known() -> frozenset[str]:
    return frozenset(each.name for each in addresses())


def _included(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        inner = getattr(node, "template" if isinstance(node, IncludeNode) else "parent_name", None)
        if isinstance(node, IncludeNode | ExtendsNode) and isinstance(getattr(inner, "var", None), str):
            yield inner.var


def _asked(nodes: list[Node]) -> set[str]:
    """Addresses by the names it gives them."""
    found = (node.view_name.var for node in nodes if isinstance(node, URLNode))
    return {name for name in found if isinstance(name, str)}


@pytest.mark.parametrize("name", NAMES)
def test_a_template_keeps_the_rules(name: str) -> None:
    """It compiles, and so does what it includes; its links have an address and its static files exist (in production
    a missing one is an error on the page); nothing is inline, no line too long, and a paragraph holds no block: a
    browser ends it before a form or a list, and what belongs to one row falls apart."""
    text, nodes = (FOLDER / name).read_text(), list(_nodes(_template(name).nodelist))
    for inner in _included(nodes):
        engines["django"].get_template(inner)
    assert sorted(_asked(nodes) - _known()) == []
    assert [path for path in STATIC.findall(text) if not finders.find(path)] == []
    assert is_mail(name) or [what for what, pattern in INLINE.items() if pattern.search(text)] == []
    assert too_long(text) == []
    assert BLOCK_IN_PARAGRAPH.search(text) is None
    assert blocks_in_spans(text) == []
    assert NAMED_TEXT.search(text) is None, "only what has a role has a name: readers leave it out elsewhere"
    assert not is_one_form(text), "return core.kit.form_pages.form_page(...) instead"


def too_long(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > LONGEST_LINE]


def test_the_guards_see_a_dead_link_a_missing_part_and_a_broken_paragraph() -> None:
    code = '{% extends "gone.html" %}{% block content %}{% url "programs:gone" %}'
    code += '{% include "parts/gone.html" %}{% endblock %}'
    nodes = list(_nodes(engines["django"].from_string(code).template.nodelist))  # type: ignore[attr-defined]
    assert _asked(nodes) - _known() == {"programs:gone"}
    assert set(_included(nodes)) == {"gone.html", "parts/gone.html"}
    assert BLOCK_IN_PARAGRAPH.search("<p>\n<b>x</b><form></form></p>")
    assert not BLOCK_IN_PARAGRAPH.search("<p>x</p><form></form>")
    assert NAMED_TEXT.search('<p class="x" aria-labelledby="y">')
    assert not NAMED_TEXT.search('<p role="status" aria-label="y">')
    assert blocks_in_spans("<span><b>x</b><span></span><form></form></span><div></div>") == ["<form"]


def test_the_guards_see_a_long_line_and_a_missing_file() -> None:
    assert too_long(f"short\n{'x' * LONGEST_LINE}\n{'x' * (LONGEST_LINE + 1)}") == [3]
    asked = STATIC.findall("""<link href="{% static 'css/gone.css' %}"><link href="{% static "css/site.css" %}">""")
    assert [path for path in asked if not finders.find(path)] == ["css/gone.css"]


def test_the_guard_against_inline_code_sees_it() -> None:
    seen = {
        "a script without a file": "<script>1</script>",
        "a style element": "<style>a{}</style>",
        "a style attribute": '<p class="{% if a > b %}x{% endif %}" style="x">',
        "an event attribute": '<p onclick="x()">',
        "a javascript: address": '<a href="javascript:x">',
        "a foreign file": '<img src="https://elsewhere.example/x.png">',
    }
    for what, text in seen.items():
        assert INLINE[what].search(text), what
    for harmless in ('<script src="x" defer></script>', '<a data-once="1">', '<p class="style">', "<b>style=</b>"):
        assert not [what for what, pattern in INLINE.items() if pattern.search(harmless)], harmless


ALONE = re.compile(r"\s*(?:\{% (?:translate|url|include \"ui/_(?:page_head|form)\.html\") [^%]*%\}\s*)+")


def is_one_form(text: str) -> bool:
    """In the frame of the site, with nothing but a heading and a form."""
    text = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", text, flags=re.S)
    content = re.search(r"\{% block content %\}(.*)\{% endblock %\}", text, re.S)
    in_frame = '{% extends "base.html" %}' in text and content is not None and "ui/_form.html" in content[1]
    return in_frame and content is not None and bool(ALONE.fullmatch(content[1]))


def test_the_guard_sees_a_page_that_is_one_form() -> None:
    head = '{% extends "base.html" %}{% block content %}{% translate "New" as title %}'
    form = (
        '{% include "ui/_page_head.html" with title=title only %}\n{% include "ui/_form.html" with form=form only %}\n'
    )
    assert is_one_form(head + form + "{% endblock %}")
    assert not is_one_form(head + form + "<p>more</p>{% endblock %}")
    assert not is_one_form(head + form.partition("\n")[0] + "{% endblock %}"), "a page that only reads"


INCLUDED = re.compile(r'\{% include "([^"]+)"')


def parts_of(name: str) -> set[str]:
    """The template and all that it includes by name, and what these include."""
    found, ahead = set(), [name]
    while ahead:
        each = ahead.pop()
        if each not in found and (FOLDER / each).exists():
            found.add(each)
            ahead += INCLUDED.findall((FOLDER / each).read_text())
    return found


def test_where_there_is_a_picture_of_figures_there_is_what_draws_it() -> None:
    pages = [name for name in NAMES if "{% extends" in (FOLDER / name).read_text()]
    drawn = {name: parts for name in pages if "ui/_finding.html" in (parts := parts_of(name))}
    assert len(drawn) > 10
    assert [name for name, parts in drawn.items() if "ui/_chart_scripts.html" not in parts] == []
