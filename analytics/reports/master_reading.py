"""A company's own slides (.pptx, .potx) become the ground of a report's: read in a process with limits, without Django.

    sandbox.run("analytics.reports.master_reading:read", folder, path="...", kept="...")

What is kept is one master with its layouts, theme and pictures. Slides, notes, names of authors and whatever nobody
needs are left out; what acts, leads outside or holds another file is refused, with the name of its layout. Which
layouts can be used is found out by what they hold, not by their names: those are in the company's language.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml

from core.sheets.package import DECLARATION

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED, MOST_TEXT, MOST_RATIO, RATIO_FROM = 120 * 1024 * 1024, 8 * 1024 * 1024, 200, 1024 * 1024
MOST_LAYOUTS = 100  # of all masters together
MOST_SHAPES = 400  # of one sheet: each may be looked for among all of its master, also whenever slides are made
LEFT_OUT = re.compile(r"(?:docProps|customXml|ppt/(?:slides|notesSlides|comments|tags))/")
TEMPLATE = b"presentationml.template.main+xml"
WHOLE = b"presentationml.presentation.main+xml"
KEPT_OF_FILE = {"sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"}
KEPT_RELATIONS = {RT.SLIDE_LAYOUT, RT.SLIDE_MASTER, RT.THEME, RT.IMAGE, RT.THEME_OVERRIDE}
KINDS = re.compile(
    r"image/(?!svg)[\w.+-]+|application/vnd\.openxmlformats-officedocument\."
    r"(?:presentationml\.(?:presentation\.main|slideMaster|slideLayout|tableStyles)|theme|themeOverride)\+xml"
)
IDLE_RELATIONS = ("/tags", "/customXml", "/slide", "/hyperlink")  # dropped with what points to them
IDLE = "//a:hlinkClick|//a:hlinkHover|//p:custDataLst|//a:blip/a:extLst|/*/p:timing|/*/p:transition|/*/p:extLst"
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
BELOW = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
INCH = 914_400
LEAST_WIDE, LEAST_HIGH = 0.5, 0.4  # shares of a slide that a chart needs
Box = list[float]  # left, top, wide, high in inches


class NoGround(Exception):
    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "params": params}


def read(path: str, kept: str) -> dict[str, Any]:
    """What the ground offers, and the file itself as `kept`; or why it cannot be used."""
    try:
        return _read(Path(path), Path(kept))
    except NoGround as refused:
        return refused.answer


def _read(source: Path, kept: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(source) as packed:
            parts = _parts(packed)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise NoGround("damaged") from None
    kinds = parts.get("[Content_Types].xml", b"")
    if TEMPLATE not in kinds and WHOLE not in kinds:
        raise NoGround("no_presentation")
    parts["[Content_Types].xml"] = kinds.replace(TEMPLATE, WHOLE)
    file = _opened(_packed(parts))
    told = _bare(file)
    file.save(str(kept))
    if kept.stat().st_size > MOST_BYTES:
        raise NoGround("too_large")
    with zipfile.ZipFile(kept) as packed:
        texts = [each.file_size for each in packed.infolist() if each.filename.endswith((".xml", ".rels"))]
    if sum(texts) > 2 * MOST_TEXT:  # it is read whenever somebody takes slides along
        raise NoGround("too_complex")
    _try(_opened(kept.read_bytes()), told)
    return told


def _parts(packed: zipfile.ZipFile) -> dict[str, bytes]:
    entries = packed.infolist()
    if sum(each.file_size for each in entries) > MOST_UNPACKED:
        raise NoGround("unpacked_size", limit=MOST_UNPACKED // 1024 // 1024)
    if len({each.filename for each in entries}) < len(entries):
        raise NoGround("damaged")
    found = {}
    for each in entries:
        name = each.filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            raise NoGround("unsafe_names")
        if name.endswith("/") or LEFT_OUT.match(name):
            continue
        is_text = name.lower().endswith((".xml", ".rels", ".vml"))
        is_tight = each.file_size > RATIO_FROM and each.file_size > MOST_RATIO * max(1, each.compress_size)
        if is_tight or (is_text and each.file_size > MOST_TEXT):
            raise NoGround("unpacked_size", limit=MOST_UNPACKED // 1024 // 1024)
        content = packed.read(each)
        if is_text:
            _refuse_declarations(content)
        found[name] = content
    return found


def _refuse_declarations(content: bytes) -> None:
    """Office writes UTF-8; another encoding would hide declarations from this search."""
    if DECLARATION.search(content) or b"\x00" in content[:64]:
        raise NoGround("xml_entities")


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def _opened(content: bytes) -> Any:
    try:
        return Presentation(io.BytesIO(content))
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError, IndexError):
        raise NoGround("no_presentation") from None


def _bare(file: Any) -> dict[str, Any]:
    """Only the master that is used is left, with nothing of whoever made the file."""
    root, part = file.part._element, file.part
    masters = list(file.slide_masters)
    if sum(len(master.slide_layouts) for master in masters) > MOST_LAYOUTS:
        raise NoGround("too_many_layouts", limit=MOST_LAYOUTS)
    for sheet in (sheet for master in masters for sheet in (master, *master.slide_layouts)):
        if len(sheet._element.xpath("//p:nvPr")) > MOST_SHAPES:
            raise NoGround("too_complex")
    wide, high = file.slide_width / INCH, file.slide_height / INCH
    chosen, told = _chosen(masters, wide, high)
    for child in list(root):
        if _name(child) not in KEPT_OF_FILE:
            root.remove(child)
    for number in root.xpath("./p:sldIdLst/p:sldId"):
        number.getparent().remove(number)
    for number in root.xpath("./p:sldMasterIdLst/p:sldMasterId"):
        if part.rels[number.rId].target_part is not chosen.part:
            number.getparent().remove(number)
    for key, relation in list(part.rels.items()):
        is_inside = relation.reltype == RT.SLIDE_MASTER and not relation.is_external
        is_kept = is_inside and relation.target_part is chosen.part
        if not is_kept and relation.reltype not in (RT.THEME, RT.TABLE_STYLES):
            part.rels.pop(key)
    whole = part.package
    for key, relation in list(whole._rels.items()):
        if relation.reltype != RT.OFFICE_DOCUMENT:
            whole._rels.pop(key)
    for sheet in (chosen, *chosen.slide_layouts):
        _clean(sheet.part, sheet.name)
    _require_bare(whole)
    return told


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _clean(part: Any, name: str) -> None:
    """Without links, animations and tags. What else it refers to has to be a picture or a theme."""
    root = part._element
    for element in [*root.xpath(IDLE), *(child for child in root if _name(child) == "AlternateContent")]:
        if element.getparent() is not None:
            element.getparent().remove(element)
    for key, relation in list(part.rels.items()):
        kind = relation.reltype
        if relation.is_external:
            raise NoGround("leads_outside", layout=name)
        if kind in KEPT_RELATIONS:
            if kind == RT.IMAGE and "svg" in relation.target_part.content_type:
                part.rels.pop(key)  # its picture in dots is there too
        elif kind.endswith(IDLE_RELATIONS):
            part.rels.pop(key)
        else:
            raise NoGround("embedded", layout=name)
    for reference in root.xpath("//@r:id|//@r:embed|//@r:link|//@r:pict"):
        if reference and reference not in part.rels:
            raise NoGround("embedded", layout=name)


def _require_bare(whole: Any) -> None:
    """Nothing but sheets, themes and pictures can be reached any more."""
    for relation in whole.iter_rels():
        if relation.is_external or not KINDS.fullmatch(relation.target_part.content_type):
            raise NoGround("embedded", layout="–")
        if "xml" in relation.target_part.content_type:  # whatever its name ends in
            _refuse_declarations(relation.target_part.blob)


def _chosen(masters: list[Any], wide: float, high: float) -> tuple[Any, dict[str, Any]]:
    """The first master with a layout that has a title and room below it."""
    has_title = False
    for master in masters:
        layouts = [(place, layout) for place, layout in enumerate(master.slide_layouts) if _title(layout) is not None]
        has_title = has_title or bool(layouts)
        roomy = [(place, layout) for place, layout in layouts if _room(layout, wide, high)]
        if roomy:
            return master, _told(master, layouts, roomy, wide, high)
    raise NoGround("no_room" if has_title else "no_title")


def _told(master: Any, layouts: list[Any], roomy: list[Any], wide: float, high: float) -> dict[str, Any]:
    """Which layouts are used, where there is room on them, and what stands in for one that is missing."""
    said = []
    covers = [each for each in layouts if each[1]._element.get("type") == "title"]
    pages = [each for each in roomy if each[1]._element.get("type") == "titleOnly"]
    if not pages:
        said.append("no_title_only")
        others = [each for each in roomy if each not in covers] or roomy
        pages = sorted(others, key=lambda each: len(_extras(each[1])))
    if not covers:
        said.append("no_cover")
        covers = [each for each in layouts if _below(each[1]) is not None and each != pages[0]] or pages
    (cover_place, cover), (page_place, page) = covers[0], pages[0]
    below = _below(cover)
    return {
        "wide": round(wide, 3),
        "high": round(high, 3),
        "layouts": len(master.slide_layouts),
        "cover": {
            "place": cover_place,
            "name": cover.name[:60],
            "title": _box(_title(cover)) or [wide * 0.08, high * 0.3, wide * 0.84, high * 0.25],
            "below": None if below is None else below.placeholder_format.idx,
            "below_box": None if below is None else _box(below),
            "size": _size(cover),
        },
        "page": {
            "place": page_place,
            "name": page.name[:60],
            "title": _box(_title(page)) or [wide * 0.05, high * 0.05, wide * 0.9, high * 0.14],
            "room": _room(page, wide, high),
            "size": _size(page),
        },
        "look": _look(master, page),
        "said": said,
    }


def _title(layout: Any) -> Any:
    return next(
        (
            each
            for each in layout.placeholders
            if each.placeholder_format.type in TITLES and each.placeholder_format.idx == 0
        ),
        None,
    )


def _below(layout: Any) -> Any:
    return next((each for each in layout.placeholders if each.placeholder_format.type in BELOW), None)


def _extras(layout: Any) -> list[Any]:
    return [each for each in layout.placeholders if each.placeholder_format.type not in (*TITLES, *FOOT)]


def _box(shape: Any) -> Box | None:
    sides = (shape.left, shape.top, shape.width, shape.height)
    return None if any(side is None for side in sides) else [round(side / INCH, 3) for side in sides]


def _room(layout: Any, wide: float, high: float) -> Box | None:
    """Where a chart can stand: as wide as the master's text, below the title, above date and page number."""
    title = _box(_title(layout))
    text = next((each for each in layout.slide_master.placeholders if each.placeholder_format.type in BELOW), None)
    body = (_box(text) if text is not None else None) or [wide * 0.06, high * 0.23, wide * 0.88, high * 0.68]
    left, top, right, end = body[0], body[1], body[0] + body[2], body[1] + body[3]
    if title and title[1] < high / 2:
        top = max(top, title[1] + title[3])
    elif title:
        end = min(end, title[1])
    for each in (*layout.placeholders, *layout.slide_master.placeholders):
        if each.placeholder_format.type in FOOT and (box := _box(each)) and box[1] > high * 0.6:
            end = min(end, box[1])
    left, top, right, end = max(0.0, left), max(0.0, top), min(wide, right), min(high, end)
    if right - left < wide * LEAST_WIDE or end - top < high * LEAST_HIGH:
        return None
    return [round(each, 3) for each in (left, top, right - left, end - top)]


