"""Tagged PDFs and pictures, set by typst from a template and data: offline, in well under a second."""

import json
from pathlib import Path
from typing import Any

FONTS = Path(__file__).with_name("fonts")
FINE = 192  # dots an inch: two for each dot of a page


def typeset(template: bytes, root: Path, timestamp: int | None = None, **data: Any) -> bytes:
    """What PDF/UA forbids, as a name in letters that the fonts do not have, costs the file its seal; never the file."""
    import typst  # heavy, and only a download needs it

    how = _set_by(root, "pdf", data)
    if timestamp is not None:
        how["timestamp"] = timestamp
    try:
        return typst.compile(template, pdf_standards=["ua-1"], **how)  # type: ignore[no-any-return]  # PDF/UA-1
    except typst.TypstError as error:
        if "PDF/UA" not in str(error) and "could not be displayed with font" not in str(error):
            raise
        return typst.compile(template, **how)  # type: ignore[no-any-return]


def drawn_as_png(template: bytes, root: Path, **data: Any) -> bytes:
    """A template of one page as a picture."""
    import typst  # the same

    return typst.compile(template, ppi=FINE, **_set_by(root, "png", data))  # type: ignore[no-any-return]


def drawn_as_svg(template: bytes, root: Path, **data: Any) -> bytes:
    import typst  # the same

    return typst.compile(template, **_set_by(root, "svg", data))  # type: ignore[no-any-return]


def _set_by(root: Path, form: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "root": str(root),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "format": form,
        "sys_inputs": {name: json.dumps(value, ensure_ascii=False) for name, value in data.items()},
    }
