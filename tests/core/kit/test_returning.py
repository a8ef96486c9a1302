"""Where a page may send somebody on: to a page of this site, as a browser reads the address."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client, RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from core.kit.returning import go_to, is_ours, page_before, with_way_back
from tests.world import make_user

AWAY = [
    "true", "1", "None", "programs:timeline", "..", "?next=/", "#", "//elsewhere.example/", "///elsewhere.example",
    "/\\elsewhere.example", "\\\\elsewhere.example", "/\t/elsewhere.example", "/\n/elsewhere.example",
    "\t//elsewhere.example", "http://elsewhere.example/", "https:elsewhere.example", "http:///elsewhere.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "elsewhere.example", "@elsewhere.example",
    "/\u202e/", "/\u3002/\x00", "http://testserver@elsewhere.example/", "http://[::1", "/a\r\nSet-Cookie: a=b",
    "/" + "x" * 5000, "http://testserver/",
]  # fmt: skip
PASSWORD = "correct horse battery"


def read_by_a_browser(address: str) -> str:
    """White space at the ends and line breaks inside go, a backslash is a slash."""
    return re.sub(r"[\t\r\n]", "", address.strip("\x00\x20\x09\x0a\x0c\x0d")).replace("\\", "/")


@pytest.mark.parametrize("address", AWAY)
def test_what_leads_away_is_not_ours(address: str) -> None:
    assert not is_ours(address)
    assert go_to(address)["Location"] == "/"
    assert with_way_back("/here/", address) == "/here/"


@given(st.text(st.characters(codec="utf-8"), max_size=30).map("/".__add__))
@example("/p/nordlichter/?months=12&q=%C3%A4#comment-5")
def test_what_is_ours_stays_here(address: str) -> None:
    if is_ours(address):
        read = urlsplit(urljoin("https://here.example/", read_by_a_browser(address)))
        assert (read.scheme, read.netloc) == ("https", "here.example")


@pytest.mark.parametrize("address", ["/", "/p/a/?q=%20b", "/p/a/#comment-5", "/x" * 900])
def test_pages_of_ours_are(address: str) -> None:
    assert is_ours(address)
    assert go_to(address)["Location"] == address


@pytest.mark.parametrize(
    ("before", "page"),
    [
        ("http://testserver/p/a/?q=1", "/p/a/?q=1"),
        ("http://testserver//elsewhere.example/", ""),
        ("http://elsewhere.example/p/a/", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_the_page_before(before: str, page: str) -> None:
    assert page_before(RequestFactory().get("/", headers={"referer": before})) == page


@pytest.mark.parametrize("away", AWAY)
def test_signing_in_never_leads_away(away: str, db: None) -> None:
    person = make_user("anna")
    person.set_password(PASSWORD)
    person.save()
    form = {"login": person.email, "password": PASSWORD, "next": away}
    for answer in (Client().post("/accounts/login/", form), Client().post("/language/", form | {"language": "de"})):
        assert (answer.status_code, answer["Location"]) == (302, "/")
