"""How an issue becomes a mail: Markdown and blocks inside the program's frame, as HTML and as plain text.

A letter is made once per language. What differs per reader stays a slot (`{{first_name}}`, `{{unsubscribe_url}}`)
that is filled when the mail is sent.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from community.newsletters import blocks, voices
from community.newsletters.blocks import Block
from community.newsletters.models import Issue
from community.newsletters.sections import unlocked
from core.attachments.files import public_pictures_on
from core.kit import colour, languages, markdown
from core.kit.newsletter_blocks import BlockRow
from core.notify import answers
from programs.membership.models import Program
from programs.membership.sender import logo_of

if TYPE_CHECKING:
    from css_inline import CSSInliner

FIRST_NAME = "{{first_name}}"
UNSUBSCRIBE = "{{unsubscribe_url}}"
IN_THE_DARK, BOTH_WINDOWS = "@media (prefers-color-scheme: dark)", 'content="light dark"'
SLOT = re.compile(r"([ \u00a0]?)\{\{\s*(first_name|unsubscribe_url)\s*\}\}")
NO_PICTURES: Mapping[str, str] = {}
NOTHING_MORE: Mapping[str, Any] = {}
BUTTON = re.compile(r"<p>(<strong><a [^<>]*>[^<]*</a></strong>)</p>")
COLUMNS = {
    blocks.COLUMNS: SafeString('<table role="presentation" class="cols" width="100%"><tr><td class="col" width="50%">'),
    blocks.NEXT_COLUMN: SafeString('</td><td class="col" width="50%">'),
    blocks.COLUMNS_END: SafeString("</td></tr></table>"),
}
PLACEHOLDER = re.compile(r"\{\{[^{}\n]*\}\}")
IN_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:/|www\.|\.[a-z]{2,}[/?#])[^\s()<>]*(\{\{[^{}\n]*\}\})", re.IGNORECASE)


@dataclass(frozen=True)
class MailColours:
    """The program's accent as a mail shows it: text in it and on it is read on light and on dark."""

    light: str
    soft: str
    dark: str
    soft_dark: str

    @classmethod
    def of(cls, program: Program) -> "MailColours":
        if not program.accent:  # the product's own
            return cls(light="#0b5d63", soft="#e1efef", dark="#6fcbd1", soft_dark="#15312f")
        light, dark = colour.for_light(program.accent), colour.for_dark(program.accent)
        soft = colour.mixed(light, colour.LIGHT_SHEET, 0.12)
        return cls(light, soft, dark, colour.mixed(dark, colour.DARK_SHEET, 0.2))


@dataclass(frozen=True)
class Letter:
    """An issue in one language, with its slots still open."""

    language: str
    subject: str
    body: SafeString  # the text alone as HTML, for the archive
    text: str  # the whole mail as plain text
    context: dict[str, Any]  # what the frame of the HTML mail shows
    blocks: list[Block]
    mark: str = ""  # what stands around the words of people, where they are to be kept apart

    def as_page(self, nonce: str, *, window: str = "") -> str:
        """The mail as a page of the site: its style is allowed by the nonce, nothing is inlined. `window`: as a mail
        program with a "light" or a "dark" one shows it, also where the writer's own is another."""
        with override(self.language):
            page: str = render_to_string("community/newsletters/mail/frame.html", self.context | {"nonce": nonce})
        if not window:
            return page
        page = page.replace(BOTH_WINDOWS, f'content="{window}"')
        return page.replace(IN_THE_DARK, "@media all" if window == "dark" else "@media not all")

    def as_mail(self) -> str:
        """The HTML part: styles inlined, only the rules for dark and narrow screens stay behind."""
        return _inliner().inline(self.as_page(nonce=""))

    def frozen(self) -> dict[str, Any]:
        """What is kept when the sending starts, with a hash that shows it was not changed afterwards; beside it, by
        their keys, the words that people can take back."""
        kept = {"language": self.language, "subject": self.subject, "body": self.body, "html": self.as_mail()}
        kept["text"] = self.text
        words: dict[str, dict[str, str]] = {}
        for part in voices.PARTS if self.mark else ():
            kept[part], found = voices.apart(kept[part], self.mark)
            for key, said in found.items():
                words.setdefault(key, {})[part] = said
        return {**kept, "sha256": digest(kept), "voices": words}


Lead = Callable[[Issue, dict[str, Letter]], dict[str, Letter]]


