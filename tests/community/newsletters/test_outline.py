"""The parts of an issue: found in any text, moved in all languages at once, and back."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from community.newsletters import outline
from community.newsletters.models import Issue, IssueState
from community.newsletters.outline import Outline
from tests.community.newsletters.test_pages import path
from tests.community.newsletters.test_together import LIVE, shown
from tests.in_words import rewrite

LETTER = "Hello\n\n[[dates]]\n\n## One\n\nText\n\n[[kudos]]\n\nBye\n\n[[signature]]"
LINES = [
    "", "Text", "# Title", "## One", "### Small", "[[dates]]", "  [[kudos]]  ", "[[columns]]", "[[next-column]]",
    "[[columns-end]]", "[[locked-1]]", "```", "![](x) [[to write: more]]", "- a",
]  # fmt: skip


@pytest.fixture
def writer(world: Any, sign_in: Any) -> Client:
    rewrite(world.draft_issue, body_de=LETTER.replace("One", "Eins"), body_en=LETTER)
    return sign_in(world.manager)


def labels(text: str) -> list[str]:
    return [piece.text.split("\n")[0] for piece in outline.pieces_of(text)]


def now(world: Any) -> Issue:
    return Issue.objects.get(pk=world.draft_issue.pk)


def test_what_is_a_part() -> None:
    assert labels(LETTER) == ["Hello", "[[dates]]", "## One", "[[kudos]]", "Bye", "[[signature]]"]
    assert labels("# Title\n\n[[dates]]\n\nText") == ["# Title", "Text"], "a block right below its heading"
    columns = "Hi\n\n[[columns]]\n\n## Left\n\n[[dates]]\n\n[[next-column]]\n\n## Right\n\n[[columns-end]]\n\nEnd"
    assert labels(columns) == ["Hi", "[[columns]]", "End"]
    assert labels("## A\n\n```\n## no heading\n[[dates]]\n```\n\nmore") == ["## A"]
    assert labels("## A\n\ntext\n\n[[locked-1]]\n\nmore\n## B") == ["## A", "[[locked-1]]", "more", "## B"]
    assert labels(" \n\n") == []


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_no_text_loses_a_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    pieces = outline.pieces_of(text)
    joined = "\n\n".join(piece.text for piece in pieces)
    assert [line for line in joined.splitlines() if line.strip()] == [line for line in lines if line.strip()]
    if pieces:
        parts = outline.parts_of({"en": text}, "en")
        there = outline.moved(parts, 0, len(pieces) - 1)
        assert sorted(filter(str.strip, outline.joined(there)["en"].splitlines())) == sorted(filter(str.strip, lines))
        start, to, seen, sizes = outline.way_back(there, 0, len(pieces) - 1).split(":")
        back = outline.moved(outline.parts_by(outline.joined(there), sizes, seen), int(start), int(to))
        assert back == parts


def test_a_press_moves_it_in_all_languages_and_back(world: Any, writer: Client) -> None:
    first = Outline.of(now(world), "en")
    assert [row.label for row in first.rows] == ["Hello", "Upcoming dates", "One", "Thanks", "Bye", "Signature"]
    address = path(world, world.draft_issue.pk, "move/")
    answer = writer.post(address, {"move": first.rows[2].up}, follow=True)
    page = " ".join(answer.content.decode().split())
    assert "Moved." in page
    assert labels(now(world).body.texts["en"]) == ["Hello", "## One", "[[dates]]", "[[kudos]]", "Bye", "[[signature]]"]
    assert labels(now(world).body.texts["de"]) == ["Hello", "## Eins", "[[dates]]", "[[kudos]]", "Bye", "[[signature]]"]
    undo = re.search(r'name="back" value="([^"]+)"', page)[1]  # type: ignore[index]  # below the list
    twice = writer.post(address, {"move": first.rows[2].up}, follow=True).content.decode()
    assert "Nothing was moved: the issue has other parts now." in twice
    assert "Moved back." in writer.post(address, {"back": undo}, follow=True).content.decode()
    assert now(world).body.texts["en"] == LETTER
    assert "Nothing was moved" in writer.post(address, {"back": undo}, follow=True).content.decode()
    for wrong in ("", "0:1:" + "0" * 12 + ":en=1.1", "0:9:x", undo.replace("en=", "fr=")):
        writer.post(address, {"back": wrong})
    assert now(world).body.texts["en"] == LETTER


def test_an_open_page_gets_the_texts_in_their_new_order(world: Any, writer: Client) -> None:
    typed = shown(writer, world) | {"body_en": LETTER.replace("Bye", "See you")}
    asked = {"move": Outline.of(now(world), "en").rows[0].down}
    part = writer.post(path(world, world.draft_issue.pk, "move/"), typed | asked, headers=LIVE)
    text = part.content.decode()
    assert part.headers["HX-Trigger"]
    assert "See you" in now(world).body.texts["en"], "what was typed is saved before"
    assert labels(now(world).body.texts["en"])[:2] == ["[[dates]]", "Hello"]
    assert 'data-theirs="body_de"' in text
    assert 'data-theirs="body_en"' in text
    assert "has changed this" not in text
    assert 'id="outline"' in text


def test_a_language_with_other_parts_stays_as_it_is(world: Any, writer: Client) -> None:
    rewrite(world.draft_issue, body_de="Nur ein Gruß")
    found = Outline.of(now(world), "en")
    assert found.apart == ["German"]
    writer.post(path(world, world.draft_issue.pk, "move/"), {"move": found.rows[0].down})
    assert now(world).body.texts["de"] == "Nur ein Gruß"
    assert labels(now(world).body.texts["en"])[0] == "[[dates]]"


def test_what_is_not_there_is_not_moved(world: Any, writer: Client) -> None:
    address, here = path(world, world.draft_issue.pk, "move/"), Outline.of(now(world), "en").mark
    for asked in ("", "en:0:99:" + here, "fr:0:1:" + here, "en:0:1:" + "0" * 12, "en:-1:0:" + here, "x"):
        assert writer.post(address, {"move": asked}).status_code == 302
    assert now(world).body.texts["en"] == LETTER
    Issue.objects.filter(pk=world.draft_issue.pk).update(state=IssueState.SENDING)
    writer.post(address, {"move": f"en:0:1:{here}"})
    assert now(world).body.texts["en"] == LETTER
