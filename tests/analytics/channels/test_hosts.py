import pytest

from analytics.channels.hosts import is_comment, network_of


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://www.linkedin.com/posts/ines_stahl-activity-7330125177223049218-abcd?utm_source=share", "linkedin"),
        ("https://lnkd.in/e9Xk", "linkedin"),
        ("https://de.linkedin.com/feed/update/urn:li:share:7330125177223049218", "linkedin"),
        ("https://www.xing.com/pages/nordwerk", "xing"),
        ("https://hachyderm.io/@ines/112233445566", "mastodon"),
        ("https://mastodon.nordwerk.example/web/statuses/1", "mastodon"),
        ("https://bsky.app/profile/ines.example/post/3kxy", "bluesky"),
        ("https://youtu.be/abc", "youtube"),
        ("https://www.facebook.com/nordwerk/posts/1", "facebook"),
        ("https://fb.watch/abc/", "facebook"),
        ("https://www.tiktok.com//video/7", "tiktok"),
        ("https://nordwerk.sharepoint.com/sites/x", "internal"),
        ("https://notlinkedin.com/in/x", None),
        ("https://linkedin.com.evil.example/in/x", None),
        ("https://medium.com/@ines/post", "blog"),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_network_of(url: str, network: str | None) -> None:
    assert network_of(url) == network


def test_is_comment() -> None:
    assert is_comment("https://www.linkedin.com/feed/update/urn:li:activity:1?commentUrn=urn%3Ali%3Acomment%3A1")
    assert not is_comment("https://www.linkedin.com/feed/update/urn:li:activity:1")
    assert is_comment("https://www.youtube.com/watch?v=x&lc=abc")
