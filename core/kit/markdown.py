"""Markdown that people write, made safe twice: the parser knows no HTML, and nh3 looks at what comes out.

Links go to https and mailto only. `//host`, `javascript:` and addresses within a site are not links: they stay text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from core.kit.addresses_in_text import AddressFinder
from core.kit.characters import HIDDEN

SCHEMES = {"https", "mailto"}
TAGS = {
    *("h1", "h2", "h3", "h4", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "s", "a", "img", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTACHMENT = re.compile(r"attachment:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
DECORATIVE = frozenset(("decorative", "dekorativ"))  # `![](address "decorative")`: a picture that tells nothing
FILE_NAME = re.compile(
    r"\S.*\.(jpe?g|png|gif|webp|heic|tiff?|bmp)"
    r"|(img|dsc[fn]?|pxl|image|bild|foto|photo|screenshot)?[\s_-]*[\d_.-]{3,}",
    re.I,
)
MENTION = re.compile(r"@\[(\d{1,18})\]")
CLASSES = {"a": {"mention"}}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}


def is_allowed(address: str) -> bool:
    """https with a host, or mailto with an address; nothing that a browser would read differently than a person."""
    if HIDDEN.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool((parts.scheme == "https" and parts.hostname) or (parts.scheme == "mailto" and "@" in parts.path))


def is_possible(address: str) -> bool:
    """What may stand in a text: also a picture of ours, whose address is known when the text is shown."""
    return is_allowed(address) or bool(ATTACHMENT.fullmatch(address))


def attachments_of(text: str) -> set[str]:
    """The ids of the pictures and files of ours that a text holds."""
    if "attachment:" not in text:
        return set()
    sources = [source for token in _within(text) for source in (token.attrs.get("src"), token.attrs.get("href"))]
    return {found[1] for source in sources if source and (found := ATTACHMENT.fullmatch(str(source)))}


def lone_links(text: str) -> list[str]:
    """The https addresses that stand alone in a line: somebody shows them, rather than mentioning them."""
    if "https://" not in text:
        return []
    found: list[str] = []
    for token in _parser(True).parse(text):
        for line in _lines(token.children or []):
            if [part.type for part in line] == ["link_open", "text", "link_close"] and line[0].info == "auto":
                found.append(str(line[0].attrs["href"]))
    return list(dict.fromkeys(address for address in found if address.startswith("https://") and is_allowed(address)))


def links_in(text: str) -> int:
    """How many addresses lead elsewhere, written as links or not."""
    return sum(part.type == "link_open" for token in _parser(True).parse(text) for part in token.children or ())


def render(
    text: str,
    *,
    images: bool = False,
    names: Mapping[int, str] | None = None,
    pages: Mapping[int, str] | None = None,
    pictures: Mapping[str, str] | None = None,
    files: Mapping[str, str] | None = None,
) -> SafeString:
    """HTML of a Markdown text. Pictures of other sites only where the caller wants them (a newsletter), else links.
    `names` are the people whom the text mentions as `@[7]`, `pages` where the reader finds some of them, `pictures` and
    `files` the addresses of those it holds as `attachment:<id>`; others of the kind are left out."""
    pages, pictures, files = pages or {}, pictures or {}, files or {}
    known = {"names": names or {}, "pages": pages, "pictures": pictures, "files": files}
    html = _parser(images).render(text.replace("\x00", ""), known)
    return _clean(html, images, frozenset([*pages.values(), *pictures.values(), *files.values()]))


def plain_text(text: str, names: Mapping[int, str] | None = None) -> str:
    """The same text for readers without HTML: links with their address, lists with dashes."""
    tokens = _parser(True).parse(text.replace("\x00", ""), {"names": names or {}})
    return "\n\n".join(filter(None, _blocks(tokens)))


def parsed(text: str) -> list[Token]:
    """What the text is made of, for whoever makes something else of it than a page."""
    return _parser(True).parse(text.replace("\x00", ""), {"names": {}})


def addresses_in(text: str) -> list[str]:
    """The https addresses that a text leads to, once each, in their order."""
    parts = (part for token in _parser(True).parse(text) for part in token.children or ())
    found = [str(part.attrs["href"]) for part in parts if part.type == "link_open"]
    return list(dict.fromkeys(each for each in found if each.startswith("https://") and is_allowed(each)))


def words_in(text: str) -> Iterator[str]:
    """What is written outside of code and links."""
    depth = 0
    for token in _within(text):
        depth += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text" and not depth:
            yield token.content


def refused_links(text: str) -> list[str]:
    """The link addresses of a text that are neither https nor mailto, as they were written."""
    refused: list[str] = []

    def judge(address: str) -> bool:
        if not is_possible(address):
            refused.append(address)
        return True

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = judge  # type: ignore[method-assign, assignment]  # as its documentation says
    parser.render(text)
    return list(dict.fromkeys(refused))


def validate_links(text: str) -> None:
    """Refuse a text whose links do not work, with the addresses that are meant."""
    refused = refused_links(text)
    if refused:
        raise ValidationError(
            _("This kind of link is not allowed: %(links)s. Only https and mailto links are allowed."),
            code="link",
            params={"links": ", ".join(link[:80] for link in refused[:3])},
        )


def images_of(text: str) -> list[tuple[str, str]]:
    """Every picture: its address and its alternative text (empty where it is missing)."""
    images = [token for token in _within(text) if token.type == "image"]
    return [(str(token.attrs.get("src", "")), token.content.strip()) for token in images]


def undescribed(text: str, names: Mapping[str, str]) -> list[str]:
    """The addresses of pictures that nobody described: without words, or with the name of a file (`names` are those of
    our own, by id). One that is said to decorate only needs none."""
    images = [token for token in _within(text) if token.type == "image" and not token.meta.get("decorates")]
    return [str(token.attrs.get("src", "")) for token in images if not _describes(token, names)]


def _decorates(token: Token) -> bool:
    return not token.content.strip() and str(token.attrs.get("title", "")).strip().lower() in DECORATIVE


def _describes(token: Token, names: Mapping[str, str]) -> bool:
    ours = ATTACHMENT.fullmatch(str(token.attrs.get("src", "")))
    words, file = (
        " ".join(re.sub(r"[\[\]]", " ", each).lower().split())
        for each in (token.content, names.get(ours[1], "") if ours else "")
    )
    return bool(words) and words not in (file, file.rpartition(".")[0]) and not FILE_NAME.fullmatch(words)


def _within(text: str) -> list[Token]:
    return [child for token in _parser(True).parse(text) for child in token.children or []]


def _lines(tokens: list[Token]) -> Iterator[list[Token]]:
    """The parts of a paragraph, line by line, without empty words."""
    line: list[Token] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield line
            line = []
        elif token.type != "text" or token.content.strip():
            line.append(token)
    yield line


@cache
def _parser(images: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "breaks": True, "linkify": True}).enable(
        ["table", "strikethrough"]
    )
    parser.core.ruler.enable("linkify")  # not its twin among the inline rules, which looks back at all that went before
    parser.linkify = AddressFinder()
    parser.validateLink = is_possible  # type: ignore[method-assign, assignment]  # as its documentation says
    parser.core.ruler.push("mentions", _name_people)
    parser.core.ruler.push("decorations", _leave_the_mark_out)
    parser.core.ruler.push("pictures", _find_pictures)
    parser.core.ruler.push("files", _find_files)
    if not images:
        parser.add_render_rule("image", _image_as_link)
    return parser


def _name_people(state: StateCore) -> None:
    """`@[7]` in a text becomes the person's name; in code it stays what it is, and within a link it leads where that
    leads."""
    names, pages = state.env.get("names", {}), state.env.get("pages", {})
    for token in state.tokens:
        if token.type == "inline" and "@[" in token.content:
            named: list[Token] = []
            depth = 0
            for child in token.children or []:
                depth += (child.type == "link_open") - (child.type == "link_close")
                named += _named(child, names, {} if depth else pages)
            token.children = named


def _named(token: Token, names: Mapping[int, str], pages: Mapping[int, str]) -> Iterator[Token]:
    parts = MENTION.split(token.content) if token.type == "text" else [token.content]
    if len(parts) == 1:
        yield token
        return
    for place, part in enumerate(parts):
        name = names.get(int(part)) if place % 2 else None
        text = Token("text", "", 0, content=f"@{name or '…'}" if place % 2 else part)
        if name is None:
            yield text
        elif page := pages.get(int(part)):
            yield Token("link_open", "a", 1, attrs={"href": page, "class": "mention"})
            yield text
            yield Token("link_close", "a", -1)
        else:
            yield Token("strong_open", "strong", 1)
            yield text
            yield Token("strong_close", "strong", -1)


def _find_pictures(state: StateCore) -> None:
    """`attachment:<id>` becomes the picture's address; one that is unknown here leaves its words."""
    for token in state.tokens:
        if token.type == "inline" and "pictures" in state.env and "attachment:" in token.content:
            token.children = [_found(child, state.env["pictures"]) for child in token.children or []]


