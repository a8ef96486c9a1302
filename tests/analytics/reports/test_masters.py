"""The company's own slides under a report: looked at before they are read, kept without what acts or leads outside."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pptx import Presentation
from pptx.util import Inches

from analytics.reports import master_reading, slides
from analytics.reports.models_master import ReportMaster
from analytics.reports.reading import ShownReport
from core.attachments.models import Attachment
from core.journal.models import Entry

KINDS = "[Content_Types].xml"
LAYOUT = "ppt/slideLayouts/slideLayout1.xml"
RELATIONS = "ppt/slideLayouts/_rels/slideLayout1.xml.rels"
THEME = "ppt/theme/theme1.xml"
OUTSIDE = ' TargetMode="External"'
FOREIGN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def made(*, wide: float = 13.333, high: float = 7.5, without: tuple[int, ...] = ()) -> bytes:
    """A file of a company, with a slide and an author whose words nobody is to see again."""
    file = Presentation()
    before, file.slide_width, file.slide_height = file.slide_width, Inches(wide), Inches(high)
    for sheet in (file.slide_master, *file.slide_layouts):
        for each in sheet.placeholders:
            if each._element.xpath(".//a:off"):
                each.left, each.width = (round(side * file.slide_width / before) for side in (each.left, each.width))
    for place in sorted(without, reverse=True):
        file.slide_layouts.remove(file.slide_layouts[place])
    slide = file.slides.add_slide(file.slide_layouts[0])
    if slide.shapes.title is not None:
        slide.shapes.title.text = "Salaries 2026"
    slide.notes_slide.notes_text_frame.text = "Salaries 2026"
    file.core_properties.author = "Petra Muster"
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.infolist():
            text = before.read(each)
            if each.filename == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(each.filename, text)
    return stream.getvalue()


def added(content: bytes, name: str, body: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, body)
    return stream.getvalue()


def related(content: bytes, kind: str, target: str, mode: str = "") -> bytes:
    line = f'<Relationship Id="rId99" Type="{FOREIGN}/{kind}" Target="{target}"{mode}/></Relationships>'
    film = b'<Default Extension="mp4" ContentType="video/mp4"/></Types>'
    return changed(changed(content, KINDS, b"</Types>", film), RELATIONS, b"</Relationships>", line.encode())


def renamed(content: bytes, part: str, to: str, body: bytes) -> bytes:
    """A part under a name that does not say what it is."""
    stream = io.BytesIO()
    old, new = (name.rpartition("/")[2].encode() for name in (part, to))
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.infolist():
            text = before.read(each)
            if each.filename == part:
                after.writestr(to, body + text.partition(b"?>")[2])
            else:
                after.writestr(
                    each.filename, text.replace(old, new) if each.filename.endswith(("rels", KINDS)) else text
                )
    return stream.getvalue()


def many_parts(count: int, size: int) -> bytes:
    stream = io.BytesIO(made())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed:
        for number in range(count):
            packed.writestr(f"ppt/media/{number}.bin", bytes(size))
    return stream.getvalue()


def twice(content: bytes, part: str) -> bytes:
    """Each reader of packed files takes another one of the two."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        body = packed.read(part)
    with pytest.warns(UserWarning, match="Duplicate name"):
        return added(content, part, body)


FIELD = (
    b'<p:sp><p:nvSpPr><p:cNvPr id="7" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="body"/></p:nvPr>'
    b"</p:nvSpPr><p:spPr/></p:sp>"
)
PICTURE = (
    b'<p:pic><p:nvPicPr><p:cNvPr id="99" name="x"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
    b'<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rId77"/>'
    b"</p:blipFill><p:spPr/></p:pic></p:spTree>"
)


@pytest.fixture
def give(world: Any, sign_in: Any) -> Callable[..., Any]:
    def sent(content: bytes, name: str = "Nordwerk.pptx", by: str = "manager") -> Any:
        address = reverse("analytics:report_master", args=[world.program.slug])
        return sign_in(getattr(world, by)).post(address, {"file": SimpleUploadedFile(name, content)})

    return sent


def used() -> ReportMaster:
    return ReportMaster.objects.present().select_related("file").get()


def deck_of(world: Any) -> Any:
    return Presentation(io.BytesIO(slides.make(world.report)))


def test_a_report_stands_on_the_companys_layouts_with_the_numbers_of_the_page(give: Any, world: Any) -> None:
    assert give(changed(made(), THEME, b"4F81BD", b"AB12CD")).status_code == 302
    deck = deck_of(world)
    themes = [part.blob for part in deck.part.package.iter_parts() if "theme" in str(part.partname)]
    assert any(b"AB12CD" in blob for blob in themes)
    names = [slide.slide_layout.name for slide in deck.slides]
    assert names == ["Title Slide"] + ["Title Only"] * (len(names) - 1)
    frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    wanted = ShownReport(world.report).charts
    for frame, chart in zip(frames, wanted, strict=True):
        for drawn, series in zip(frame.chart.plots[0].series, chart.series, strict=False):
            assert list(drawn.values) == [None if c.value is None else float(c.value) for c in series.cells]
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        assert not [each for each in slide.placeholders if not each.text_frame.text]  # "Click to add text"
    assert deck.slides[0].shapes.title.text_frame.text == ShownReport(world.report).headline


