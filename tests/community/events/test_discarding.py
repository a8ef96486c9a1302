"""A draft that nobody needs: gone with the drafts of its series, back with one press; none that was announced."""

from typing import Any

from community.events import series
from community.events.models import Event
from tests.community.events.test_series import HERE, make_series


def drafts(world: Any) -> list[Event]:
    one = make_series(world, times=3)[0]
    Event.objects.filter(series=one.series).update(state="draft")
    return list(series.of(one))


def test_the_drafts_of_a_series_go_and_come_back_together(world: Any, sign_in: Any) -> None:
    client, planned = sign_in(world.manager), drafts(world)
    page = client.get(f"{HERE}{planned[0].pk}/")
    assert "Discard all drafts of the series" in page.content.decode()
    answer = client.post(f"{HERE}{planned[1].pk}/discard/", follow=True)
    assert "is discarded on 3 dates" in answer.content.decode()
    assert list(series.of(planned[0])) == []
    assert client.get(f"{HERE}{planned[0].pk}/").status_code == 404
    also = ".".join(str(each.pk) for each in planned)
    answer = client.post(f"{HERE}{planned[1].pk}/restore/?also={also}", follow=True)
    assert "is planned again" in answer.content.decode()
    assert list(series.of(planned[0])) == planned


def test_what_was_announced_meanwhile_stays(world: Any, sign_in: Any) -> None:
    client, planned = sign_in(world.manager), drafts(world)
    Event.objects.filter(pk=planned[0].pk).update(state="announced")
    answer = client.post(f"{HERE}{planned[0].pk}/discard/", follow=True)
    assert "cannot be discarded" in answer.content.decode()
    assert len(series.of(planned[0])) == 3
    client.post(f"{HERE}{planned[1].pk}/discard/")
    assert list(series.of(planned[0])) == planned[:1]
