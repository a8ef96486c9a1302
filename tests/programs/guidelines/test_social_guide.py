"""The Social Media Guide: everybody reads it, and what somebody marks is theirs alone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from core.journal.models import Entry
from programs.guidelines import leaving, profile_guide
from programs.guidelines.models_profile import ProfileCheck
from programs.guidelines.views_profile import SPOTS
from tests.world import client_of

ADDRESS = "/p/nordlichter/guidelines/social-media-guide/"


def body(response: Any) -> str:
    return str(response.content.decode())


def test_somebody_goes_through_at_their_own_pace(world: Any) -> None:
    assert reverse("programs:social_guide", args=["nordlichter"]) == ADDRESS
    client, before = client_of("influencer", world), Entry.objects.count()
    client.post(ADDRESS, {"photo": "done", "banner": "later", "contact": "skip"})
    page = body(client.get(ADDRESS))
    assert "1 of 8 done" in page
    assert page.count(" checked") == 3
    client.post(ADDRESS, {"photo": "", "banner": "done"})
    assert profile_guide.marks_of(world.influencer, world.program) == {"banner": "done"}
    client.post(ADDRESS, {})
    assert not ProfileCheck.objects.filter(user=world.influencer).exists()
    assert Entry.objects.count() == before, "no journal tells of it"


def test_what_is_unknown_is_said_and_changes_nothing(world: Any) -> None:
    client = client_of("influencer", world)
    assert client.post(ADDRESS, {"photo": "wrong"}).status_code == 422
    assert client.post(ADDRESS, {"other": "done"}).status_code == 302
    assert not ProfileCheck.objects.filter(user=world.influencer).exists()


def test_others_read_it_without_marks(world: Any) -> None:
    manager = client_of("manager", world)
    assert "visible to you alone" not in body(manager.get(ADDRESS))
    assert manager.post(ADDRESS, {"photo": "done"}).status_code == 403
    assert "programs/guidelines" not in body(manager.get(ADDRESS))
    assert ADDRESS in body(client_of("influencer", world).get("/p/nordlichter/guidelines/"))


def test_the_picture_has_a_number_for_each_point_and_both_languages() -> None:
    assert len(SPOTS) == len(profile_guide.points())
    with override("de"):
        assert str(profile_guide.points()[0].title) == "Ein Foto, auf dem man Sie erkennt"


def test_it_goes_with_the_person(world: Any) -> None:
    assert ProfileCheck.objects.filter(user=world.influencer2).exists()
    leaving.forget_person(world.influencer2, world.program)
    assert not ProfileCheck.objects.exists()
    profile_guide.mark(world.program, marks={"photo": "done"}, by=world.influencer)
    leaving.forget_everywhere(world.influencer)
    assert not ProfileCheck.objects.exists()


def test_the_frame_of_the_page_is_the_frame_of_every_page(world: Any, sign_in: Any) -> None:
    """A name that a page gives to its own things may not be one that the frame knows."""
    page = sign_in(world.influencer).get(reverse("programs:social_guide", args=[world.program.slug])).content.decode()
    assert 'aria-current="page" title="' in page
    assert 'href=""' not in page
