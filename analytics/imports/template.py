"""The table that people fill in for figures no export of ours brings: every figure by its name, its value left open."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.kit.exports import Table
from core.kit.languages import shown_in

#: In words that `sources.table_words` reads back; a test does.
HEADERS = {
    "en": ("date", "account", "post_url", "metric", "segment", "value"),
    "de": ("Datum", "Account", "Beitrags-URL", "Kennzahl", "Segment", "Wert"),
}
FIGURES = {
    "en": (
        "impressions", "members reached", "engagements", "reactions", "comments", "reposts", "saves", "sends", "clicks",
        "link clicks", "video views", "new followers", "followers total", "page views", "unique visitors",
        "video viewers", "watch seconds",
    ),
    "de": (
        "Impressionen", "Reichweite", "Interaktionen", "Reaktionen", "Kommentare", "Geteilte Beiträge", "Gespeichert",
        "Auf LinkedIn gesendet", "Klicks", "Linkklicks", "Videoaufrufe", "Neue Follower", "Follower", "Seitenaufrufe",
        "Besucher", "Zuschauende", "Wiedergabezeit in Sekunden",
    ),
}  # fmt: skip


def table(day: date) -> Table:
    language = shown_in(FIGURES)
    rows: list[tuple[Any, ...]] = [(day, "LinkedIn", "", figure, "", "") for figure in FIGURES[language]]
    return Table(_("figures-template"), HEADERS[language], rows)
