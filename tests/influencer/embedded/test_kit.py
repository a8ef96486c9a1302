"""The living page of the kit: every shared part in both themes, and only for developers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse

from influencer.embedded import kit, kit_parts
from tests.world import make_user

TEMPLATES = Path(__file__).parents[3] / "templates"
SHARED = ("ui", "lists", "comments", "writing")
PARTS = {f"{room}/{each.name}" for room in SHARED for each in (TEMPLATES / room).glob("_*.html")}
# What is seen while somebody edits a comment that is there.
ELSEWHERE = {"comments/_edit.html", "comments/_lost.html", "ui/_here.html"}  # the last one asks a server by itself


@contextmanager
def rendered() -> Iterator[set[str]]:
    """The templates that something was made from."""
    names: set[str] = set()

    def note(template: Any, **_more: Any) -> None:
        names.add(str(template.name))

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


@pytest.fixture
def developer(client: Client, settings: Any, db: None) -> Client:
    settings.DEMO = True
    client.force_login(make_user("dev"))
    return client


def test_every_shared_part_is_shown(developer: Client) -> None:
    with rendered() as names:
        developer.get(reverse("embedded:kit"))
        for theme in kit.THEMES:
            page = developer.get(reverse("embedded:kit_acting", args=[theme]), {"task": "talk"}).content.decode()
            assert f'data-bs-theme="{theme}"' in page
        developer.get(reverse("embedded:kit_acting", args=["light"]), {"cell": "3"}, headers={"HX-Request": "true"})
    assert sorted(PARTS - ELSEWHERE - names) == [], "add it to kit_parts or kit_acting of influencer/embedded/"
    assert {"ui/widgets/moment.html", "django/forms/widgets/clearable_file_input.html"} <= names


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
