"""Markdown of people: useful marks survive, nothing that runs does, links go to https and mailto only."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from core.kit import markdown
from core.kit.characters import validate_one_line, validate_visible

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.test/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<style>*{background:url(//evil.test)}</style>",
    "<link rel=stylesheet href=//evil.test>",
    "<base href=//evil.test/>",
    "<form action=//evil.test><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.test'>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.test/x)",
    "[x](/\\evil.test)",
    "[x](\\\\evil.test)",
    "[x](https:/\\evil.test)",
    "[x](file:///etc/passwd)",
    "[x](ftp://evil.test)",
    "[x](http://evil.test)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](//evil.test/pixel.gif)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    '![x](https://ok.example/a.png "onerror=alert(1)")',
    '![" onerror="alert(1)](https://ok.example/a.png)',
    '[" onmouseover="alert(1)](https://ok.example)',
    '[x](https://ok.example/"onmouseover=alert(1))',
    "`<script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
]
GOOD = ("https://", "mailto:")


class Reader(HTMLParser):
    """Reads HTML as a browser does and notes what could act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in markdown.TAGS:
            self.found.append(tag)
        for name, value in attrs:
            if name not in ("href", "src", "alt", "title", "rel", "start"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src") and not (value or "").startswith(GOOD):
                self.found.append(f"{tag} {name}={value}")


def acts(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize("images", [False, True])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_acts_survives(payload: str, images: bool) -> None:
    for text in (payload, f"before {payload} after", f"- item\n\n  {payload}", f"> {payload}"):
        assert acts(markdown.render(text, images=images)) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_second_wall_holds_alone(payload: str) -> None:
    """Even if the parser let HTML through, nh3 would stop it."""
    assert acts(markdown._clean(payload, images=True)) == []


def test_the_reader_sees_what_it_must() -> None:
    assert acts("<img src=x onerror=alert(1)><a href='//evil.test'>x</a>") == [
        "img src=x",
        "img onerror",
        "a href=//evil.test",
    ]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>[]()!\"'`/\\:&#;=javscriptonerhlsgm \n\x00\u202e", max_size=80))
def test_no_text_makes_html_that_acts(text: str) -> None:
    assert acts(markdown.render(text, images=True)) == []


def test_useful_marks_survive() -> None:
    html = markdown.render(
        "# T\n\n**b** *e* ~~s~~ [l](https://a.example/x?y=1&z=2) [m](mailto:a@b.example)\n\n3. x\n\n---\n\n> q"
    )
    for part in (
        "<h1>T</h1>",
        "<strong>b</strong>",
        "<em>e</em>",
        "<s>s</s>",
        'href="https://a.example/x?y=1&amp;z=2"',
        'href="mailto:a@b.example"',
        '<ol start="3">',
        "<hr>",
        "<blockquote>",
    ):
        assert part in html


def test_a_picture_is_a_link_where_pictures_are_not_wanted() -> None:
    text = "![A gear](https://a.example/g.png)"
    assert markdown.render(text) == '<p><a href="https://a.example/g.png" rel="noopener noreferrer">A gear</a></p>\n'
    assert '<img src="https://a.example/g.png" alt="A gear">' in markdown.render(text, images=True)
    assert markdown.images_of(text + "\n![](https://a.example/h.png)") == [
        ("https://a.example/g.png", "A gear"),
        ("https://a.example/h.png", ""),
    ]


OURS = "attachment:01234567-89ab-cdef-0123-456789abcdef"


@pytest.mark.parametrize(
    ("words", "is_described"),
    [
        ("![The rig at night](https://a.example/x.png)", True),
        ("![](https://a.example/x.png)", False),
        ("![ ](https://a.example/x.png)", False),
        ("![IMG_4711](https://a.example/x.png)", False),
        ("![DSC 0012](https://a.example/x.png)", False),
        ("![20261130-0905](https://a.example/x.png)", False),
        ("![our rig.JPG](https://a.example/x.png)", False),
        ("![Bild 3](https://a.example/x.png)", True),
        (f"![Team on [the] pier]({OURS})", False),
        (f"![team on the pier]({OURS})", False),
        (f"![Six people on the pier]({OURS})", True),
        (f'![]({OURS} "decorative")', True),
        (f"![]({OURS} 'Dekorativ')", True),
        (f'![]({OURS} "A title")', False),
    ],
)
def test_the_name_of_a_file_describes_nothing(words: str, is_described: bool) -> None:
    names = {OURS.removeprefix("attachment:"): "Team on [the] pier.png"}
    assert (markdown.undescribed(f"Before\n\n{words}", names) == []) is is_described


