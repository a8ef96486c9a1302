"""Links that people log: without tracking parts, and known again when they are logged twice."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from analytics.activities.links import cleaned, same_page
from analytics.activities.models import Activity
from tests.factories.activities import make_activity

POST = "https://www.linkedin.com/posts/anna_energie-activity-7265432109876543210-AbCd"
UPDATE = "https://linkedin.com/feed/update/urn:li:activity:7265432109876543210/"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (f"{POST}?utm_source=share&utm_medium=member_desktop&rcm=ACoAAA", POST),
        ("https://a.example/?p=3&fbclid=x&gclid=y&q=%C3%BC+1#part", "https://a.example/?p=3&q=%C3%BC+1#part"),
        ("https://a.example/x?mc_cid=1&mc_eid=2&li_fat_id=3&TRK=feed", "https://a.example/x"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc&t=42", "https://youtu.be/dQw4w9WgXcQ?t=42"),
        ("https://open.spotify.com/episode/4?si=abc", "https://open.spotify.com/episode/4"),
        ("https://www.instagram.com/p/Abc/?igsh=MQ%3D%3D", "https://www.instagram.com/p/Abc/"),
        ("https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1"),
        # what means something stays, sign by sign
        ("https://a.example/watch?si=3&s=size&t=9", "https://a.example/watch?si=3&s=size&t=9"),
        ("https://a.example/?b=2&a=1&a=&flag&&x=%2f", "https://a.example/?b=2&a=1&a=&flag&&x=%2f"),
        ("https://a.example/f?utm_source=x&X-Amz-Signature=12", "https://a.example/f?utm_source=x&X-Amz-Signature=12"),
        (f"{UPDATE}?commentUrn=urn%3Ali%3Acomment%3A1", f"{UPDATE}?commentUrn=urn%3Ali%3Acomment%3A1"),
        ("https://a.example/#/p?utm_source=x", "https://a.example/#/p?utm_source=x"),
        ("https://notyoutu.be/x?si=1", "https://notyoutu.be/x?si=1"),
        ("https://[broken?utm_source=x", "https://[broken"),
        ("", ""),
    ],
)
def test_tracking_parts_go_and_everything_else_stays(pasted: str, kept: str) -> None:
    assert cleaned(pasted) == kept
    assert cleaned(kept) == kept


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (POST, UPDATE, True),
        (POST, f"{UPDATE}?commentUrn=urn%3Ali%3Acomment%3A1", False),
        ("https://youtu.be/dQw4w9WgXcQ?si=a", "http://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share", True),
        ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcR", False),
        ("https://twitter.com/a/status/1/", "https://x.com/a/status/1?s=20", True),
        ("http://www.a.example/x/", "https://A.example/x?utm_source=b", True),
        ("https://a.example/?p=1", "https://a.example/?p=2", False),
        ("https://a.example/X", "https://a.example/x", False),
    ],
)
def test_one_page_is_known_by_each_of_its_links(one: str, other: str, is_same: bool) -> None:
    assert (same_page(one) == same_page(other)) is is_same


@pytest.fixture
def client(world: Any, sign_in: Any) -> Any:
    Activity.objects.all().delete()
    return sign_in(world.influencer)


def new(world: Any) -> str:
    return reverse("analytics:activity_new", args=[world.program.slug])


def test_a_link_is_kept_clean_even_when_its_tracking_is_long(world: Any, client: Any) -> None:
    client.post(new(world), {"url": f"{POST}?utm_content={'x' * 900}"})
    assert Activity.objects.get().url == POST
    answer = client.post(new(world), {"url": f"https://a.example/{'x' * 900}"})
    assert answer.status_code == 422
    assert "400" in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_a_link_logged_twice_is_asked_about_and_never_refused(world: Any, client: Any, headers: Any) -> None:
    make_activity(world.influencer, world.program, on=date(2026, 11, 2), url=POST)
    data = {"url": f"{UPDATE}?utm_source=share", "note": "kept words"}
    answer = client.post(new(world), data, **headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You logged this link on" in page
    assert "kept words" in page
    assert "Log it again" in page
    assert Activity.objects.count() == 1
    asked = answer.context["log"].again
    # another link that is known as well is asked about by itself
    make_activity(world.influencer, world.program, on=date(2026, 11, 3), url="https://a.example/x")
    assert client.post(new(world), data | {"url": "https://a.example/x", "again": asked}, **headers).status_code == 422
    client.post(new(world), data | {"again": asked}, **headers)
    assert Activity.objects.count() == 3


def test_nobody_learns_of_other_peoples_links(world: Any, client: Any) -> None:
    make_activity(world.influencer2, world.program, url=POST)
    make_activity(world.influencer, world.other_program, url=POST)
    make_activity(world.influencer, world.program, url=POST).put_away()
    make_activity(world.influencer, world.program, url=POST, kind="comment")
    assert client.post(new(world), {"url": POST, "kind": "post"}).status_code == 302


def test_what_is_sent_twice_is_no_second_time(world: Any, client: Any) -> None:
    once = "6d8a4c1e-3f0b-4a57-9f3e-2b1f0c9d8e7a"
    for _ in range(2):
        assert client.post(new(world), {"url": POST, "once": once}).status_code == 302
    assert Activity.objects.count() == 1