def test_of_the_file_its_layouts_are_kept_and_nothing_else(give: Any) -> None:
    give(made())
    with used().file.file.open("rb") as kept, zipfile.ZipFile(kept) as packed:
        names = packed.namelist()
        whole = b"".join(packed.read(name) for name in names)
    assert b"Salaries" not in whole
    assert b"Petra Muster" not in whole
    assert not [name for name in names if name.startswith(("ppt/slides/", "ppt/notesSlides/", "docProps/"))]


def test_a_template_is_taken_as_well(give: Any, world: Any) -> None:
    content = changed(made(), KINDS, master_reading.WHOLE, master_reading.TEMPLATE)
    assert give(content, "Nordwerk.potx").status_code == 302
    assert deck_of(world).slides


@pytest.mark.parametrize(("wide", "high"), [(10, 7.5), (10, 5.625), (13.333, 7.5), (20, 11.25)])
def test_on_slides_of_another_shape_nothing_lies_outside(wide: float, high: float, give: Any, world: Any) -> None:
    file = Presentation(io.BytesIO(made(wide=wide)))
    share = high / 7.5
    file.slide_height = Inches(high)
    for sheet in (file.slide_master, *file.slide_layouts):
        for each in sheet.placeholders:
            if each._element.xpath(".//a:off"):
                each.top, each.height = round(each.top * share), round(each.height * share)
    stream = io.BytesIO()
    file.save(stream)
    assert give(stream.getvalue()).status_code == 302
    deck = deck_of(world)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            if shape.has_chart:
                assert shape.top >= slide.shapes.title.top + slide.shapes.title.height
                assert shape.top + shape.height <= deck.slide_height


def test_a_layout_that_is_missing_is_replaced_and_the_page_says_so(give: Any, world: Any, sign_in: Any) -> None:
    assert give(made(without=(6, 5, 0))).status_code == 302  # blank, title only, title slide
    page = sign_in(world.manager).get(reverse("analytics:report_master", args=[world.program.slug])).text
    assert "No layout is a title slide" in page
    assert "No layout has a title only" in page
    assert deck_of(world).slides


def test_the_page_shows_what_it_looks_like_and_leads_to_the_file_and_a_report(
    give: Any, world: Any, sign_in: Any
) -> None:
    give(changed(made(), THEME, b"4F81BD", b"AB12CD"))
    page = sign_in(world.manager).get(reverse("analytics:report_master", args=[world.program.slug])).text
    assert 'aria-label="First slide: Title Slide"' in page
    assert 'fill="#ab12cd"' in page
    assert reverse("analytics:report_data", args=[world.program.slug, world.report.pk, "pptx"]) in page
    address = reverse("attachments:file", args=[used().file_id])
    assert address in page
    assert sign_in(world.manager).get(address).status_code == 200
    for other in (world.executive, world.council, world.influencer, world.stranger):
        assert sign_in(other).get(address).status_code in (403, 404)


