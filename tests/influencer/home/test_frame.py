from typing import Any

import pytest
from django.urls import reverse

from programs.membership.models import Role
from tests.world import join

CASES = [
    ("manager", "", "home"),
    ("manager", "timeline/", "program"),
    ("manager", "checklists/", "program"),
    ("manager", "settings/", "program"),
    ("manager", "people/", "people"),
    ("manager", "imports/", "figures"),
    ("manager", "newsletters/", "newsletters"),
    ("influencer", "activities/", "home"),
    ("influencer", "imports/", "mine"),
    ("influencer", "path/", "home"),
    ("council", "council/log/", "council"),
]


@pytest.mark.parametrize(("member", "path", "key"), CASES)
def test_a_page_knows_its_place(member: str, path: str, key: str, world: Any, sign_in: Any) -> None:
    page = sign_in(getattr(world, member)).get(f"/p/{world.program.slug}/{path}")
    assert page.status_code == 200
    assert [place.key for place in page.context["frame"].places if place.current] == [key]


@pytest.mark.parametrize("member", ["manager", "influencer", "executive", "council", "coach"])
def test_every_place_is_reached_on_the_phone(member: str, world: Any, sign_in: Any) -> None:
    frame = sign_in(getattr(world, member)).get(f"/p/{world.program.slug}/").context["frame"]
    assert len(frame.phone_places) == 5
    last = frame.phone_places[-1]
    reached = {place.url for place in [*frame.phone_places, *last.more]}
    assert reached >= {place.url for place in frame.places}
    assert (last.more[-1] if last.more else last).url == reverse("people:profile")


def test_the_phone_says_where_a_place_behind_more_is(world: Any, sign_in: Any) -> None:
    frame = sign_in(world.manager).get(f"/p/{world.program.slug}/newsletters/").context["frame"]
    assert [place.key for place in frame.phone_places if place.current] == ["more"]
    assert [place.label for place in frame.phone_places[-1].more if place.current] == ["Newsletter"]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COACH, Role.EXECUTIVE])
def test_who_takes_on_a_role_keeps_what_is_theirs(role: str, world: Any, sign_in: Any) -> None:
    client, home = sign_in(world.influencer), f"/p/{world.program.slug}/"
    before = {place.key for place in client.get(home).context["frame"].places}
    join(world.influencer, world.program, role)
    page = client.get(home)
    after = {place.key for place in page.context["frame"].places}
    assert after >= before | {"mine"}
    has_log_bar = 'id="log"' in page.content.decode()
    assert has_log_bar or ("log" in after and "What you do yourself" in page.content.decode())
    assert has_log_bar == (role != Role.MANAGER)


def test_who_does_not_take_part_is_offered_no_log(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(f"/p/{world.program.slug}/")
    assert "What you do yourself" not in page.content.decode()
    assert "log" not in {place.key for place in page.context["frame"].places}


def test_the_menu_of_the_person_offers_a_new_program_to_managers(world: Any, sign_in: Any) -> None:
    new = reverse("programs:program_new")
    for member, is_offered in (("manager", True), ("influencer", False), ("coach", False)):
        page = sign_in(getattr(world, member)).get(f"/p/{world.program.slug}/").content.decode()
        menu = page[page.index(f'aria-label="Menu of {getattr(world, member).name}"') :].split("</details>")[0]
        assert (f'href="{new}"' in menu) == is_offered, member
