"""The living page of the kit: every shared part in both themes, and only for developers."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from influencer.embedded import kit, kit_parts

PARTS = {path.stem for path in (Path(__file__).parents[3] / "templates" / "ui").glob("_*.html")}


def test_every_part_has_a_sample() -> None:
    shown = {sample.part for sample in kit_parts.samples("light")}
    assert sorted(PARTS - shown - set(kit.OF_THE_FRAME)) == [], "add a Sample to influencer/embedded/kit_parts.py"
    assert sorted((shown | set(kit.OF_THE_FRAME)) - PARTS) == []


def test_production_has_no_such_page(client: Client) -> None:
    assert client.get(reverse("embedded:kit")).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("switch", ["DEMO", "DEBUG"])
def test_developers_see_every_sample_in_both_themes(switch: str, client: Client, settings: Any) -> None:
    setattr(settings, switch, True)
    page = client.get(reverse("embedded:kit")).content.decode()
    for theme in kit.THEMES:
        assert page.count(f'class="kitside" data-bs-theme="{theme}"') == len(kit_parts.samples(theme))
    ids = [
        sample.context["chart"].id
        for theme in kit.THEMES
        for sample in kit_parts.samples(theme)
        if "chart" in sample.context
    ]
    assert len(ids) == len(set(ids))
