"""What exports call their figures, in the languages and years we know of; compared as `values.normalised` says."""

from __future__ import annotations

import re

_METRICS = {
    "impressions": "impressions, impressionen, impressioni, impressões, impresiones, vertoningen",
    "members_reached": (
        "members reached, erreichte mitglieder, utenti raggiunti, usuários alcançados, miembros alcanzados,"
        " membres touchés, unique impressions, individuelle impressions, impressões exclusivas, impressioni uniche"
    ),
    "engagements": (
        "engagements, social engagements, interaktionen, soziale interaktionen, interazioni, engajamentos,"
        " interacciones, interazioni sociali"
    ),
    "reactions": "reactions, likes, reaktionen, reazioni, reações, reacciones, réactions, curtidas",
    "comments": "comments, kommentare, commenti, comentários, comentarios, commentaires",
    "reposts": (
        "reposts, shares, direkt geteilte beiträge, geteilte inhalte, geteilte beiträge, condivisioni,"
        " compartilhamentos, republications, diffusioni"
    ),
    "saves": "saves, gespeicherte beiträge, gespeichert",
    "sends": "sends, sends on linkedin, auf linkedin gesendet",
    "clicks": "clicks, klicks, cliques, clic, clics",
    "link_clicks": "link engagements, link clicks, interaktionen mit links, link-interaktionen, linkklicks",
    "video_views": "views, video views, aufrufe, videoaufrufe, video-aufrufe, visualizzazioni, visualizações",
    "followers_gained": (
        "follows, follower, followers gained from this post, mit diesem beitrag gewonnene follower:innen,"
        " mit diesem beitrag gewonnene follower innen, mit diesem beitrag gewonnene follower"
    ),
    "profile_viewers": "profile viewers from this post, mit diesem beitrag generierte profilansichten",
    "followers_new": (
        "new followers, neue follower, neue follower:innen, neue follower innen, nuovi follower, novos seguidores,"
        " nuevos seguidores, nouveaux abonnés"
    ),
}
METRICS = {label.strip(): metric for metric, labels in _METRICS.items() for label in labels.split(",")}
#: Rates are made anew from their parts; a stored one could not be summed.
COMPUTED = re.compile(r"\b(?:rate|quote|ctr)\b|klickrate|taxa de|tasso|tasa de|taux")
SEGMENTS = {
    "organic": "organic",
    "organisch": "organic",
    "organische updates": "organic",
    "orgânicas": "organic",
    "orgânico": "organic",
    "organiche": "organic",
    "orgánicas": "organic",
    "organiques": "organic",
    "sponsored": "sponsored",
    "gesponsert": "sponsored",
    "sponsored updates": "sponsored",
    "patrocinadas": "sponsored",
    "sponsorizzate": "sponsored",
    "sponsorisées": "sponsored",
    "total": "",
    "totale": "",
    "totales": "",
    "insgesamt": "",
    "gesamt": "",
    "desktop": "desktop",
    "mobile": "mobile",
    "mobil": "mobile",
    "móvil": "mobile",
}
WITH_SEGMENT = re.compile(r"(.+?)\s*\(([^()]*)\)")
FOLLOWER = re.compile(r"follower|seguidor|abonn[ée]|volger")
FOLLOWER_SEGMENTS = (
    ("auto_invited", re.compile(r"\bauto")),
    ("sponsored", re.compile(r"sponsor|gesponsert|patrocin")),
    ("organic", re.compile(r"organ|orgân|orgán")),
    ("", re.compile(r"\btotal|insgesamt|gesamt")),
)
PAGE_VIEWS = re.compile(
    r"page views|seitenaufrufe|seitenansichten|visualizzazioni (?:di|della) pagin|visualizações d[ae] página"
)
VISITORS = re.compile(r"unique visitors|individuelle besucher|eindeutige besucher|visitatori unici|visitantes únicos")
WHOLE_PAGE = re.compile(r"\btotal\b|insgesamt|gesamt|totale")
#: Names of a post's columns that hold no figure, or one that is not kept on purpose.
TITLE = frozenset({"post title", "update title", "titel des beitrags", "titel des updates"})
CREATED = frozenset({"created date", "erstellt am", "erstellungsdatum"})
CONTENT_TYPE = frozenset({"content type", "art des contents", "inhaltstyp"})
POST_TYPE = frozenset({"post type", "update type", "art des beitrags", "art des updates"})
LINK = frozenset({"post link", "update link", "link veröffentlichen", "link zum beitrag", "post url", "beitrags-url"})
PERSON = frozenset({"posted by", "veröffentlicht von"})
LANGUAGES = {
    "en": frozenset(
        {"discovery", "engagement", "date", "post url", "post title", "update title", "overall performance"}
    ),
    "de": frozenset(
        {"auffindbarkeit", "datum", "titel des beitrags", "erreichte mitglieder", "soziale interaktionen", "reaktionen"}
    ),
    "it": frozenset({"scoperta", "impressioni", "utenti raggiunti"}),
    "pt": frozenset({"descoberta", "impressões", "usuários alcançados"}),
    "es": frozenset({"descubrimiento", "fecha", "impresiones"}),
    "fr": frozenset({"découverte", "abonnés", "réactions"}),
}


def with_segment(label: str) -> tuple[str, str] | None:
    """ "impressions (organic)" as metric and segment."""
    match = WITH_SEGMENT.fullmatch(label)
    if match is None or match[2] not in SEGMENTS or match[1] not in METRICS:
        return None
    return METRICS[match[1]], SEGMENTS[match[2]]


def language_of(labels: set[str]) -> str:
    """The language most of these labels are in; "" where none says. Others have English words too: they go before."""
    found = {language: len(words & labels) for language, words in LANGUAGES.items()}
    best = max(reversed(found), key=found.__getitem__)  # English is the first of them, and the last to be taken
    return best if found[best] else ""
