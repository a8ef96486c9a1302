from typing import Any

import pytest

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
def test_five_places_fit_the_phone(member: str, world: Any, sign_in: Any) -> None:
    page = sign_in(getattr(world, member)).get(f"/p/{world.program.slug}/")
    assert len(page.context["frame"].phone_places) == 5
    assert page.context["frame"].phone_places[-1].key == "me"
