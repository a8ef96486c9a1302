"""The handbook to take along, as every kind of file."""

import io
import zipfile
from typing import Any

import docx
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfReader

from core.attachments.models import Attachment
from programs.handbook.views import FILES_AN_HOUR
from tests.factories.handbook import make_page
from tests.programs.handbook.test_handbook import url
from tests.world import client_of


def test_the_site_opens_without_a_server(world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer).get(url(world, "handbook_file"), {"format": "zip"})
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
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
    assert answer.getvalue()


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


def test_files_of_a_page_are_opened_by_its_readers_deleted_with_undo_and_taken_along(world: Any, sign_in: Any) -> None:
    page, draft = world.handbook_page, world.handbook_draft
    manager, add = sign_in(world.manager), url(world, "handbook_page_files", page.pk)
    manager.post(add, {"file": ContentFile(b"Agenda of the day", name="the_*agenda*.txt")})
    manager.post(url(world, "handbook_page_files", draft.pk), {"file": ContentFile(b"Secret", name="draft.txt")})
    assert manager.post(add, {}).status_code == 422
    file, hidden = (
        Attachment.objects.get(kind="handbook_file", target_id=page.pk),
        Attachment.objects.get(name="draft.txt"),
    )
    assert file.name in manager.get(add).content.decode()
    reader, opened = sign_in(world.influencer), [reverse("attachments:file", args=[each.pk]) for each in (file, hidden)]
    assert file.name in reader.get(url(world, "handbook_page", page.pk)).content.decode()
    assert [reader.get(each).status_code for each in opened] == [200, 404]
    assert sign_in(world.stranger).get(opened[0]).status_code == 404
    guest = client_of("agency", world)
    assert guest.get(opened[0]).status_code == 404
    manager.post(url(world, "handbook_show_guests", page.pk))
    assert guest.get(opened[0]).status_code == 200

    with zipfile.ZipFile(io.BytesIO(reader.get(url(world, "handbook_file"), {"format": "zip"}).getvalue())) as archive:
        address = next(name for name in archive.namelist() if name.startswith("files/"))
        assert archive.read(address) == b"Agenda of the day"
        assert any(f'href="{address}"' in archive.read(name).decode() for name in archive.namelist()[1:-1])
    assert "the\\_\\*agenda" in reader.get(url(world, "handbook_file"), {"format": "md"}).content.decode()
    paper = PdfReader(io.BytesIO(reader.get(url(world, "handbook_file"), {"format": "pdf"}).content))
    assert "the_*agenda*.txt" in "".join(each.extract_text() for each in paper.pages)

    assert reader.post(reverse("attachments:attachment_delete", args=[file.pk])).status_code == 403
    manager.post(reverse("attachments:attachment_delete", args=[file.pk]))
    assert reader.get(opened[0]).status_code == 404
    manager.post(reverse("attachments:attachment_restore", args=[file.pk]))
    assert reader.get(opened[0]).status_code == 200