def _size(layout: Any) -> float:
    """Points of a title: the layout's own, or the master's."""
    own = _title(layout)._element.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
    inherited = layout.slide_master._element.xpath("./p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
    found = next((each for each in (*own, *inherited) if re.fullmatch(r"[0-9]{3,5}", each)), "2800")
    return int(found) / 100


def _look(master: Any, page: Any) -> dict[str, Any]:
    """Colors and fonts, for the picture of it: what the theme says, as the master uses it."""
    theme: Any = parse_xml(master.part.part_related_by(RT.THEME).blob)
    colours = {}
    for each in theme.xpath(".//a:clrScheme/*"):
        value = next((child.get("lastClr") or child.get("val") or "" for child in each), "")
        if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
            colours[_name(each)] = f"#{value.lower()}"
    used = master._element.xpath("./p:clrMap")
    names = dict(used[0].attrib) if used else {}
    ground = next((found for sheet in (page, master) if (found := _ground_of(sheet, names, colours))), None)
    fonts = theme.xpath(".//a:fontScheme/a:majorFont/a:latin/@typeface|.//a:fontScheme/a:minorFont/a:latin/@typeface")
    return {
        "ground": ground or colours.get(names.get("bg1", "lt1"), "#ffffff"),
        "text": colours.get(names.get("tx1", "dk1"), "#000000"),
        "accents": [colours[f"accent{number}"] for number in range(1, 7) if f"accent{number}" in colours],
        "fonts": list(dict.fromkeys(str(each)[:60] for each in fonts if each)),
        "has_pictures": any(rel.reltype == RT.IMAGE for each in (page, master) for rel in each.part.rels.values()),
    }


def _ground_of(sheet: Any, names: dict[str, str], colours: dict[str, str]) -> str | None:
    for each in sheet._element.xpath("./p:cSld/p:bg/p:bgPr/a:solidFill/*|./p:cSld/p:bg/p:bgRef/*"):
        value = str(each.get("val") or "")
        if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
            return f"#{value.lower()}"
        return colours.get(names.get(value, value))
    return None


def _try(file: Any, told: dict[str, Any]) -> None:
    """One slide of each kind, here, so that none fails later."""
    for each in (told["cover"], told["page"]):
        slide = file.slides.add_slide(file.slide_layouts[each["place"]])
        if slide.shapes.title is None:
            raise NoGround("no_title")
