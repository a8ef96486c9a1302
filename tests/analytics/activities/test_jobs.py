from datetime import timedelta
from typing import Any

from django.utils import timezone

from analytics.activities.models import Activity
from analytics.activities.room import ROOM
from tests.factories.activities import make_activity


def test_retention_removes_what_was_deleted_more_than_a_day_ago(world: Any) -> None:
    Activity.objects.all().delete()
    now = timezone.now()
    kept = [
        make_activity(world.influencer, world.program),
        make_activity(world.influencer, world.program, deleted_at=now - timedelta(hours=23)),
    ]
    make_activity(world.influencer, world.program, deleted_at=now - timedelta(hours=25))
    assert [purge() for purge in ROOM.retention] == [1, 0]
    assert set(Activity.objects.all()) == set(kept)
