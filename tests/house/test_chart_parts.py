"""The library that draws charts is trimmed: what is asked of a part that is left out draws nothing, silently."""

import re

from tests.house.code import ROOT

PARTS = {"markLine": "MarkLineComponent", "markArea": "MarkAreaComponent", "markPoint": "MarkPointComponent"}


def missing(script: str, entry: str) -> list[str]:
    return [name for name, part in PARTS.items() if re.search(rf"\b{name}\s*:", script) and part not in entry]


def test_charts_ask_for_parts_that_are_there() -> None:
    entry = (ROOT / "tools/charts/entry.js").read_text()
    for path in (ROOT / "static/js").glob("charts*.js"):
        assert missing(path.read_text(), entry) == [], path.name


def test_a_part_that_is_not_bundled_is_seen() -> None:
    assert missing("return { markArea: { data: areas } };", "use([MarkLineComponent])") == ["markArea"]
