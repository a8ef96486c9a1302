"""The handbook to take along, as every kind of file."""

import io
import zipfile
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from programs.handbook.views import FILES_AN_HOUR
from tests.factories.handbook import make_page
from tests.programs.handbook.test_handbook import url


def test_the_site_opens_without_a_server(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer).get(url(world, "handbook_file"), {"format": "zip"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        pages = {name: archive.read(name).decode() for name in names}
    assert {"index.html", "style.css"} <= set(names)
    assert any("One hour a week." in text for text in pages.values())
    assert not any("Budget" in text for text in pages.values())
    for name, text in pages.items():
        if name.endswith(".html"):
            assert "http" not in text
            for entry in (name for name in names if name.endswith(".html") and name != "index.html"):
                assert f'href="{entry}"' in text


RICH = """# Rules

- one **bold** word
- another [link](https://example.com)
  1. deeper

> quoted *words*

| Day | Who |
| --- | --- |
| Tue | all |

```
code
```
"""


def test_the_pdf_is_tagged_and_holds_what_is_published(world: Any, sign_in: Any) -> None:
    make_page(world.program, title={"en": "Rules"}, text={"en": RICH}, chapter="phases")
    answer = sign_in(world.influencer).get(url(world, "handbook_file"), {"format": "pdf"})
    reader = PdfReader(io.BytesIO(answer.content))
    text = "".join(page.extract_text() for page in reader.pages)
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.outline
    for words in ("One hour a week.", "another link", "deeper", "quoted words", "Tue", "code", "shift plan"):
        assert words in text
    assert "Budget" not in text


def test_the_word_document_has_headings_lists_and_tables(world: Any, sign_in: Any) -> None:
    make_page(world.program, title={"en": "Rules"}, text={"en": RICH}, chapter="phases")
    answer = sign_in(world.manager).get(url(world, "handbook_file"), {"format": "docx"})
    paper = docx.Document(io.BytesIO(answer.content))
    styles = {(each.style.name, each.text) for each in paper.paragraphs}
    assert {("Heading 1", "Time"), ("Heading 2", "Budget"), ("List Bullet", "one bold word")} <= styles
    assert ("Quote", "quoted words") in styles
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["Tue", "all"]


@pytest.mark.parametrize("kind", ["pdf", "docx", "zip", "md"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x0b\uffff = [",
        "|a|\n|-|",
        "1. \n\n- > # x\n",
        "日本語 \U0001f600",
        "## Two steps down\n\n###### Six\n\n# One",
        "#\n\nwords\n\n### ![](https://example.com/x.png)",
        f"[long](https://example.com/{'x' * 40_000})",
    ],
)
def test_odd_texts_make_a_file(kind: str, text: str, world: Any, sign_in: Any) -> None:
    make_page(world.program, title={"en": text[:200] or "x"}, text={"en": text})
    answer = sign_in(world.manager).get(url(world, "handbook_file"), {"format": kind})
    assert answer.status_code == 200
    assert answer.content


def test_a_text_that_begins_with_a_small_heading_leaves_no_level_out(world: Any, sign_in: Any) -> None:
    make_page(world.program, title={"en": "Rules"}, text={"en": "### Small\n\n##### Least\n\n### Next\n"})
    answer = sign_in(world.manager).get(url(world, "handbook_file"), {"format": "docx"})
    paper = docx.Document(io.BytesIO(answer.content))
    styles = {(each.style.name, each.text) for each in paper.paragraphs}
    assert {("Heading 2", "Small"), ("Heading 3", "Least"), ("Heading 2", "Next")} <= styles


def test_the_markdown_holds_pages_and_decisions(world: Any, sign_in: Any) -> None:
    text = sign_in(world.manager).get(url(world, "handbook_file"), {"format": "md"}).content.decode()
    assert "## Time" in text
    assert "### Budget" in text
    assert "The hour stands in the shift plan." in text


def test_files_are_set_so_many_times_an_hour(world: Any, sign_in: Any) -> None:
    reader, address = sign_in(world.influencer), url(world, "handbook_file")
    answers = [reader.get(address, {"format": "md"}).status_code for _each in range(FILES_AN_HOUR + 1)]
    assert answers == [200] * FILES_AN_HOUR + [429]
    assert sign_in(world.influencer2).get(address, {"format": "md"}).status_code == 200
