"""An event's page: agenda on the clock, who speaks, picture and files, tasks to tick, words of the template."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.events import file_services, jobs, running_order
from community.events.kinds import kinds
from community.events.models import Event
from core.attachments.inspection import inspect
from core.attachments.models import Attachment
from tests.factories.attachments import picture_bytes
from tests.factories.events import make_answer, make_event


def picture(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes())


ORDER = "10 Welcome\n- 45 min Working\n15 Min. Pause\nLunch\n30 Reading"


def test_the_times_follow_from_the_start() -> None:
    points = running_order.points(ORDER, time(23, 30))
    assert [(point.at, point.words) for point in points] == [
        (time(23, 30), "Welcome"), (time(23, 40), "Working"), (time(0, 25), "Pause"), (None, "Lunch"),
        (time(0, 40), "Reading"),
    ]  # fmt: skip
    assert running_order.minutes_of(ORDER) == 100
    assert running_order.in_words("10 Welcome", None) == "Welcome"
    assert running_order.speakers("Dr. Ada Lang, research, Bremen\n\nKim") == [
        ("Dr. Ada Lang", "research, Bremen"), ("Kim", "")
    ]  # fmt: skip


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.kind)
def test_every_kind_brings_all_its_texts_and_an_agenda_of_its_length(kind: Any) -> None:
    for name in ("running_order", "invitation", "reminder", "follow_up", "tasks", "after_tasks"):
        assert set(getattr(kind, name)) == {"de", "en"}, name
    for text in kind.running_order.values():
        assert running_order.minutes_of(text) == kind.minutes


def test_the_page_shows_agenda_speakers_reminder_and_files(world: Any, sign_in: Any) -> None:
    event = make_event(
        world.program, on=timezone.localdate(), at=time(0, 1), until_at=time(23, 59),
        running_order={"en": "10 Welcome\n5 Start"}, speakers="Ada Lang, research", materials={"en": "Bring a pen"},
        reminder={"en": "See you soon"},
    )  # fmt: skip
    manager = sign_in(world.manager)
    here = f"/p/nordlichter/events/{event.pk}/"
    page = manager.post(f"{here}files/", {"file": picture("plan.jpg")}, follow=True).content.decode()
    assert "plan.jpg" in page
    manager.post(f"{here}files/", {"picture": picture("head.jpg")})
    event.refresh_from_db()
    reader = sign_in(world.influencer)
    page = reader.get(here).content.decode()
    for words in ("0:11", "Ada Lang", "Bring a pen", "See you soon", "plan.jpg", f"/files/{event.picture_id}/"):
        assert words in page, words
    assert reader.get(f"/files/{event.picture_id}/").status_code == 200
    assert sign_in(world.stranger).get(f"/files/{event.picture_id}/").status_code == 404
    assert "15 min longer" not in page
    manager.post(f"{here}files/", {"without": "on"})
    assert reader.get(f"/files/{event.picture_id}/").status_code == 404
    assert manager.post(f"{here}files/", {}).status_code == 422


def test_the_host_reads_that_the_agenda_is_too_long(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, at=time(9), until_at=time(10), running_order={"en": "75 Talk"})
    page = sign_in(world.manager).get(f"/p/nordlichter/events/{event.pk}/").content.decode()
    assert "The agenda is 15 min longer than the event." in page


def test_tasks_are_ticked_and_a_changed_line_is_open_again(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, tasks={"en": "- Book a room\n- Print", "de": "- Raum buchen\n- Drucken"})
    manager, here = sign_in(world.manager), f"/p/nordlichter/events/{event.pk}/"
    mark = re.findall(r'name="mark" value="(\w+)"', manager.get(here).content.decode())[0]
    page = manager.post(f"{here}tick/", {"mark": mark, "is_done": "on"}, follow=True).content.decode()
    assert 'aria-pressed="true"' in page
    Event.objects.filter(pk=event.pk).update(
        tasks={"en": "- Book two rooms\n- Print", "de": "- Raum buchen\n- Drucken"}
    )
    assert 'class="todotick" aria-pressed="true"' not in manager.get(here).content.decode()
    page = manager.post(f"{here}tick/", {"mark": mark, "is_done": "on"}, follow=True).content.decode()
    assert "was changed in the meantime" in page


def test_the_follow_up_suggests_the_words_of_the_kind(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, on=timezone.localdate() - timedelta(days=1), kind="workshop")
    make_answer(event, world.influencer)
    page = sign_in(world.manager).get(f"/p/nordlichter/events/{event.pk}/follow-up/?suggest=on").content.decode()
    assert "Thank you for coming." in page
    assert "Thank you for coming." not in sign_in(world.influencer).get(
        f"/p/nordlichter/events/{event.pk}/"
    ).content.decode()  # fmt: skip


def test_files_go_with_their_event(world: Any) -> None:
    event = make_event(world.program)
    file_services.set_picture(event, picture=inspect(picture("head.jpg")), by=world.manager)
    event.milestone.delete()
    jobs.retention()
    assert not Attachment.objects.filter(kind="event_picture").exists()


def test_what_is_to_do_afterwards_is_on_the_start_page_of_who_plans_until_it_is_ticked(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    on = timezone.localdate() - timedelta(days=2)
    tasks = {"en": "- Send the slides\n- Thank the speakers\n- Pay the room\n- Plan the next one"}
    event = make_event(world.program, on=on, title_en="Meet-up", after_tasks=tasks)
    home, here = "/p/nordlichter/", f"/p/nordlichter/events/{event.pk}/"
    manager = sign_in(world.manager)
    page = manager.get(home).content.decode()
    assert ("Send the slides" in page, "Plan the next one" in page, "and 3 more" in page) == (True, False, True)
    assert "Send the slides" not in sign_in(world.coach).get(home).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        for line in manager.get(here).context["after_tasks"]:
            manager.post(f"{here}tick/", {"mark": line.mark, "is_done": "on"})
    assert "Meet-up" not in manager.get(home).content.decode().partition("To do after events")[2]
    assert "To do after events" not in manager.get(home).content.decode()