def test_what_says_that_a_picture_decorates_is_read_by_nobody() -> None:
    pictures = {OURS.removeprefix("attachment:"): "https://site.example/x.png"}
    text = f'![]({OURS} "decorative")\n\nWords'
    html = markdown.render(text, images=True, pictures=pictures)
    assert '<img src="https://site.example/x.png" alt="">' in html
    assert "decorative" not in html
    assert markdown.plain_text(text) == "Words"
    assert markdown.render(text, images=True, pictures={}) == "<p></p>\n<p>Words</p>\n"
    assert 'title="A title"' in markdown.render('![The rig](https://a.example/x.png "A title")', images=True)


def test_refused_links_are_named() -> None:
    text = "[a](https://ok.example) [b](javascript:x) [c](//evil.test) [d](/p/x/) [b](javascript:x)"
    assert markdown.refused_links(text) == ["javascript:x", "//evil.test", "/p/x/"]
    with pytest.raises(ValidationError, match=r"javascript:x, //evil\.test, /p/x/\. Only https"):
        markdown.validate_links(text)
    markdown.validate_links("[a](https://ok.example)")


def test_plain_text_keeps_everything_readable() -> None:
    text = "# T\n\nSee [us](https://a.example/x).\n\n- a\n- b\n  - c\n\n1. x\n2. y\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert (
        markdown.plain_text(text)
        == "T\n\nSee us (https://a.example/x).\n\n- a\n- b\n  - c\n\n1. x\n2. y\n\na | b\n\n1 | 2"
    )


@pytest.mark.parametrize("text", ["a\nb", "a\r\nBcc: x@y.example", "a\u2028b", "a\x85b", "a\vb"])
def test_a_subject_is_one_line(text: str) -> None:
    with pytest.raises(ValidationError, match="single line"):
        validate_one_line(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\x00b", "after “a”"),
        ("\x07", "position 1"),
        ("ab\u202egpj", "after “ab”"),
        ("\u2067x", "position 1"),
        ("x\ud800", "after “x”"),
        ("These are\nmany words before\u2067it", "after “se are many words before”"),
    ],
)
def test_invisible_characters_are_refused_with_their_place(text: str, place: str) -> None:
    with pytest.raises(ValidationError) as error:
        validate_visible(text)
    assert f"{place}." in error.value.messages[0]


def test_ordinary_text_passes() -> None:
    for ordinary in ("Grüße an Zoë 👩‍🔧,\n\tbis bald", "Grüße – bis bald"):
        validate_visible(ordinary)
        with pytest.raises(ValidationError):
            validate_visible(f"{ordinary}\N{RIGHT-TO-LEFT OVERRIDE}")
    validate_one_line("Grüße – bis bald")
    with pytest.raises(ValidationError):
        validate_one_line("Grüße,\nbis bald")


def test_a_mention_leads_to_a_page_where_there_is_one() -> None:
    """Not inside another link, nor in code; and nobody writes such a link by hand."""
    known: dict[str, Any] = {"names": {7: "Mara", 8: "Ben"}, "pages": {7: "/p/a/directory/7/"}}
    link = '<a href="/p/a/directory/7/" class="mention" rel="noopener noreferrer">@Mara</a>'
    assert markdown.render("Ask @[7] or @[8].", **known) == f"<p>Ask {link} or <strong>@Ben</strong>.</p>\n"
    assert "mention" not in markdown.render("[Ask @[7] now](https://a.example) and `@[7]`", **known)
    assert "<a" not in markdown.render("[x](/p/a/directory/7/)", **known)
    assert markdown.render("*@[7]*", pages=known["pages"]) == "<p><em>@…</em></p>\n", "no name, no link"
