"""What was stored as Instagram or "other" before Facebook and TikTok were networks of their own."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Edition, Grain, Metric, Post, PostId, PostListing, Reading
from tests.factories.imports import make_run

MOVE = import_module("analytics.migrations.0017_facebook_and_tiktok").move


@pytest.fixture
def account(world: Any) -> Account:
    return Account.objects.create(
        program=world.program, user=world.influencer, kind="person", network="instagram", owner_name="Nordwerk"
    )


def posted(run: ImportRun, *urls: str) -> list[Post]:
    """Posts that a file named, each with a figure."""
    found = []
    for url in urls:
        post, _made = Post.objects.get_or_create(program=run.program, account=run.account, url=url)
        number, _made = PostId.objects.get_or_create(
            program=run.program, account=run.account, post=post, scheme="url", value=url
        )
        PostListing.objects.create(account=run.account, number=number, run_id=run.pk)
        figure = {"program": run.program, "account": run.account, "metric": Metric.IMPRESSIONS}
        today = timezone.localdate()
        period = {"grain": Grain.LIFETIME, "period_start": today, "period_end": today}
        newest = {"value": 5, "as_of": timezone.now(), "run_id": run.pk}
        Reading.objects.get_or_create(post=post, **figure, **period, defaults=newest)
        found.append(post)
    return found


def applied(account: Account, kind: str = "meta_content", **more: Any) -> ImportRun:
    return make_run(account, state=RunState.APPLIED, kind=kind, **more)


def networks(posts: list[Post]) -> list[str]:
    return [Post.objects.get(pk=post.pk).account.network for post in posts]


def test_posts_of_facebook_move_with_all_that_is_theirs(account: Account) -> None:
    theirs, others = applied(account), applied(account)
    moved = posted(theirs, "https://www.facebook.com/nordwerk/posts/1", "https://m.facebook.com/nordwerk/posts/2")
    stay = posted(others, "https://www.instagram.com/p/A1/", "https://notfacebook.com/p/A1/")
    Edition.objects.create(account=account, number=7)
    MOVE(apps, None)
    assert networks(moved) == [Network.FACEBOOK] * 2
    assert networks(stay) == [Network.INSTAGRAM] * 2
    new = Account.objects.get(network="facebook")
    assert (new.user, new.owner_name, new.kind) == (account.user, "Nordwerk", "person")
    for table in (Reading, PostId, PostListing):
        assert table.objects.filter(account=new).count() == 2
        assert table.objects.filter(account=account).count() == 2
    theirs.refresh_from_db()
    assert (theirs.account, theirs.kind) == (new, "facebook_content")
    assert Edition.objects.get(account=new).number == 7


def test_an_account_that_held_nothing_else_goes(account: Account) -> None:
    posted(applied(account), "https://fb.watch/abc/")
    MOVE(apps, None)
    assert not Account.objects.filter(network="instagram").exists()


def test_what_one_file_holds_of_both_stays_together(account: Account) -> None:
    """A file that was sent before with only one of the posts stays with it, too."""
    alone, mixed = applied(account), applied(account)
    posts = posted(alone, "https://www.facebook.com/nordwerk/posts/1")
    posts += posted(mixed, "https://www.facebook.com/nordwerk/posts/1", "https://www.instagram.com/p/A1/")
    MOVE(apps, None)
    assert networks(posts) == [Network.INSTAGRAM] * 3


@pytest.mark.parametrize(
    ("runs", "network"),
    [
        ([("tiktok_videos", ""), ("tiktok_overview", "TikTok")], "tiktok"),
        ([("mapped_table", "Facebook Nordwerk")], "facebook"),
        ([("mapped_table", "Facebook Nordwerk"), ("tiktok_videos", "")], "other"),
        ([("mapped_table", "Threads nordwerk")], "other"),
        ([], "other"),
    ],
)
def test_tables_under_other_move_where_all_are_of_one(world: Any, runs: list[tuple[str, str]], network: str) -> None:
    account = Account.objects.create(program=world.program, user=world.influencer, kind="person", network="other")
    for kind, name in runs:
        applied(account, kind, owner_name=name)
    MOVE(apps, None)
    account.refresh_from_db()
    assert account.network == network
