"""Exports of other networks: recognised by labels that only they have, to say kindly what to do with them."""

from __future__ import annotations

from collections.abc import Iterable

from core.sheets.cells import Unreadable
from core.sheets.values import normalised

#: Name and signatures: a row of labels that holds all words of one of them is of that network.
SIGNATURES: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    (
        "X",
        (
            frozenset({"post id", "post link", "impressions"}),
            frozenset({"profile visits", "new follows", "impressions"}),
            frozenset({"tweet permalink", "impressions"}),
            frozenset({"url clicks", "hashtag clicks"}),
        ),
    ),
    (
        "Instagram / Facebook",
        (
            frozenset({"account username", "permalink", "reach"}),
            frozenset({"post id", "account id", "permalink"}),
            frozenset({"page id", "permalink", "reach"}),
            frozenset({"beitrags-id", "konto-id"}),
            frozenset({"veröffentlichungszeitpunkt", "reichweite", "geteilte inhalte"}),
            frozenset({"date", "primary"}),
        ),
    ),
    (
        "YouTube",
        (
            frozenset({"video title", "video publish time"}),
            frozenset({"videotitel", "wiedergabezeit (stunden)"}),
            frozenset({"videotitel", "veröffentlichungszeitpunkt des videos"}),
            frozenset({"watch time (hours)", "subscribers"}),
        ),
    ),
    (
        "TikTok",
        (
            frozenset({"video views", "profile views", "likes"}),
            frozenset({"difference in followers from previous day"}),
            frozenset({"video title", "total play time"}),
        ),
    ),
    ("Mastodon", (frozenset({"account address", "show boosts"}),)),
    (
        "Google Analytics",
        (
            frozenset({"sessions", "engaged sessions"}),
            frozenset({"sitzungen", "nutzer"}),
            frozenset({"users", "sessions"}),
        ),
    ),
)
#: Parts of LinkedIn's archive of one's own data: posts and contacts, no figures.
ARCHIVE = (
    frozenset({"sharelink", "sharecommentary"}),
    frozenset({"first name", "last name", "connected on"}),
    frozenset({"vorname", "nachname", "verbunden am"}),
)


def refuse_others(rows: Iterable[Iterable[object]]) -> None:
    """Whoever brings another network's export gets a sentence that names it and the way through our template."""
    for row in rows:
        labels = {normalised(cell) for cell in row if isinstance(cell, str)}
        if any(signature <= labels for signature in ARCHIVE):
            raise Unreadable("archive")
        for network, signatures in SIGNATURES:
            if any(signature <= labels for signature in signatures):
                raise Unreadable("other_network", network=network)