def _found(token: Token, pictures: Mapping[str, str]) -> Token:
    attachment = ATTACHMENT.fullmatch(str(token.attrs.get("src", ""))) if token.type == "image" else None
    if attachment is None:
        return token
    if attachment[1] not in pictures:
        return Token("text", "", 0, content="" if token.meta.get("decorates") else f"[{token.content}]")
    token.attrs["src"] = pictures[attachment[1]]
    token.meta["is_ours"] = True
    return token


def _leave_the_mark_out(state: StateCore) -> None:
    """What says that a picture only decorates is for whoever writes: readers and their programs get an empty text."""
    for token in state.tokens:
        for child in token.children or [] if "![" in token.content else []:
            if child.type == "image" and _decorates(child):
                child.attrs.pop("title")
                child.meta["decorates"] = True


def _find_files(state: StateCore) -> None:
    """A link to `attachment:<id>` leads to the file; one that is unknown here leaves its words."""
    for token in state.tokens:
        if token.type == "inline" and "files" in state.env and "attachment:" in token.content:
            is_gone = False
            kept = []
            for child in token.children or []:
                if child.type == "link_open" and (file := ATTACHMENT.fullmatch(str(child.attrs.get("href", "")))):
                    is_gone = file[1] not in state.env["files"]
                    child.attrs["href"] = state.env["files"].get(file[1], "")
                if not (is_gone and child.type in ("link_open", "link_close")):
                    kept.append(child)
                is_gone = is_gone and child.type != "link_close"
            token.children = kept


