"""What the own posts are about: chosen in the log or said as a hashtag, with ranges, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.activities.models import Activity
from analytics.dashboards.best_times import FEWEST, SeenPost, seen_posts
from analytics.dashboards.best_topics import by_topic, own_topics, topics_of_post
from analytics.metrics.models import Post
from programs.consents import services as consents
from tests.analytics.dashboards.test_own import account, make_post, url

__all__ = ["account"]
SHARE = "https://www.linkedin.com/feed/update/urn:li:share:74000000000000000"


def about(account: Any, topics: list[str], count: int, number: int, *, title: str = "") -> Post:
    """A post of some weeks ago and, where it has topics, the entry of the log that leads to it."""
    at = timezone.now() - timedelta(days=10 + number)
    link = f"{SHARE}{number:02}"
    if topics:
        Activity.objects.create(
            program=account.program, user=account.user, on=at.date(), kind="post", topics=topics, minutes=5,
            url=f"{link}?utm_source=share",
        )  # fmt: skip
    return make_post(account, at, f"74000000000000000{number:02}", title, link, impressions=count)


def seen(count: int, text: str = "", url: str = "") -> SeenPost:
    return SeenPost(timezone.now(), True, count, url, text)


def told(user: Any, program: Any) -> Any:
    return own_topics(user, program, seen_posts(user, program))


def test_a_topic_that_stands_out_is_named_with_its_range(account: Any, world: Any, sign_in: Any) -> None:
    for number in range(6):
        about(account, ["Steel"], 900 + number, number)
        about(account, ["Canteen"], 100 + number, 20 + number)
    about(account, ["Garden"], 5, 40)
    topics = told(world.influencer, world.program)
    assert topics.says == "<em>Steel</em> stands out: half of these posts were seen 901 to 904 times."
    assert topics.few == "Too few posts to tell: Garden (1)."
    rows = {row.label: [cell.display for cell in row.cells] for row in topics.chart.rows}
    assert rows == {"Canteen (6)": ["102", "100 to 105"], "Steel (6)": ["902", "900 to 905"]}
    client = sign_in(world.influencer)
    page = client.get(url("mine", world)).content.decode()
    assert "What your posts are about" in page
    assert "900 to 905" in page
    lines = client.get(url("mine_export", world, figure="own-topics")).content.decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        "Topic (posts),The middle post,Lowest,Middle,Highest",
        "Canteen (6),102,100,102,105",
        "Steel (6),902,900,902,905",
    ]
    svg = client.get(url("mine_export", world, figure="own-topics", format="svg"))
    assert (svg["Content-Type"], "Steel (6)" in svg.content.decode()) == ("image/svg+xml", True)


def test_nobody_else_reads_what_somebody_writes_about(account: Any, world: Any, sign_in: Any) -> None:
    for number in range(6):
        about(account, ["Steel"], 900 + number, number)
    for member in ("manager", "executive", "council", "coach", "influencer2"):
        client = sign_in(getattr(world, member))
        page = client.get(url("mine", world))
        assert page.status_code != 200 or page.context["topics"] is None, member
        assert client.get(url("mine_export", world, figure="own-topics")).status_code in (403, 404), member


def test_a_consent_that_is_withdrawn_hides_the_topics(account: Any, world: Any) -> None:
    for number in range(6):
        about(account, ["Steel"], 900 + number, number)
    assert told(world.influencer, world.program) is not None
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    assert told(world.influencer, world.program) is None


def test_one_post_fewer_than_needed_has_no_range(account: Any, world: Any, sign_in: Any) -> None:
    for number in range(FEWEST - 1):
        about(account, ["Steel"], 900, number)
    topics = told(world.influencer, world.program)
    assert topics.chart is None
    assert topics.says == "There are too few posts to tell. A topic needs at least 5."
    assert "Steel (4)" in sign_in(world.influencer).get(url("mine", world)).content.decode()
    about(account, ["Steel"], 900, FEWEST)
    assert told(world.influencer, world.program).chart is not None


def test_ranges_that_overlap_name_no_topic() -> None:
    posts = [seen(10 * n, "#steel") for n in range(6)] + [seen(11 * n, "#bread") for n in range(6)]
    assert not any(topic.stands_out for topic in by_topic(posts, {}))


def test_a_topic_is_compared_with_the_posts_that_do_not_have_it() -> None:
    """Each post of the one topic has the other as well: neither stands out from itself."""
    posts = [seen(900 + n, "#steel #bread") for n in range(6)]
    assert [topic.stands_out for topic in by_topic(posts, {})] == [False, False]
    posts += [seen(10 + n) for n in range(6)]
    assert [topic.stands_out for topic in by_topic(posts, {})] == [True, True]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("New: #Steel and #steel, with #IoT4you", ["#Steel", "#steel", "#IoT4you"]),
        ("hashtag#Steel", ["#Steel"]),
        ("We are #1, #2026 and C#net", []),
        ("https://firm.example/page/#part https://firm.example/a#part R&#38;D", []),
        ("#x #" + "y" * 30, ["#" + "y" * 30]),
    ],
)
def test_hashtags_are_words_of_the_post(text: str, found: list[str]) -> None:
    assert topics_of_post(seen(1, text), {}) == found


def test_a_chosen_topic_goes_before_hashtags_and_spellings_are_one() -> None:
    link = f"{SHARE}01"
    given = {"linkedin post 7400000000000000001": ["Steel"]}
    assert topics_of_post(seen(1, "#bread", link), given) == ["Steel"]
    assert topics_of_post(seen(1, "#bread"), given) == ["#bread"]
    counted = by_topic([seen(1, text) for text in ("#Steel", "#steel", "#STEEL #steel", "#Steel", "#Steel")], {})
    assert [(topic.label, len(topic.seen)) for topic in counted] == [("#Steel", 5)]


def test_a_hashtag_of_few_posts_is_not_listed_and_ten_topics_are() -> None:
    rare = [seen(n, f"#word{n}") for n in range(30)]
    assert by_topic(rare, {}) == []
    many = [seen(n, f"#word{n % 20}") for n in range(200)]
    assert len(by_topic(many, {})) == 10


@pytest.mark.parametrize("count", [6, 20])
def test_the_page_asks_one_question_for_all_topics(account: Any, world: Any, sign_in: Any, count: int) -> None:
    for number in range(count):
        about(account, [f"Topic {number % 3}"], 100 + number, number)
    client = sign_in(world.influencer)
    client.get(url("mine", world))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("mine", world))
    assert len(queries) == 13
