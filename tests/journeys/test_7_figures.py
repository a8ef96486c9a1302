"""What the program brought: groups of five and more for everybody, single figures for nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from analytics.kpis.models import PublishRequest
from analytics.kpis.services import request_publication
from tests.factories.kpis import fill
from tests.journeys.stage import running
from tests.worker import wait_until


@pytest.fixture
def published(here: Any, settings: Any, tmp_path: Any) -> Any:
    """Seven people, and two more who are too few for a group of their own; published by the worker."""
    here.generation.delete()
    here.people = [user for group in fill(here.program, here.today, sizes=(7, 2), weeks=14) for user in group]
    with running(settings, DATA_DIR=str(tmp_path / "data")):
        request_publication(here.program.pk)
        assert wait_until(lambda: PublishRequest.objects.exclude(done_at=None).exists())
    return here


def test_everybody_sees_groups_and_nobody_sees_a_person(published: Any, sign_in: Any) -> None:
    slug = published.program.slug
    for person in (published.manager, published.executive, published.people[0]):
        page = sign_in(person).get(reverse("analytics:dashboard", args=[slug])).content.decode()
        assert "<figure" in page
        assert "data-hidden" in page, "a cell of too few people is hatched"
        others = [user.name for user in published.people if user != person]
        assert not [name for name in others if name in page]
        export = sign_in(person).get(reverse("analytics:dashboard_export", args=[slug]))
        assert not [name for name in others if name in export.content.decode("utf-8-sig")]


def test_own_figures_are_for_oneself(published: Any, sign_in: Any) -> None:
    address = reverse("analytics:mine", args=[published.program.slug])
    assert sign_in(published.people[0]).get(address).status_code == 200
    assert sign_in(published.manager).get(address).status_code == 403
    assert sign_in(published.executive).get(address).status_code == 403