def _image_as_link(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    if tokens[index].meta.get("is_ours"):
        return str(renderer.image(tokens, index, options, env))
    source = str(tokens[index].attrs.get("src", ""))
    return format_html('<a href="{}">{}</a>', source, tokens[index].content or source)


def _clean(html: str, images: bool, ours: frozenset[str] = frozenset()) -> SafeString:
    def only_good_addresses(tag: str, attribute: str, value: str) -> str | None:
        is_good = is_allowed(value) or value in ours
        return value if attribute not in ("href", "src") or is_good else None

    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS if images or ours else TAGS - {"img"},
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            attribute_filter=only_good_addresses,
            url_schemes=SCHEMES | ({"http"} if ours else set()),  # ours on a machine without https; the filter decides
            link_rel="noopener noreferrer",
        )
    )


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """Paragraphs, headings and list items as lines of text."""
    lists: list[int | None] = []
    items: list[str] = []
    cells: list[str] = []
    mark = ""
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type == "list_item_open":
            number = lists[-1]
            mark = "- " if number is None else f"{number}. "
            lists[-1] = None if number is None else number + 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
            if not lists:
                yield "\n".join(items)
                items = []
        elif token.type == "tr_close":
            yield " | ".join(cells)
            cells = []
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip()
        elif token.type == "hr":
            yield "-" * 40
        elif token.type == "inline":
            line = _inline(token.children or [])
            if lists:
                items.append("  " * (len(lists) - 1) + (mark or "  ") + line)
                mark = ""
            elif tokens[index - 1].type in ("td_open", "th_open"):
                cells.append(line)
            else:
                yield line


def _inline(tokens: list[Token]) -> str:
    out: list[str] = []
    link = ""
    for token in tokens:
        if token.type == "link_open":
            link = str(token.attrs.get("href", ""))
            start = len(out)
        elif token.type == "link_close":
            address = link.removeprefix("mailto:")
            if address not in "".join(out[start:]) and not ATTACHMENT.fullmatch(address):
                out.append(f" ({address})")
        elif token.type == "image":
            out.append("" if token.meta.get("decorates") else f"[{token.content}]")
        elif token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        else:
            out.append(token.content)
    return "".join(out)
