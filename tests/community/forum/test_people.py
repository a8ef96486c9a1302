"""What the forum shows of a person: what was written for everybody, of who chose to be found, and nothing else."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.forum import people, posts
from community.forum.models import Post, Topic
from community.forum.rows import moment_of
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations import services as generations
from tests.factories.forum import make_post, make_topic


def address(world: Any, person: Any) -> str:
    return reverse("community:person_posts", args=[world.program.slug, person.pk])


def lines(client: Any, world: Any, person: Any, page: str = "") -> list[str]:
    answer = client.get(f"{address(world, person)}{page}")
    assert answer.status_code == 200
    return [row.snippet for row in answer.context["written"].rows]


def test_only_what_everybody_reads_is_listed_also_for_a_host(world: Any, sign_in: Any) -> None:
    Post.objects.filter(by=world.coach).update(by=None)
    make_topic(world, world.coach, board="hosts", text="Among hosts.")
    gone = make_post(world.topic, world.coach, "Deleted again.")
    posts.delete_post(gone, by=world.coach)
    removed = make_topic(world, world.coach, text="In a removed topic.")
    Topic.objects.filter(pk=removed.pk).update(deleted_at=timezone.now())
    make_post(world.topic, world.coach, "For everybody.")
    for reader in (world.manager, world.coach, world.influencer2):
        assert lines(sign_in(reader), world, world.coach) == ["For everybody."]


def test_of_who_is_not_found_in_the_directory_there_is_no_list(world: Any, sign_in: Any) -> None:
    """Neither of who never chose it, nor of who pauses, took it back or left; one's own stays for oneself."""
    manager, own = sign_in(world.manager), sign_in(world.influencer)
    assert manager.get(address(world, world.influencer2)).status_code == 404, "wrote, and stands nowhere"
    assert manager.get(address(world, world.influencer)).status_code == 200
    generations.pause(world.participant, by=world.influencer)
    assert [each.get(address(world, world.influencer)).status_code for each in (manager, own)] == [404, 200]
    generations.resume(world.participant, by=world.influencer)
    consents.withdraw(world.program, [Purpose.DIRECTORY], by=world.influencer, channel="settings")
    assert [each.get(address(world, world.influencer)).status_code for each in (manager, own)] == [404, 404]


def test_all_posts_go_on_behind_a_post(
    world: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """Every page asks as much as the first one."""
    monkeypatch.setattr(people, "PAGE", 2)
    monkeypatch.setattr(people, "MOST_POSTS", 2)
    for number in range(5):
        make_post(world.topic, world.coach, f"Number {number}.")
    reader = sign_in(world.influencer2)
    profile = reader.get(reverse("programs:person", args=[world.program.slug, world.coach.pk]))
    assert "Number 3." in profile.content.decode()
    assert "Number 2." not in profile.content.decode()
    assert f'href="{address(world, world.coach)}"' in profile.content.decode(), "leads to all of them"
    with django_assert_num_queries(7):
        page = reader.get(address(world, world.coach))
    seen = [row.snippet for row in page.context["written"].rows]
    while next_url := page.context["written"].next_url:
        with django_assert_num_queries(7):
            page = reader.get(next_url)
        seen += [row.snippet for row in page.context["written"].rows]
    assert seen[:5] == [f"Number {number}." for number in (4, 3, 2, 1, 0)]
    assert len(seen) == len(set(seen))
    for nonsense in ("?before=x", "?before=0", "?before=" + "9" * 40, "?before=2026-01-01_1", "?before=%00"):
        assert lines(reader, world, world.coach, nonsense)[:1] == ["Number 4."]


def test_who_wrote_nothing_has_an_empty_page_with_a_way_back(world: Any, sign_in: Any) -> None:
    Post.objects.filter(by=world.coach).update(by=None)
    html = sign_in(world.influencer2).get(address(world, world.coach)).content.decode()
    assert "Coach has not written anything" in html
    assert reverse("programs:person", args=[world.program.slug, world.coach.pk]) in html


@pytest.mark.parametrize(
    "typed", ["9999-12-31T23:59:59-23:59_1", "0001-01-01T00:00:00+23:59_1", "soon_1", "2026-11-27"]
)
def test_a_place_that_is_none_is_the_beginning(typed: str) -> None:
    assert moment_of(typed) is None
