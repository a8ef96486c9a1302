"""What the columns, figures and segments of our own table may be called, in English and German."""

from __future__ import annotations

from .codes import METRICS, SEGMENTS
from .labels import METRICS as EXPORTED
from .labels import with_segment

COLUMNS = {
    "date": "date",
    "datum": "date",
    "tag": "date",
    "day": "date",
    "account": "account",
    "konto": "account",
    "kanal": "account",
    "channel": "account",
    "post_url": "post_url",
    "post url": "post_url",
    "post": "post_url",
    "link": "post_url",
    "url": "post_url",
    "beitrag": "post_url",
    "beitrags-url": "post_url",
    "metric": "metric",
    "kennzahl": "metric",
    "metrik": "metric",
    "value": "value",
    "wert": "value",
    "anzahl": "value",
    "segment": "segment",
}
REQUIRED = ("date", "metric", "value")
#: "followers" alone is how many there are; exports of posts mean the ones gained.
OWN = {
    "followers": "followers_total",
    "follower": "followers_total",
    "follower:innen": "followers_total",
    "followers total": "followers_total",
    "reach": "members_reached",
    "reichweite": "members_reached",
    "seitenaufrufe": "page_views",
    "page views": "page_views",
    "unique visitors": "unique_visitors",
    "besucher": "unique_visitors",
    "profile viewers": "profile_viewers",
    "gewonnene follower": "followers_gained",
    "zuschauende": "video_viewers",
    "wiedergabezeit in sekunden": "watch_seconds",
}
FIGURES = EXPORTED | {m: m for m in METRICS} | {m.replace("_", " "): m for m in METRICS} | OWN
SEGMENT_WORDS = {s: s for s in SEGMENTS} | {
    "total": "",
    "gesamt": "",
    "insgesamt": "",
    "auto invited": "auto_invited",
    "organisch": "organic",
    "gesponsert": "sponsored",
    "mobil": "mobile",
}


def column(label: str) -> str:
    """The column of a long table: one figure a line."""
    return COLUMNS.get(label, "")


def wide_column(label: str) -> str:
    """The column of a wide table: one day a line, one column a figure; figures as `metric:segment`."""
    if label in ("metric", "value", "kennzahl", "wert"):
        return ""
    if known := COLUMNS.get(label):
        return known
    metric, segment = with_segment(label) or (FIGURES.get(label, ""), "")
    return f"{metric}:{segment}" if metric else ""
