"""What posts hold beside words: files, code and tables, and cards of pages that they show."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from socket import EAI_AGAIN, gaierror
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from community.forum import cards, jobs, posts
from community.forum.models_linked import LinkCard, PostLink
from core.attachments.inspection import LIMIT
from core.attachments.models import Attachment
from core.journal.models import Entry
from tests.core.kit.outside import Outside, an_outside, certificate_for, says
from tests.core.kit.test_fetch import INSIDE
from tests.factories.attachments import make_attachment
from tests.factories.forum import make_post, make_topic

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PAGE = b"""<html><head><title>Seven questions &amp; more</title>
<meta name="description" content="A list to print."><meta property="og:image" content="https://example.com/a.png">
</head><body><title>not this</title></body></html>"""


def page(client: Any, topic: Any) -> str:
    return client.get(reverse("community:topic_detail", args=["nordlichter", topic.pk])).content.decode()


def test_a_file_hangs_on_a_post_and_is_opened_by_readers_alone(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    where = reverse("attachments:file_add", args=["topic", world.topic.pk])
    answer = client.post(where, {"file": SimpleUploadedFile("Plan [1].pdf", PDF)}).json()
    assert (answer["is_picture"], answer["source"][:11]) == (False, "attachment:")
    text = f"Here: [Plan]({answer['source']}) and [gone](attachment:{uuid.uuid4()})"
    make_post(world.topic, world.influencer, text)
    shown = page(sign_in(world.influencer2), world.topic)
    assert f'<a href="{answer["url"]}"' in shown
    assert " and gone" in shown
    assert sign_in(world.influencer2).get(answer["url"]).status_code == 200
    assert sign_in(world.executive).get(answer["url"]).status_code == 403
    assert sign_in(world.stranger).get(answer["url"]).status_code == 404
    refused = client.post(where, {"file": SimpleUploadedFile("a.exe", b"MZ\x00\x01")})
    assert (refused.status_code, bool(refused.json()["problem"])) == (422, True)


def test_a_file_goes_from_the_new_topic_to_its_place_and_never_shows_its_number(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    where = reverse("attachments:file_add", args=["forum", world.program.pk])
    answer = client.post(where, {"file": SimpleUploadedFile("plan.pdf", PDF)}).json()
    words = {"title": "The plan", "text": f"[plan.pdf]({answer['source']})", "board": world.topic.board_id}
    client.post(reverse("community:topic_new", args=["nordlichter"]), words | {"key": uuid.uuid4()})
    assert Attachment.objects.get(name="plan.pdf").kind == "topic"
    listed = client.get(reverse("community:forum", args=["nordlichter"]), {"show": "all"}).content.decode()
    assert "plan.pdf" in listed
    assert "attachment:" not in listed


def test_a_deleted_quote_leaves_the_picture_to_its_post(world: Any) -> None:
    picture = make_attachment(world.program.pk, kind="topic", target_id=world.topic.pk, by=world.coach)
    words = f"![Hall](attachment:{picture.pk})"
    original = make_post(world.topic, world.coach, words)
    quote = make_post(world.topic, world.influencer, f"> {words}")
    elsewhere = make_post(make_topic(world, world.influencer), world.influencer, words)
    assert jobs.forget_pictures([quote.pk]) == 0
    posts.edit_post(original, text="Later.", version=1, by=world.coach)  # readers can see what it said before
    assert jobs.forget_pictures([quote.pk, elsewhere.pk]) == 0
    quote.delete()
    original.delete()
    assert jobs.forget_pictures([elsewhere.pk]) == 0, "a post of another topic owns nothing here"
    again = make_post(world.topic, world.coach, words)
    assert jobs.forget_pictures([again.pk, elsewhere.pk]) == 1
    assert not Attachment.objects.filter(pk=picture.pk).exists()


@pytest.mark.parametrize("who", ["manager", "influencer"])
def test_the_file_of_a_post_that_is_gone_opens_for_its_author_and_hosts(who: str, world: Any, sign_in: Any) -> None:
    client, reader = sign_in(world.influencer), sign_in(world.influencer2)
    where = reverse("attachments:file_add", args=["topic", world.topic.pk])
    answer = client.post(where, {"file": SimpleUploadedFile("plan.pdf", PDF)}).json()
    assert reader.get(answer["url"]).status_code == 404, "it is not posted yet"
    post = make_post(world.topic, world.influencer, f"[plan.pdf]({answer['source']})")
    assert reader.get(answer["url"]).status_code == 200
    posts.delete_post(post, by=getattr(world, who), because="It names a customer.")
    assert reader.get(answer["url"]).status_code == 404
    assert client.get(answer["url"]).status_code == 200
    assert sign_in(world.manager).get(answer["url"]).status_code == 200
    posts.restore_post(post, by=getattr(world, who))
    assert reader.get(answer["url"]).status_code == 200


def test_code_and_tables_stand_as_they_are(world: Any, sign_in: Any) -> None:
    make_post(world.topic, world.influencer, "```\n<b>1 < 2</b>\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |")
    shown = page(sign_in(world.influencer2), world.topic)
    assert "<pre><code>&lt;b&gt;1 &lt; 2&lt;/b&gt;" in shown
    assert "<td>2</td>" in shown


@pytest.fixture
def web(tmp_path: Path, monkeypatch: Any, settings: Any) -> Iterator[Outside]:
    """An internet in which example.com may be asked."""
    settings.OUTGOING_HOSTS = ["example.com", "inside.example"]
    certificate = certificate_for("example.com", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with an_outside(certificate) as outside:
        outside.answers["/list"] = says(PAGE, type="text/html; charset=utf-8")
        yield outside


def fetch(web: Outside) -> None:
    for pk in cards.waiting():
        cards.fetch_card(pk, **web.wiring)


def test_a_page_that_is_shown_gets_a_card_after_posting(world: Any, sign_in: Any, web: Outside) -> None:
    make_post(world.topic, world.influencer, "This helped:\n\nhttps://example.com/list")
    assert web.connected == []  # posting waits for nobody
    before = page(sign_in(world.influencer2), world.topic)
    assert '<a href="https://example.com/list"' in before
    assert "linkcard" not in before
    fetch(web)
    shown = page(sign_in(world.influencer2), world.topic)
    assert "<b>Seven questions &amp; more</b><span>A list to print.</span>" in shown
    assert "a.png" not in shown  # nobody's browser asks that site for anything
    assert "cookie" not in web.asked[0]
    assert "referer" not in web.asked[0]
    make_post(world.topic, world.coach, "https://example.com/list")
    fetch(web)
    assert len(web.connected) == 1  # asked once


def test_a_dead_link_stays_a_link(world: Any, sign_in: Any, web: Outside) -> None:
    web.answers["/picture"] = says(b"\x89PNG", type="image/png")
    web.names["inside.example"] = [["127.0.0.1"]]
    for address in ("https://example.com/gone", "https://example.com/picture", "https://inside.example/"):
        make_post(world.topic, world.influencer, address)
    fetch(web)
    assert LinkCard.objects.exclude(asked_at=None).filter(title="").count() == 3
    shown = page(sign_in(world.influencer2), world.topic)
    assert '<a href="https://inside.example/"' in shown
    assert "linkcard" not in shown


def test_who_posted_a_dead_link_is_told_and_nobody_else(world: Any, sign_in: Any, web: Outside) -> None:
    """No page, none any more, no server; a server that is out of order may be back."""
    web.answers |= {"/gone": says(status=410), "/broken": says(status=500), "/slow": says(status=503)}
    for address in ("example.com/missing", "example.com/gone", "example.com/broken", "example.com/slow"):
        make_post(world.topic, world.influencer, f"https://{address}")
    fetch(web)
    assert set(LinkCard.objects.filter(is_dead=True).values_list("url", flat=True)) == {
        "https://example.com/missing",
        "https://example.com/gone",
    }
    own = page(sign_in(world.influencer), world.topic)
    assert own.count("Only you see this: https://example.com/") == 2
    assert "example.com/gone could not be reached on" in own
    assert '<a href="https://example.com/gone"' in own
    assert "Only you see this" not in page(sign_in(world.influencer2), world.topic)
    assert "Only you see this" not in page(sign_in(world.manager), world.topic)


def test_a_dead_link_is_looked_at_again_when_somebody_else_posts_it(world: Any, web: Outside) -> None:
    make_post(world.topic, world.coach, "https://example.com/missing")
    fetch(web)
    LinkCard.objects.update(asked_at=timezone.now() - timedelta(days=9))
    web.answers["/missing"] = says(b"<title>Here again</title>", type="text/html")
    make_post(world.topic, world.influencer, "https://example.com/missing")
    fetch(web)
    card = LinkCard.objects.get()
    assert (card.is_dead, card.title, (timezone.now() - card.asked_at).days) == (False, "Here again", 0)


def test_a_name_that_cannot_be_looked_up_just_now_is_not_dead(world: Any, web: Outside) -> None:
    make_post(world.topic, world.influencer, "https://inside.example/")

    def later(_host: str, _port: int) -> Any:
        raise gaierror(EAI_AGAIN, "Temporary failure")

    for pk in cards.waiting():
        cards.fetch_card(pk, resolve=later)
    assert not LinkCard.objects.get().is_dead


def test_a_server_that_nobody_has_is_a_dead_link(world: Any, web: Outside) -> None:
    make_post(world.topic, world.influencer, "https://inside.example/")

    def nobody(_host: str, _port: int) -> Any:
        raise OSError

    for pk in cards.waiting():
        cards.fetch_card(pk, resolve=nobody)
    assert LinkCard.objects.get().is_dead


@pytest.mark.parametrize("address", INSIDE)
def test_no_card_is_asked_for_from_the_inside(address: str, world: Any, web: Outside, settings: Any) -> None:
    """As it is written, behind a name, and behind a redirect."""
    settings.OUTGOING_HOSTS = ["*"]
    web.names |= {"inside.example": [["93.184.216.34", address]], "turns.example": [["93.184.216.34"], [address]]}
    host = f"[{address}]" if ":" in address else address
    for url in (f"https://{host}/", f"http://{host}/latest", "https://inside.example/"):
        make_post(world.topic, world.influencer, f"See:\n\n{url}")
    fetch(web)
    assert web.connected == []
    web.answers["/list"] = says(status=302, Location=f"https://{host}/")
    make_post(world.topic, world.influencer, "See:\n\nhttps://example.com/list")
    fetch(web)
    assert web.connected == ["93.184.216.34"]
    assert not LinkCard.objects.exclude(title="").exists()


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "gopher://example.com/", "ftp://example.com/", "javascript:alert(1)", "//example.com/"),
        *("https://localhost/", "https://0x7f.1/", "https://127.1/", "https://2130706433/", "https://0177.0.0.1/"),
        *("https://user:word@example.com/", "https://example.com@127.0.0.1/", "https://[fe80::1%25eth0]/"),
        *("https://example.com:22/", "https://example.com:8443/", "https://example.com\\@127.0.0.1/"),
    ],
)
def test_an_odd_address_makes_no_card(url: str, world: Any, web: Outside, settings: Any) -> None:
    settings.OUTGOING_HOSTS = ["*"]
    make_post(world.topic, world.influencer, f"See:\n\n{url}")
    fetch(web)
    assert (web.connected, LinkCard.objects.exclude(title="").exists()) == ([], False)


def test_a_file_that_is_too_large_is_said_in_a_sentence(world: Any, sign_in: Any) -> None:
    where = reverse("attachments:file_add", args=["topic", world.topic.pk])
    large = SimpleUploadedFile("film.pdf", b"%PDF" + b"x" * LIMIT)
    answer = sign_in(world.influencer).post(where, {"file": large})
    assert answer.status_code == 422
    assert "MB" in answer.json()["problem"]
    assert not Attachment.objects.filter(name="film.pdf").exists()


def test_who_allows_no_host_has_no_cards(world: Any, settings: Any) -> None:
    for hosts in ([], ["example.org"]):
        settings.OUTGOING_HOSTS = hosts
        make_post(world.topic, world.influencer, "https://example.com/list")
    assert not LinkCard.objects.exists()


def test_a_card_goes_when_nobody_shows_its_page(world: Any, web: Outside) -> None:
    post = make_post(world.topic, world.influencer, "https://example.com/list")
    many = "\n".join(f"https://example.com/{number}" for number in range(9))
    posts.edit_post(post, text=many, version=1, by=world.influencer)
    assert list(PostLink.objects.filter(post=post).values_list("card__url", flat=True)) == many.split("\n")[:3]
    assert cards.retention() == 1  # the first one


def test_a_hostile_page_costs_no_time_and_shows_nothing(world: Any, sign_in: Any, web: Outside) -> None:
    title = b"<title>\xe2\x80\xae<script>alert(1)</script>Fine</title>"
    web.answers["/bad"] = says(title + b"<!--" * 40_000, type="text/html")
    make_post(world.topic, world.influencer, "https://example.com/bad")
    fetch(web)
    card = LinkCard.objects.get()
    assert card.title.endswith("Fine")
    assert "\u202e" not in card.title
    assert "<script>alert" not in page(sign_in(world.influencer2), world.topic)


def test_the_log_does_not_say_who_hung_a_file_on_a_post(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    for kind, pk in (("topic", world.topic.pk), ("forum", world.program.pk)):
        file = SimpleUploadedFile("plan.pdf", PDF, content_type="application/pdf")
        answer = client.post(reverse("attachments:file_add", args=[kind, pk]), {"file": file})
        assert "attachment:" in answer.json()["source"]
    assert Attachment.objects.filter(by=world.influencer, kind__in=("topic", "forum")).count() == 2
    assert not Entry.objects.filter(verb__startswith="attachments.").exists()
