"""A chart as a file of its own, PNG or SVG, drawn without a browser. What it shows is said in words within the file, so
that it is read out to who does not see it, wherever the file goes."""

import struct
import zlib
from functools import cache
from html import escape
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.kit import languages
from core.kit.charts import Chart
from core.kit.downloads import as_file
from core.kit.typeset import drawn_as_png, drawn_as_svg

HERE = Path(__file__).parent
TYPES = {"png": "image/png", "svg": "image/svg+xml"}
SIGNATURE = 8  # bytes that a PNG begins with
HEADER = SIGNATURE + 25  # and its first chunk


def picture_file(chart: Chart | None, form: str, name: str) -> HttpResponse:
    """404 for a chart that is not there, or a form that is none."""
    if chart is None or form not in TYPES or chart.kind == "table":
        raise Http404
    return as_file(HttpResponse(picture(chart, form), content_type=TYPES[form]), f"{name}.{form}")


def picture(chart: Chart, form: str) -> bytes:
    told, words = _told(chart), in_words(chart)
    if form == "svg":
        return _titled(drawn_as_svg(_template(), HERE, chart=told), _plain(chart.sentence), words)
    return _described(drawn_as_png(_template(), HERE, chart=told), words)


def in_words(chart: Chart) -> str:
    """Every value, as the table beside the chart says it."""
    lines, unknown = [_plain(chart.sentence)], _("no figure")
    for row in chart.rows:
        cells = zip(chart.columns[1:], row.cells, strict=True)
        said = (f"{name} {cell.reason if cell.hidden else cell.display or unknown}" for name, cell in cells)
        lines.append(f"{row.label}: {', '.join(said)}")
    below = (chart.target.label if chart.target else "", *chart.marked, chart.open_note, chart.source)
    return "\n".join([*lines, *(each for each in below if each)])


def _told(chart: Chart) -> dict[str, object]:
    """Plain data for the template; a hidden cell has no value to be drawn. What was usual is a band, no bar beside."""
    spans = chart.band.spans if chart.band else (None,) * len(chart.labels)
    drawn = [each for each in chart.series if any(cell.hidden or cell.value is not None for cell in each.cells)]
    rows = [
        {
            "label": label,
            "cells": [
                {
                    "value": None if c.value is None else float(c.value),
                    "display": c.display,
                    "hidden": c.hidden,
                    "open": c.is_floor and bool(chart.open_note),
                }
                for c in (each.cells[place] for each in drawn)
            ],
            "span": span and [float(span.low), float(span.middle), float(span.high)],
        }
        for place, (label, span) in enumerate(zip(chart.labels, spans, strict=True))
    ]
    target = chart.target and {
        "value": float(chart.target.value), "label": chart.target.label, "first": min(chart.target.first, len(rows)),
    }  # fmt: skip
    return {
        "language": languages.current(),
        "kind": str(chart.kind),
        "things": chart.things,
        "sentence": _plain(chart.sentence),
        "what": chart.what,
        "series": [each.name for each in drawn],
        "band": chart.band.name if chart.band else "",
        "rows": rows,
        "target": target,
        "notes": [{"place": mark.place, "sign": mark.sign} for mark in chart.marks if mark.sign],
        "marked": chart.marked,
        "open_note": chart.open_note,
        "source": chart.source,
    }


def _plain(text: str) -> str:
    """A sentence of the page has its emphasis in tags, and is escaped."""
    plain = strip_tags(str(text)).replace("&#x27;", "'").replace("&quot;", '"')
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _titled(drawn: bytes, title: str, words: str) -> bytes:
    """What a screen reader says of an SVG stands first in it."""
    text = drawn.decode()
    at = text.index(">", text.index("<svg")) + 1
    said = f'<title id="t">{escape(title)}</title><desc id="d">{escape(words)}</desc>'
    return (text[: at - 1] + ' role="img" aria-labelledby="t d">' + said + text[at:]).encode()


def _described(drawn: bytes, words: str) -> bytes:
    """A PNG keeps words in a chunk behind its header (iTXt, UTF-8)."""
    body = b"Description\0\0\0" + languages.current().encode() + b"\0\0" + words.encode()
    chunk = b"iTXt" + body
    said = struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return drawn[:HEADER] + said + drawn[HEADER:]


@cache
def _template() -> bytes:
    return (HERE / "chart.typ").read_bytes()
