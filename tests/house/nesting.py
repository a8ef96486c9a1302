"""What HTML allows in what, as far as browsers would tacitly build another page than was written.

A paragraph in a span is closed where nobody closed it, a link in a link ends the first one: styles, scripts and screen
readers then meet something else than the template says.
"""

import re
from html.parser import HTMLParser


def tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = tags("area base br col embed hr img input link meta source track wbr path circle rect line use")
# Closed by what follows them or by the end of what they stand in.
OPEN_ENDED = tags("p li dt dd tr td th thead tbody tfoot option optgroup colgroup")
BLOCKS = tags(
    "address article aside blockquote dd details dialog div dl dt fieldset figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr li main menu nav ol p pre search section table ul"
)
HEADINGS = tags("h1 h2 h3 h4 h5 h6")
PHRASES = (
    tags(
        "abbr b bdi bdo button cite code data dfn em i kbd label mark output p pre q s samp small span strong "
        "sub sup time u var legend summary"
    )
    | HEADINGS
)
PRESSED = tags("a button label select textarea")
WITHIN = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "option": {"select", "datalist", "optgroup"},
    "legend": {"fieldset"},
    "summary": {"details"},
}
LISTS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}}
ANYWHERE = tags("script template")


class Nesting(HTMLParser):
    """Reads one page and keeps what is wrong in it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.wrong: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at_attributes(tag, attrs)
        if "svg" not in self.open:
            self._end_what_ends_by_itself(tag)
            self._look_at_place(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in OPEN_ENDED and tag in self.open:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in VOID:
            self.wrong.add(f"</{tag}> where <{self.open[-1] if self.open else ''}> is open")

    def _look_at_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.wrong |= {f"<{tag}> has {name} twice" for name in names if names.count(name) > 1}
        for name, value in attrs:
            if name == "id":
                if not value or value in self.ids:
                    self.wrong.add(f"id {value!r} twice" if value else f"<{tag}> has an empty id")
                self.ids.add(value or "")

    def _end_what_ends_by_itself(self, tag: str) -> None:
        kin = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "option": {"option"}}
        kin |= {"td": {"td", "th"}, "th": {"td", "th"}}
        while self.open and self.open[-1] in kin.get(tag, ()):
            self.open.pop()

    def _look_at_place(self, tag: str, attrs: dict[str, str | None]) -> None:
        parent = self.open[-1] if self.open else ""
        if parent == "template":
            return
        if tag in WITHIN and parent not in WITHIN[tag]:
            self.wrong.add(f"<{tag}> in <{parent}>")
        if parent in LISTS and tag not in LISTS[parent] | ANYWHERE:
            self.wrong.add(f"<{tag}> in <{parent}>")
        around = next((each for each in reversed(self.open) if each not in ("a", "ins", "del")), "")  # these take on
        is_heading_of = around in ("legend", "summary") and tag in HEADINGS
        if tag in BLOCKS and around in PHRASES and not is_heading_of and tag not in WITHIN:
            self.wrong.add(f"<{tag}> in <{around}>")
        pressed = {each for each in self.open if each in PRESSED} - (set() if tag == "label" else {"label"})
        if tag in PRESSED | {"input"} and attrs.get("type") != "hidden" and pressed:
            self.wrong.add(f"<{tag}> in <{min(pressed)}>")
        if tag == "form" and "form" in self.open:
            self.wrong.add("<form> in <form>")


ALL_LANGUAGES = re.compile(r"\{(&#x27;|')(de|en)\1: ")  # what a row keeps, where somebody reads it


def wrong_in(page: str) -> set[str]:
    found = Nesting()
    found.feed(page)
    found.close()
    if ALL_LANGUAGES.search(page):
        found.wrong.add("a text in all its languages at once")
    return found.wrong | {f"<{tag}> is never closed" for tag in found.open if tag not in OPEN_ENDED}
