"""How a single mail looks: the reason first, a few paragraphs, one button, and the same as plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from core.kit import product

if TYPE_CHECKING:
    from css_inline import CSSInliner

    from core.kit.rooms import PageInMail

LINK_ALONE = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Logo:
    """A picture at the head of a mail, with its size there: mail programs want to know it."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Sender:
    """Who writes, as it stands at the foot and, with a logo, at the head."""

    name: str = ""
    logo: Logo | None = None


NOBODY = Sender()
PRODUCT = Sender(product.NAME)


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def compose(
    subject: str,
    reason: str,
    paragraphs: Sequence[str],
    *,
    button: str = "",
    url: str = "",
    choices: Sequence[tuple[str, str]] = (),
    page: "PageInMail | None" = None,
    sender: Sender = NOBODY,
) -> Letter:
    """A mail in the language that is active now. `reason` says why the person receives it. `choices`: labels and
    addresses of answers above the button. `page`: what it brings along, above all of that."""
    text = "\n\n".join(
        filter(
            None,
            [reason, page.text if page else "", *(part if part != url else f"{button}:\n{url}" for part in paragraphs)],
        )
    )
    text += "".join(f"\n\n{label}:\n{address}" for label, address in choices)
    if url and url not in paragraphs:
        text += f"\n\n{button}:\n{url}"
    parts: list[dict[str, object]] = [{"text": part, "is_button": part == url} for part in paragraphs]
    if choices:
        parts.append({"text": "", "is_button": False, "choices": choices})
    if url and url not in paragraphs:
        parts.append({"text": "", "is_button": True})
    context = {"subject": subject, "reason": reason, "parts": parts, "button": button, "url": url, "sender": sender}
    context["page"] = page.html if page else ""
    html = _inliner().inline(render_to_string("notify/mail.html", context))
    return Letter(subject, f"{text}\n", html)


def of_text(subject: str, text: str, button: str, sender: Sender = NOBODY) -> Letter:
    """The same look for a text that others wrote: its first link becomes the button."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    url = next(iter(LINK_ALONE.findall(text)), "")
    alone = [url if part == url else part for part in paragraphs]
    letter = compose(subject, "", alone, button=button, url=url, sender=sender)
    return Letter(subject, text, letter.html)


@cache
def _inliner() -> "CSSInliner":
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
