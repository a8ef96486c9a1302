"""How the answers of networks are read: real ones, and such as nobody should trust."""

from datetime import UTC, datetime
from typing import Any

import pytest

from analytics.connectors.networks import bluesky, mastodon
from analytics.connectors.networks.base import Handle, Trouble, count, moment, words
from analytics.connectors.networks.known import place_of
from tests.analytics.connectors.networks import ACCOUNT, DID, FEED, HOST, NOW, NUMBER, PROFILE, STATUS, status

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "network", "host", "handle"),
    [
        ("@ines@nord.example", "mastodon", "nord.example", "ines"),
        (" ines@nord.example ", "mastodon", "nord.example", "ines"),
        ("https://nord.example/@ines", "mastodon", "nord.example", "ines"),
        ("https://nord.example/@ines/", "mastodon", "nord.example", "ines"),
        ("@Ines@Größe.example", "mastodon", "xn--grsse-kua.example", "Ines"),
        ("ines.bsky.social", "bluesky", bluesky.HOST, "ines.bsky.social"),
        ("@ines.bsky.social", "bluesky", bluesky.HOST, "ines.bsky.social"),
        ("https://bsky.app/profile/ines.bsky.social", "bluesky", bluesky.HOST, "ines.bsky.social"),
        (f"https://bsky.app/profile/{DID}/post/3k", "bluesky", bluesky.HOST, DID),
    ],
)
def test_an_account_is_recognised_by_how_it_is_written(said: str, network: str, host: str, handle: str) -> None:
    assert place_of(said) == Handle(network, host, handle)


@pytest.mark.parametrize(
    "said",
    [
        "", "ines", "@ines", "https://www.linkedin.com/in/ines/", "http://nord.example/@ines", "@ines@localhost",
        "@ines@127.0.0.1/@x", "@ines@nord.example\nBcc: x", "javascript:alert(1)", "@@@@",
    ],
)  # fmt: skip
def test_what_is_no_account_of_a_known_network(said: str) -> None:
    assert place_of(said) is None


def test_a_real_account_of_mastodon() -> None:
    found = mastodon.find(Handle("mastodon", HOST, "mastodonpy_test"), {
        f"https://{HOST}/api/v1/accounts/lookup?acct=mastodonpy_test": ACCOUNT
    }.__getitem__)  # fmt: skip
    assert (found.number, found.handle, found.followers) == (NUMBER, f"@mastodonpy_test@{HOST}", 0)
    assert (found.name, found.url) == ("mastodonpy_test", f"https://{HOST}/@mastodonpy_test")


def test_a_real_post_of_mastodon() -> None:
    real = STATUS | {"account": {"id": NUMBER}, "favourites_count": 3, "reblogs_count": 2, "quotes_count": 1}
    (post,) = tell([[real], []]).posts
    assert (post.number, post.title) == ("117020583223442465", "Toot!")
    assert post.published_at == datetime(2026, 8, 1, 13, 53, 15, 378000, tzinfo=UTC)
    assert post.figures == {"reactions": 3, "comments": 0, "reposts": 3}


def tell(pages: list[Any], *, pages_at_most: int = 5, since: datetime = LONG_AGO) -> Any:
    left = list(pages)

    def ask(url: str) -> Any:
        return left.pop(0) if "/statuses?" in url else ACCOUNT

    return mastodon.tell(HOST, NUMBER, ask, since=since, pages=pages_at_most)


def test_pages_are_followed_until_nothing_is_older() -> None:
    told = tell([[status(9), status(8)], [status(7)], []])
    assert ([post.number for post in told.posts], told.is_whole) == (["9", "8", "7"], True)


def test_a_page_that_repeats_ends_it() -> None:
    told = tell([[status(9)], [status(9)], [status(9)]])
    assert ([post.number for post in told.posts], told.is_whole) == (["9"], True)


def test_older_posts_are_not_asked_for() -> None:
    told = tell([[status(9), status(8, days_ago=40)]], since=NOW.replace(day=1))
    assert ([post.number for post in told.posts], told.is_whole) == (["9"], True)


def test_what_was_left_for_want_of_pages_is_said() -> None:
    told = tell([[status(9)], [status(8)]], pages_at_most=2)
    assert (len(told.posts), told.is_whole) == (2, False)


@pytest.mark.parametrize(
    "row",
    [
        None, "text", 7, [], {}, status(9, created_at="yesterday"), status(9, created_at=None), status(9, id=""),
        status(9, account={"id": "4"}), status(9, created_at="0001-01-01T00:00:00Z"),
    ],
)  # fmt: skip
def test_what_is_no_post_of_the_account_is_left_out_and_counted(row: Any) -> None:
    told = tell([[status(10), row], []])
    assert ([post.number for post in told.posts], told.left_out) == (["10"], 1)


@pytest.mark.parametrize("value", [-1, 1.5, "7", True, None, 2**60, [], {}])
def test_what_is_no_number_of_times_is_unknown(value: Any) -> None:
    (post,) = tell([[status(9, favourites_count=value)], []]).posts
    assert "reactions" not in post.figures
    assert count(value) is None


@pytest.mark.parametrize("answer", [None, [], "<html>", {"error": "Record not found"}, {"id": 7, "acct": "x"}])
def test_an_answer_that_is_none(answer: Any) -> None:
    with pytest.raises(Trouble, match="odd"):
        mastodon.find(Handle("mastodon", HOST, "ines"), lambda url: answer)
    with pytest.raises(Trouble, match="odd"):
        bluesky.find(Handle("bluesky", bluesky.HOST, "ines.example"), lambda url: answer)


def test_bluesky_leaves_aside_what_others_wrote() -> None:
    def ask(url: str) -> Any:
        return PROFILE if "getProfile" in url else FEED if "cursor=" not in url else {"feed": []}

    told = bluesky.tell(bluesky.HOST, DID, ask, since=LONG_AGO, pages=5)
    (post,) = told.posts
    assert (told.profile.number, told.profile.followers, told.left_out) == (DID, 547, 0)
    assert post.figures == {"reactions": 5, "comments": 1, "reposts": 2, "saves": 1}
    assert post.url == "https://bsky.app/profile/erika.example.org/post/3kexample1"
    assert (post.title, post.published_at) == ("Hallo Bluesky", datetime(2026, 10, 8, 7, 0, 7, tzinfo=UTC))


def test_bluesky_with_a_cursor_that_stands_still() -> None:
    def ask(url: str) -> Any:
        return PROFILE if "getProfile" in url else FEED

    assert bluesky.tell(bluesky.HOST, DID, ask, since=LONG_AGO, pages=50).is_whole


def test_a_text_is_words_on_one_line() -> None:
    assert words("<p>One</p><p>two&amp;<br>three <b>4</b></p>\x00") == "One two& three 4"
    assert (words(None), words("<script>"), len(words("a" * 900))) == ("", "", 300)


def test_a_moment_without_a_zone_is_in_utc() -> None:
    assert moment("2026-10-08T07:00:07") == datetime(2026, 10, 8, 7, 0, 7, tzinfo=UTC)
