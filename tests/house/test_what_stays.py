"""What htmx leaves in its place must not be old: the page with its exchanged parts is the page as it would be now.

Every form of these pages that exchanges parts of its page is sent once; counts beside a list are what gets forgotten.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories.checklists import make_item

PAGES = {
    "programs:invitations": ("manager", "generation"),
    "programs:checklists": ("manager", ""),
    "programs:phase_detail": ("manager", "phase"),
    "programs:timeline": ("manager", ""),
    "programs:path": ("influencer", ""),
    "programs:consents": ("influencer", ""),
}
WITHOUT_END = {"br", "img", "input", "link", "meta", "hr", "source", "wbr", "col", "use", "path", "circle"}
INHERITED = ("hx-target", "hx-select", "hx-select-oob")
ALWAYS_NEW = {"toasts"}


@dataclass
class Form:
    url: str
    exchanged: set[str]
    values: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The forms of a page that exchange parts of it, and its texts outside of some parts."""

    def __init__(self, html: str, without: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        super().__init__()
        self.without, self.open, self.forms, self.texts = without, [], [], []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        above = self.open[-1] if self.open else {}
        here = {"tag": tag} | {name: given.get(name, above.get(name, "")) for name in INHERITED}
        here["out"] = above.get("out") or given.get("id") in self.without
        here["form"] = above.get("form")
        if tag == "form" and given.get("hx-post") and here["hx-select"] not in ("", "unset"):
            ids = f"{here['hx-target']},{here['hx-select-oob']}".replace("#", "").split(",")
            here["form"] = Form(given["hx-post"], {name.strip() for name in ids})
            self.forms.append(here["form"])
        if tag in ("input", "button") and here["form"] and given.get("name") and given.get("type") != "checkbox":
            here["form"].values.setdefault(given["name"], given.get("value", ""))
        if not here["out"]:
            self.texts += [given[name] for name in ("aria-label", "title") if given.get(name)]
        if tag not in WITHOUT_END:
            self.open.append(here)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in WITHOUT_END:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()["tag"] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.open and (self.open[-1]["out"] or self.open[-1]["tag"] == "script")):
            self.texts.append(data.strip())


def texts(client: Client, url: str, without: set[str]) -> list[str]:
    return Page(client.get(url).content.decode(), without).texts


@pytest.mark.parametrize("page", PAGES)
def test_what_stays_is_as_it_is_now(page: str, world: Any, sign_in: Any) -> None:
    name, of = PAGES[page]
    make_item(world.phase, 8, title_en="Book a venue", due_on=world.yesterday)
    client = sign_in(getattr(world, name))
    url = reverse(page, args=[world.program.slug, *([getattr(world, of).pk] if of else [])])
    forms = Page(client.get(url).content.decode()).forms
    assert forms
    for form in forms:
        before = texts(client, url, form.exchanged | ALWAYS_NEW)
        with transaction.atomic():
            answer = client.post(form.url, form.values, headers={"HX-Request": "true"})
            after = texts(client, url, form.exchanged | ALWAYS_NEW)
            transaction.set_rollback(True)
        assert answer.status_code in (200, 302), form
        assert after == before, f"{form.url} leaves old words on {page}: {set(after) ^ set(before)}"


def test_words_outside_of_what_is_exchanged_are_seen() -> None:
    form = '<form hx-post="/tick/" hx-target="#row" hx-select="#row" hx-select-oob="#count"><input name="a" value="1">'
    html = f'<h1 title="3 of 8">Open</h1><p id="row">Venue{form}</form></p><p id="count">3 left</p><script>x</script>'
    page = Page(html, {"row", "count"})
    (found,) = page.forms
    assert (found.url, found.exchanged, found.values) == ("/tick/", {"row", "count"}, {"a": "1"})
    assert page.texts == ["3 of 8", "Open"]
    assert Page(html, {"row"}).texts == ["3 of 8", "Open", "3 left"]
