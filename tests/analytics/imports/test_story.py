"""What an import tells once it is applied."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.activities.models import Activity
from analytics.imports.models import ImportRun
from analytics.imports.story import story_of, title_of
from analytics.metrics.models import Post, PostId
from analytics.metrics.services import note_post
from tests.analytics.imports.flow import applied, page, read, undone, upload, url
from tests.factories.imports import GHE, PROFILE, TABLE
from tests.workbooks import plain_cells

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def empty(world: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    ImportRun.objects.all().delete()
    world.influencer.name = "Erika Beispiel"
    world.influencer.save()


@pytest.fixture
def run(world: Any, sign_in: Any, empty: None) -> ImportRun:
    client = sign_in(world.influencer)
    return applied(client, world, read(upload(client, world, PROFILE)))


def test_the_story_says_what_the_days_of_the_file_add_up_to(run: ImportRun) -> None:
    story = story_of(run)
    said = {name: total for name, total, *_rest in run.preview["totals"]}
    assert story.chart
    shown = sum(cell.value or 0 for cell in story.chart.series[0].cells)
    assert f"{said['impressions']:,}" in str(story.chart.sentence)
    assert 0 < shown <= said["impressions"]  # whole weeks only
    assert story.all_posts == run.posts_new == len(story.posts)
    assert [row.number for row in story.posts] == list(range(story.all_posts, 0, -1))
    assert [row.post.on for row in story.posts] == sorted((row.post.on for row in story.posts), reverse=True)
    best = max(story.posts, key=lambda row: row.post.impressions or 0)
    assert story.best == best
    assert best.share == 100
    on_curve = {number for mark in story.chart.marks for number in mark.name.split(", ")}
    assert on_curve <= {str(row.number) for row in story.posts}
    assert on_curve


def test_a_post_is_called_what_its_owner_noted_and_else_by_its_owner(world: Any, sign_in: Any, run: ImportRun) -> None:
    client = sign_in(world.influencer)
    first, second = [row.post for row in story_of(run).posts][:2]
    assert "Your title" in page(client, world, run)
    link = f"{first.url}?utm_source=mail"
    Activity.objects.create(program=world.program, user=world.influencer, on=date(2026, 10, 9), url=link, note="Ovens")
    Activity.objects.create(
        program=world.program, user=world.influencer2, on=date(2026, 10, 9), url=second.url, note="No"
    )
    assert [row.title for row in story_of(run).posts][:2] == ["Ovens", ""]

    name = url(world, "import_post_name", run.pk)
    told = {"post": second.number_there, "title": "Steel that is patient"}
    assert "Steel that is patient" in client.post(name, told, follow=True).content.decode()
    assert client.post(f"{name}?post={second.number_there}&title=").status_code == 302
    assert Post.objects.get(pk=second.pk).title == ""


def test_nobody_names_posts_that_the_own_file_does_not_name(world: Any, sign_in: Any, run: ImportRun) -> None:
    client, name = sign_in(world.influencer), url(world, "import_post_name", run.pk)
    for account in (world.account, world.company_account):
        post = Post.objects.create(program=world.program, account=account)
        PostId.objects.create(
            program=world.program, account=account, post=post, scheme="share", value="7100000000000001"
        )
        assert client.post(name, {"post": "7100000000000001", "title": "Mine"}).status_code == 404
    for number in ("", "1", "\0", "x" * 5000):
        assert client.post(name, {"post": number, "title": "Mine"}).status_code == 404
    number = story_of(run).posts[0].post.number_there
    assert client.post(name, {"post": number, "title": "x" * 121}).status_code == 302
    assert not Post.objects.exclude(title="").filter(title__startswith="x").exists()


def test_a_story_asks_as_much_for_many_posts_as_for_few(
    world: Any, sign_in: Any, run: ImportRun, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        assert len(story_of(run).posts) > 3
    client = sign_in(world.influencer)
    table = read(upload(client, world, TABLE, "more.csv"))
    few = applied(client, world, table)
    with django_assert_num_queries(5):
        story_of(few)


def test_a_file_without_posts_and_whole_weeks_is_told_in_lines(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    few = applied(client, world, read(upload(client, world, TABLE)))
    assert story_of(few).is_empty
    shown = page(client, world, few)
    assert '<details class="stored"' not in shown
    assert "Applied. New: 3" in shown


def test_the_company_page_has_its_story_too(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    export = GHE / "linkedin-content.anonymised.xls"
    done = applied(client, world, read(upload(client, world, export, whose="company")))
    story = story_of(done)
    assert story.chart
    assert str(story.chart.sentence).startswith("The company")
    shown = page(client, world, done)
    assert "The most seen post" in shown
    assert "What do you call it?" not in shown


def test_one_day_is_told_without_a_number(run: ImportRun) -> None:
    run.window_end = run.window_start
    assert title_of(run) == "What your one day tells"


def test_followers_reach_and_saves_are_told_in_sentences_and_their_curves_in_numbers(
    world: Any, sign_in: Any, run: ImportRun
) -> None:
    small = {each.title: each for each in story_of(run).small}
    rows = plain_cells(PROFILE)
    reached = int(rows["DISCOVERY"]["B3"])
    followers = rows["FOLLOWERS"]
    total = int(followers["B1"])
    new = sum(
        int(value) for cell, value in followers.items() if cell[0] == "B" and cell[1:].isdecimal() and int(cell[1:]) > 3
    )
    assert small["Reached"].says == f"<em>{reached:,}</em> people"
    assert small["Followers"].says == f"<em>{new:,}</em> new followers"
    assert small["Followers"].note.startswith(f"{total:,} in all on ")
    assert len(small["Followers"].rows) >= 3
    shown = page(sign_in(world.influencer), world, run)
    for each in small.values():
        assert str(each.says) in shown
        for week, figure in each.rows:
            assert f'<th scope="row">{week}</th><td class="r num">{figure}</td>' in shown


def test_a_post_with_a_note_outlives_the_import_that_is_taken_back(world: Any, sign_in: Any, run: ImportRun) -> None:
    """What somebody wrote is not the file's; the same file again finds the post by its number."""
    noted, *others = [row.post for row in story_of(run).posts]
    note_post(noted, "A question at the start")
    client = sign_in(world.influencer)
    undone(client, world, run)
    assert [post.pk for post in Post.objects.filter(account=run.account)] == [noted.pk]
    again = applied(client, world, read(upload(client, world, PROFILE)))
    assert again.posts_new == len(others)
    assert Post.objects.get(pk=noted.pk).worked == "A question at the start"
    assert Post.objects.filter(account=run.account).count() == len(others) + 1