def digest(frozen: dict[str, str]) -> str:
    parts = (frozen[key] for key in ("language", "subject", "body", "html", "text"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def one_of(written: Sequence[str], reader: str) -> str:
    """The language a reader gets of those that are written: the own one, or the site's, or any."""
    return next((each for each in (reader, settings.LANGUAGE_CODE, *written) if each in written), reader)


def language_for(issue: Issue, reader: str) -> str:
    return one_of(issue.written_in, reader)


def compose(
    issue: Issue, language: str, on: date, *, is_final: bool = False, mark: str = "", counts_clicks: bool = False
) -> Letter:
    """The letter in a language, with the blocks as they stand on a day. What the writer was asked to write and has not
    written is shown while the issue is being written; a final letter never holds it."""
    body = unlocked(issue.body.texts.get(language, ""), issue.locked, language)
    more = {
        "issue": issue,
        "counts_clicks": counts_clicks,
        "archive_url": settings.SITE_URL + reverse("community:issue_read", args=[issue.program.slug, issue.pk]),
    }
    pictures = public_pictures_on("issue", issue.pk) if markdown.attachments_of(body) else {}
    subject = issue.subject.texts.get(language, "")
    return set_letter(
        issue.program, language, subject, body, on, is_final=is_final, pictures=pictures, more=more, mark=mark
    )


def set_letter(
    program: Program,
    language: str,
    subject: str,
    body: str,
    on: date,
    *,
    is_final: bool = False,
    pictures: Mapping[str, str] = NO_PICTURES,
    more: Mapping[str, Any] = NOTHING_MORE,
    mark: str = "",
) -> Letter:
    """A subject and a Markdown text inside the program's frame. With a `mark`, people's words can be found in it."""
    used: list[Block] = []
    html, text = [], []
    parts = blocks.split(blocks.without_gaps(body) if is_final else body)
    columns = blocks.columns_in(parts)
    for place, (kind, part) in enumerate(parts):
        if place in columns:
            html.append(COLUMNS[part])
            continue
        if kind == "text":
            html.append(_with_buttons(markdown.render(part, images=True, pictures=pictures)))
            text.append(markdown.plain_text(part))
            continue
        block = blocks.fill(part, program, language, on)
        used.append(block)
        html.append(render_to_string("community/newsletters/mail/_block.html", {"block": block, "mark": mark}))
        text.append(_block_text(block, mark))
    shown = format_html_join("", "{}", ((part,) for part in html))
    subject = " ".join(blocks.without_gaps(subject).split())
    context = {
        "program": program,
        "colours": MailColours.of(program),
        "logo": logo_of(program),
        "language": language,
        "subject": subject,
        "body": shown,
        "unsubscribe_url": UNSUBSCRIBE,
        "can_be_answered": answers.contact_of(program.pk, None) != "",
    } | dict(more)
    with override(language):
        plain = render_to_string(
            "community/newsletters/mail/frame.txt", context | {"text": "\n\n".join(filter(None, text))}
        )
    return Letter(language, subject, shown, plain, context, used, mark)


def freeze(issue: Issue, on: date, lead: Lead | None = None) -> dict[str, dict[str, Any]]:
    """Every language of the site as it will be sent; one that is not written carries another. `lead` leads the links
    through this site, where they are counted."""
    mark = secrets.token_hex(8)
    final = {
        each: compose(issue, language_for(issue, each), on, is_final=True, mark=mark, counts_clicks=lead is not None)
        for each in languages.codes()
    }
    return {each: letter.frozen() for each, letter in (lead(issue, final) if lead else final).items()}


def frozen_in(issue: Issue, language: str) -> dict[str, Any]:
    """An issue as it was sent, without what people took back. One that was sent before the site spoke this language is
    shown in another."""
    found: dict[str, dict[str, Any]] = issue.frozen
    return voices.whole(found.get(language) or found.get(settings.LANGUAGE_CODE) or next(iter(found.values())))


def led_elsewhere(html: SafeString, link: re.Pattern[str], led: Callable[[re.Match[str]], str]) -> SafeString:
    """The same HTML with other addresses: what `led` makes of each link is safe as well."""
    return mark_safe(link.sub(led, html))


def reply_to(issue: Issue) -> str:
    """Who reads the answers, as with all mails of a program; one for everybody, since all get the same bytes."""
    return answers.goes_to(issue.program_id, None)


def personal(text: str, first_name: str, unsubscribe_url: str) -> str:
    """A frozen text for one reader. A missing name takes the space before it along: 'Hello {{first_name}},'."""
    values = {"first_name": first_name, "unsubscribe_url": unsubscribe_url}
    return SLOT.sub(lambda match: match[1] + values[match[2]] if values[match[2]] else "", text)


def personal_html(text: str, first_name: str, unsubscribe_url: str) -> SafeString:
    """The same for HTML that went through nh3 when it was made: what is filled in is text there, never markup."""
    return mark_safe(personal(text, escape(first_name), escape(unsubscribe_url)))


def _with_buttons(html: SafeString) -> SafeString:
    """A link in bold that stands alone is what the reader is asked to do: it looks like a button."""
    return mark_safe(BUTTON.sub(r'<p class="act">\1</p>', html))


def _block_text(block: Block, mark: str) -> str:
    if block.fault:
        return block.fault
    rows = [_row_text(row) for row in block.rows]
    said = [*block.sentences, *(picture.words for picture in block.pictures)]
    words = [f"{each.text}\n  {each.who}\n" for each in block.voices]
    if mark:
        words = [
            f"<!--{mark}:{each.key}-->{said}<!--/{mark}-->" for each, said in zip(block.voices, words, strict=True)
        ]
    return "\n".join([*(f"- {sentence}" for sentence in said), *rows, *words])


def _row_text(row: BlockRow) -> str:
    ways = [f"\n  {words}: {way}" for words, way in row.ways]
    return "".join([f"- {row.label}: {row.text}", *([f"\n  {row.path}"] if row.path else []), *ways])


@cache
def _inliner() -> "CSSInliner":
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
