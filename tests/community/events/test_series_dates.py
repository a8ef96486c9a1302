"""What differs on one date of a series is said, every date is found, and a reader elsewhere reads both clocks."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from community.events import series
from programs.phases.models import Milestone
from tests.community.events.test_series import HERE, make_series


def test_a_date_says_what_is_different_on_it(world: Any, sign_in: Any) -> None:
    first, second, third, _last = make_series(world)
    Milestone.objects.filter(pk=second.milestone_id).update(at=time(14), until_at=time(15))
    Milestone.objects.filter(pk=third.milestone_id).update(place="Kiel")
    client = sign_in(world.influencer)
    page = client.get(f"{HERE}{first.pk}/")
    said = [row["meta"] for row in page.context["series"].others]
    assert said == ["at a different time, 14:00 to 15:00", "in a different place, Kiel", "9:00 to 10:00, Bremen"]
    assert page.context["series"].differs == ""
    assert "This date: in a different place, Kiel." in client.get(f"{HERE}{third.pk}/").content.decode()


def test_every_date_is_listed_when_asked_for(world: Any, sign_in: Any, time_machine: Any) -> None:
    events, client = make_series(world, times=16), sign_in(world.influencer)
    page = client.get(f"{HERE}{events[0].pk}/")
    assert (len(page.context["series"].others), page.context["series"].left_out) == (12, 3)
    assert "Show all 16 dates" in page.content.decode()
    time_machine.move_to(timezone.now() + timedelta(days=30))
    client = sign_in(world.influencer)
    last = list(series.of(events[0]))[-1]
    assert client.get(f"{HERE}{last.pk}/").context["series"].left_out == 4
    rows = client.get(f"{HERE}{last.pk}/?dates=all").context["series"].others
    assert len(rows) == 15
    assert rows[0]["meta"].endswith("over")


def test_a_reader_elsewhere_reads_both_clocks(world: Any, sign_in: Any) -> None:
    event = make_series(world)[0]
    Milestone.objects.exclude(pk=event.milestone_id).update(deleted_at=timezone.now())
    assert "Local time in Berlin" not in sign_in(world.influencer).get(f"{HERE}{event.pk}/").content.decode()
    world.influencer.time_zone = "Asia/Tokyo"
    world.influencer.save()
    client = sign_in(world.influencer)
    page = client.get(f"{HERE}{event.pk}/").content.decode()
    assert "Local time in Berlin." in page
    assert "in Tokyo." in page
    assert "time zone, Berlin" in client.get(HERE).content.decode()
    assert "Local time in Berlin." in client.get("/p/nordlichter/").content.decode()
