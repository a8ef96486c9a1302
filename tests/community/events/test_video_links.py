"""Links of calls: known providers' are looked at, a Jitsi room is made with one tick."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from community.events.models import Event
from community.events.video_links import name_of, require_call
from tests.community.events.test_planning import NEW, words


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d", "Teams"),
        ("https://teams.microsoft.com/meet/2345?p=x", "Teams"),
        ("https://teams.live.com/meet/9345", "Teams"),
        ("https://nordwerk.zoom.us/j/123?pwd=x", "Zoom"),
        ("https://zoom.us/my/kim", "Zoom"),
        ("https://nordwerk.webex.com/meet/kim", "Webex"),
        ("https://nordwerk.webex.com/nordwerk/j.php?MTID=m1", "Webex"),
        ("https://meet.jit.si/room", "Jitsi"),
        ("https://call.nordwerk.example/room", ""),
    ],
)
def test_calls_are_known(link: str, name: str) -> None:
    require_call(link)
    assert name_of(link) == name


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("https://zoom.us/", "not of a call"),
        ("https://zoom.us/download", "not of a call"),
        ("https://teams.microsoft.com/v2/", "not of a call"),
        ("https://nordwerk.webex.com/", "not of a call"),
        ("https://meet.jit.si/", "not of a call"),
        ("https://zoom.us.join-now.example/j/1", "belongs to zoom.us.join-now.example"),
        ("https://nordwerk-webex.com.example/meet/kim", "belongs to"),
    ],
)
def test_what_is_no_call_is_said(link: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        require_call(link)


def test_a_room_is_made_with_one_tick(world: Any, sign_in: Any, settings: Any) -> None:
    settings.JITSI_URL = "https://jitsi.nordwerk.example/"
    manager = sign_in(world.manager)
    assert manager.post(NEW, words(video="https://zoom.us/", makes_room="")).status_code == 422
    assert manager.post(NEW, words(video="https://zoom.us/j/1", makes_room="on")).status_code == 422
    manager.post(NEW, words(makes_room="on"))
    event = Event.objects.get(milestone__title__icontains="Profile workshop")
    assert event.video.startswith("https://jitsi.nordwerk.example/profile-workshop-")
    assert len(event.video.rpartition("workshop-")[2]) >= 16
    settings.JITSI_URL = ""
    assert "Jitsi room" not in manager.get(NEW).content.decode()
