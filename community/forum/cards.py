"""Cards for pages that posts show: title and one sentence, fetched by the site through the one guarded way out.

Nobody's browser asks the other site for anything, pictures included; where the operator allows no host, there are no
cards, and a link that does not answer stays a link; whoever posted a dead one is told, nobody else.
"""

from html.parser import HTMLParser
from socket import EAI_AGAIN, gaierror

import nh3
from django.utils import timezone

from community.forum.models_linked import CARD_TEXT, CARD_TITLE, LinkCard
from core.kit import fetch, public_hosts
from core.kit.characters import visible

SIZE, SECONDS = 512 * 1024, 5.0
HEAD = 150_000
TYPES = ("text/html", "application/xhtml+xml")
BATCH = 50
NO_PAGE = (404, 410)


def fetch_card(
    pk: int, *, resolve: fetch.Resolver = public_hosts.resolve, connect: fetch.Connector = fetch.connect
) -> None:
    """Ask once. The row is marked first and asked without a transaction: a slow server holds nothing of ours."""
    if not LinkCard.objects.filter(pk=pk, asked_at=None).update(asked_at=timezone.now()):
        return
    card = LinkCard.objects.get(pk=pk)
    try:
        found = fetch.fetch(card.url, types=TYPES, seconds=SECONDS, limit=SIZE, resolve=resolve, connect=connect)
    except fetch.NotFetched as problem:
        LinkCard.objects.filter(pk=pk).update(is_dead=problem.code == "unknown_host" and not _may_pass(problem))
        return
    if found.status in NO_PAGE:
        LinkCard.objects.filter(pk=pk).update(is_dead=True)
    if not 200 <= found.status < 300:
        return
    page = _Page()
    text = found.body.decode(_charset(found.headers.get("content-type", "")), errors="replace")
    page.feed(_told_in(text[:HEAD]))
    page.close()
    if title := page.title[:CARD_TITLE].strip():
        LinkCard.objects.filter(pk=pk).update(title=title, text=page.text[:CARD_TEXT].strip())


def _may_pass(problem: fetch.NotFetched) -> bool:
    """The name could not be looked up just now."""
    cause = problem.__cause__
    return isinstance(cause, gaierror) and cause.errno == EAI_AGAIN


def waiting() -> list[int]:
    """Cards whose wake-up was lost."""
    return list(LinkCard.objects.filter(asked_at=None).order_by("pk").values_list("pk", flat=True)[:BATCH])


def retention() -> int:
    """Pages that no post shows any more."""
    return LinkCard.objects.filter(posts=None).delete()[0]


def _told_in(text: str) -> str:
    """Title and meta elements alone, well formed: the parser behind it takes minutes over what hostile pages send."""
    return nh3.clean(
        text.partition("</head>")[0],
        tags={"title", "meta"},
        attributes={"meta": {"name", "property", "content"}},
        clean_content_tags={"script", "style", "template", "noscript", "svg"},
        link_rel=None,
    )


def _charset(content_type: str) -> str:
    name = content_type.partition("charset=")[2].split(";")[0].strip("\"' ").lower()
    return name if name in ("iso-8859-1", "iso-8859-15", "windows-1252", "latin-1") else "utf-8"


class _Page(HTMLParser):
    """The title and the description of a page, plain; what it says for cards counts before what it says for all."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, str] = {}
        self._is_title = False

    @property
    def title(self) -> str:
        return self._first("og:title", "title")

    @property
    def text(self) -> str:
        return self._first("og:description", "description")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._is_title = tag == "title" and "title" not in self._told
        if tag == "meta" and (name := (values.get("property") or values.get("name", "")).lower()):
            self._told.setdefault(name, values.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._is_title = False

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self._told["title"] = self._told.get("title", "") + data

    def _first(self, *names: str) -> str:
        return next((text for name in names if (text := " ".join(visible(self._told.get(name, "")).split()))), "")
