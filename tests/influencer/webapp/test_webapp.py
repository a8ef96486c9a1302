"""The site as an app: installed, without a connection, and as a place to which other apps share."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from programs.membership.models import Membership
from tests.factories.news import make_news

SHARE = reverse("webapp:share")


def test_the_app_can_be_installed(client: Client, db: None) -> None:
    answer = client.get(reverse("webapp:manifest"))
    manifest = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["display"], manifest["start_url"], manifest["scope"]) == ("standalone", "/", "/")
    assert (manifest["share_target"]["action"], manifest["share_target"]["method"]) == (SHARE, "GET")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    page = client.get("/accounts/login/").content.decode()
    assert 'rel="manifest" href="/app.webmanifest"' in page


def test_the_worker_keeps_the_page_for_no_connection_and_nothing_else(client: Client, db: None) -> None:
    answer = client.get(reverse("webapp:worker"))
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    parts = re.findall(r'"([^"]+)"', text.split("const PARTS = ")[1].split("\n")[0])
    assert parts[:2] == [reverse("webapp:offline"), reverse("webapp:unsent")]
    assert all(part.startswith("/static/") for part in parts[2:])
    assert "cache.put" not in text  # what is kept is what was listed, never what was asked for


def test_the_page_for_no_connection_is_the_same_for_everybody(world: Any, sign_in: Any) -> None:
    make_news(world.influencer, about="1", item="1", program_id=world.program.pk)
    pages = {sign_in(person).get(reverse("webapp:offline")).content for person in (world.influencer, world.council)}
    pages.add(Client().get(reverse("webapp:offline"), headers={"accept-language": "de"}).content)
    (page,) = pages
    text = page.decode()
    assert "You are offline." in text
    assert "Sie sind offline." in text
    assert "csrf" not in text.lower()


def test_the_page_for_what_was_not_sent_is_the_same_for_everybody(world: Any, sign_in: Any) -> None:
    page = sign_in(world.influencer).get(reverse("webapp:unsent")).content
    assert page == Client().get(reverse("webapp:unsent")).content
    assert "Gehen Sie eine Seite zurück" in page.decode()


@pytest.mark.parametrize(
    ("shared", "link"),
    [
        ({"url": "https://www.linkedin.com/posts/1?a=b"}, "https://www.linkedin.com/posts/1?a=b"),
        ({"text": "Look at this: https://lnkd.in/xyz."}, "https://lnkd.in/xyz"),
        ({"title": "A post", "text": "https://lnkd.in/a https://lnkd.in/b"}, "https://lnkd.in/a"),
        ({"text": "javascript:alert(1)"}, ""),
        ({"text": "https://example.com/" + "a" * 5000}, "https://example.com/" + "a" * 380),
        ({}, ""),
    ],
)
def test_what_is_shared_opens_the_log_with_the_link(
    shared: dict[str, str], link: str, world: Any, sign_in: Any
) -> None:
    client = sign_in(world.influencer)
    answer = client.get(SHARE, shared)
    place = urlsplit(answer["Location"])
    assert place.path == "/p/nordlichter/activities/new/"
    assert parse_qs(place.query).get("url", [""]) == [link]
    page = client.get(answer["Location"]).content.decode()
    assert ("No link was shared" in page) is not bool(link)


def test_who_logs_nothing_is_told_so(world: Any, sign_in: Any) -> None:
    client = sign_in(world.council)
    answer = client.get(SHARE, {"url": "https://lnkd.in/xyz"}, follow=True)
    assert "Only people who take part in a program can log activities." in answer.content.decode()


def test_sharing_before_signing_in_goes_on_afterwards(world: Any) -> None:
    answer = Client().get(SHARE, {"url": "https://lnkd.in/xyz"})
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [f"{SHARE}?url=https%3A%2F%2Flnkd.in%2Fxyz"]


def test_it_goes_to_the_program_used_last(world: Any, sign_in: Any) -> None:
    Membership.objects.create(program=world.other_program, user=world.influencer, role="influencer")
    client = sign_in(world.influencer)
    client.get("/p/stimmen/")
    assert client.get(SHARE, {"url": "https://lnkd.in/xyz"})["Location"].startswith("/p/stimmen/")
