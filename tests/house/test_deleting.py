"""What can be deleted comes back the same way everywhere, and goes for good when its room says."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from community.forum.models import Post
from core.kit import rooms
from core.kit.deleting import KEPT, Deletable, Purge
from core.kit.product import PACKAGES
from programs.phases.models import Milestone

NEVER_PURGED = {"analytics.Report"}  # its number is not given again: a copy in somebody's hands stays recognisable


def told() -> list[Purge]:
    return [each for room in rooms.every() for each in room.retention if isinstance(each, Purge)]


def stray(found: Iterable[type[models.Model]], purges: Iterable[Purge]) -> list[str]:
    """Models that are deleted in a way of their own, or never go."""
    purged = {purge.model for purge in purges}
    wrong = []
    for model in found:
        if not any(field.name == "deleted_at" for field in model._meta.concrete_fields):
            continue
        if not issubclass(model, Deletable):
            wrong.append(f"{model._meta.label} is no Deletable")
        elif model not in purged and model._meta.label not in NEVER_PURGED:
            wrong.append(f"{model._meta.label} is purged by no room")
    return wrong


def test_every_deletion_has_a_way_back_and_an_end() -> None:
    ours = [model for app in PACKAGES for model in apps.get_app_config(app).get_models()]
    assert stray(ours, told()) == []
    assert len({purge.name for purge in told()}) == len(told())


def test_a_deletion_of_its_own_kind_is_seen() -> None:
    meta = type("Meta", (), {"app_label": "x"})
    fields = {"__module__": "tests", "deleted_at": models.DateTimeField(null=True), "Meta": meta}
    own: Any = type("Own", (models.Model,), fields)
    assert stray([own, Milestone], []) == ["x.Own is no Deletable", "programs.Milestone is purged by no room"]
    assert stray([Milestone], [Purge(Milestone)]) == []


@pytest.mark.parametrize("purge", told(), ids=lambda purge: purge.name)
def test_it_goes_when_its_time_is_over_and_no_sooner(world: Any, purge: Purge) -> None:
    rows = purge.model._base_manager
    row = max(rows.all(), key=lambda each: each.pk, default=None)
    assert row is not None, "the world has none"
    others = rows.exclude(pk=row.pk).filter(deleted_at__lt=timezone.now() - purge.kept).count()
    rows.filter(pk=row.pk).update(deleted_at=timezone.now() - purge.kept + timedelta(minutes=5))
    assert purge() >= others
    assert rows.filter(pk=row.pk).exists()
    rows.filter(pk=row.pk).update(deleted_at=timezone.now() - purge.kept - timedelta(minutes=5))
    assert purge() >= 1
    assert not rows.filter(pk=row.pk).exists()
    assert purge() == 0


def test_a_row_comes_back_as_it_was(world: Any) -> None:
    milestone = world.milestone
    milestone.put_away()
    assert milestone not in Milestone.objects.present()
    assert milestone in Milestone.objects.put_away()
    milestone.take_back()
    assert milestone in Milestone.objects.present()
    assert Purge(Post).kept == KEPT