REFUSED = {
    "a PDF": (lambda: b"%PDF-1.7", "Only these files are accepted here: .pptx, .potx."),
    "half a file": (lambda: made()[:2000], "The file is damaged"),
    "a macro": (lambda: added(made(), "ppt/vbaProject.bin", b"x"), "macros"),
    "a control": (lambda: added(made(), "ppt/activeX/activeX1.xml", b"<x/>"), "macros"),
    "a kind with macros": (
        lambda: changed(made(), KINDS, master_reading.WHOLE, b"ms-powerpoint.presentation.macroEnabled.main+xml"),
        "macros",
    ),
    "a name that leads out": (lambda: added(made(), "../evil.xml", b"<x/>"), "packed in a way"),
    "a bomb": (lambda: added(made(), "ppt/bomb.bin", bytes(30 * 1024 * 1024)), "When unpacked"),
    "a long text": (lambda: added(made(), "ppt/long.xml", b"<x/>" * 3_000_000), "When unpacked"),
    "many parts that are small": (lambda: many_parts(150, 900 * 1024), "When unpacked"),
    "a long text that packs badly": (
        lambda: added(made(), "ppt/long.xml", random.Random(1).randbytes(4_500_000).hex().encode()),
        "When unpacked",
    ),
    "a part twice": (lambda: twice(made(), LAYOUT), "The file is damaged"),
    "an entity in a part of another name": (
        lambda: renamed(made(), THEME, "ppt/theme/theme1.bin", b"<!DOCTYPE x [<!ENTITY e 'e'>]>"),
        "packed in a way",
    ),
    "a picture that is not there": (lambda: changed(made(), LAYOUT, b"</p:spTree>", PICTURE), "holds another object"),
    "thousands of fields": (lambda: changed(made(), LAYOUT, b"</p:spTree>", FIELD * 500 + b"</p:spTree>"), "too large"),
    "an entity": (lambda: added(made(), "ppt/x.xml", b"<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>"), "packed in a way"),
    "a link": (lambda: related(made(), "hyperlink", "https://out.example", OUTSIDE), "leads outside"),
    "a picture elsewhere": (lambda: related(made(), "image", "file:///c:/a.png", OUTSIDE), "leads outside"),
    "an object": (
        lambda: added(related(made(), "oleObject", "../embeddings/o.bin"), "ppt/embeddings/o.bin", b"x"),
        "Title Slide",
    ),
    "a film": (
        lambda: added(related(made(), "video", "../media/f.mp4"), "ppt/media/f.mp4", b"x"),
        "holds another object",
    ),
    "what is no picture": (
        lambda: added(related(made(), "image", "../embeddings/o.xml"), "ppt/embeddings/o.xml", b"<x/>"),
        "holds another object",
    ),
    "no layout with a title": (
        lambda: made(without=(10, 9, 8, 7, 5, 4, 3, 2, 1, 0)),
        "No layout of this file has a field",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_acts_explodes_or_leads_outside_is_refused_in_words(what: str, give: Any, world: Any) -> None:
    content, words = REFUSED[what]
    answer = give(content())
    assert answer.status_code == 422
    assert words in answer.text
    assert not ReportMaster.objects.present().exists()
    assert not Attachment.objects.present().filter(kind="report_master").exists()


def test_a_file_with_too_many_layouts_is_refused(give: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(made())
    assert master_reading.read(str(source), str(tmp_path / "kept.pptx"))["layouts"] == 11
    monkeypatch.setattr(master_reading, "MOST_LAYOUTS", 10)
    assert master_reading.read(str(source), str(tmp_path / "kept.pptx")) == {
        "refused": "too_many_layouts",
        "params": {"limit": 10},
    }


@pytest.mark.parametrize(("limit", "code"), [("MOST_BYTES", "too_large"), ("MOST_TEXT", "too_complex")])
def test_what_is_left_after_all_may_still_be_too_much(
    limit: str, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(made())
    with zipfile.ZipFile(source) as packed:
        largest = max(each.file_size for each in packed.infolist() if each.filename.endswith(("xml", "rels")))
    monkeypatch.setattr(master_reading, limit, largest)
    assert master_reading.read(str(source), str(tmp_path / "kept"))["refused"] == code


def test_a_master_that_lies_elsewhere_is_left_out(give: Any) -> None:
    line = f'<Relationship Id="rId99" Type="{FOREIGN}/slideMaster" Target="https://out.example"{OUTSIDE}/>'
    end = b"</Relationships>"
    assert give(changed(made(), "ppt/_rels/presentation.xml.rels", end, line.encode() + end)).status_code == 302
    with used().file.file.open("rb") as kept, zipfile.ZipFile(kept) as packed:
        assert not [name for name in packed.namelist() if b"out.example" in packed.read(name)]


def test_what_is_left_out_may_be_long(give: Any) -> None:
    slide = random.Random(1).randbytes(4_500_000).hex().encode()
    assert give(added(made(), "ppt/slides/slide99.xml", slide)).status_code == 302


def test_a_title_that_takes_the_slide_leaves_no_room(give: Any) -> None:
    file = Presentation(io.BytesIO(made()))
    for sheet in (file.slide_master, *file.slide_layouts):
        for each in sheet.placeholders:
            if each.placeholder_format.idx == 0 and each._element.xpath(".//a:off"):
                each.top, each.height = Inches(0.2), Inches(6)
    stream = io.BytesIO()
    file.save(stream)
    assert "leaves half of the slide for a chart" in give(stream.getvalue()).text


def test_removed_and_restored_and_replaced(give: Any, world: Any, sign_in: Any) -> None:
    give(made(), "First.pptx")
    first = used()
    give(made(), "Second.pptx")
    second = used()
    client, slug = sign_in(world.manager), world.program.slug
    assert second.file.name == "Second.pptx"
    client.post(reverse("analytics:report_master_remove", args=[slug, second.pk]))
    assert not ReportMaster.objects.present().exists()
    assert deck_of(world).slide_width == Inches(13.333)
    for each in (second, first):
        client.post(reverse("analytics:report_master_restore", args=[slug, each.pk]))
        assert used() == each
        assert Attachment.objects.present().filter(kind="report_master").get() == each.file
    verbs = Entry.objects.filter(verb__startswith="reports.master_").values_list("verb", flat=True)
    assert sorted(verbs) == ["reports.master_added"] * 4 + ["reports.master_removed"]


def test_a_lost_file_leaves_the_standard_look(give: Any, world: Any) -> None:
    give(made(wide=10))
    Path(used().file.file.path).unlink()
    assert deck_of(world).slide_width == Inches(13.333)


@pytest.mark.parametrize("by", ["executive", "council", "influencer", "stranger"])
def test_only_who_makes_reports_gives_one(by: str, give: Any) -> None:
    assert give(made(), by=by).status_code in (403, 404)
    assert not ReportMaster.objects.present().exists()
