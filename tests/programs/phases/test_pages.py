from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from programs.phases import services
from programs.phases.models import Milestone, Phase
from tests.factories.checklists import make_item
from tests.factories.phases import make_milestone

PHASE = {"title_de": "Pilot", "title_en": "Pilot", "start_on": "2026-06-01", "end_on": "2026-09-30", "why": "Holidays"}


def address(world: Any, verb: str) -> str:
    return f"/p/nordlichter/phases/{world.phase.pk}/{verb}/"


def test_phase_start_finish_and_reopen_by_hand(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    left = {"decision": "go"} | {f"fate_{item.pk}": "done" for item in (world.item, world.free_item)}
    page = manager.post(address(world, "finish"), left, follow=True).content.decode()
    assert "Reopen" in page
    refused = manager.post(address(world, "reopen"), {"reason": "  "})
    assert refused.status_code == 422
    assert "Please say why" in refused.content.decode()
    page = manager.post(address(world, "reopen"), {"reason": "Two sites join late"}, follow=True).content.decode()
    assert "Two sites join late" in page
    assert Phase.objects.get(pk=world.phase.pk).state == "active"
    manager.post(address(world, "skip"), {"reason": "Not needed"})
    assert Phase.objects.get(pk=world.phase.pk).state == "skipped"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"end_on": "2026-05-31"}, "last day must not be before the first"),
        ({"end_on": "31.5."}, "valid date"),
        ({"start_on": "9999-12-31", "end_on": "9999-12-31"}, "between 1990 and 2100"),
        ({"title_de": "", "title_en": ""}, "in at least one language"),
    ],
)
def test_phase_edit_says_what_is_wrong_and_keeps_the_input(
    wrong: dict[str, str], says: str, world: Any, sign_in: Any
) -> None:
    answer = sign_in(world.manager).post(address(world, "edit"), PHASE | {"aim_en": "Kept words"} | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Kept words" in answer.content.decode()


def test_phase_edit_moves_the_phase(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).post(address(world, "edit"), PHASE, follow=True).content.decode()
    assert "Holidays" in page
    assert "The phase is saved." in page
    assert Phase.objects.get(pk=world.phase.pk).start_on == date(2026, 6, 1)
    later = PHASE | {"start_on": "2026-06-08", "move_along": "on"}
    make_item(world.phase, 9, due_on=date(2026, 6, 20))
    due = set(world.phase.items.open().exclude(due_on=None).values_list("pk", "due_on"))
    assert due
    page = sign_in(world.manager).post(address(world, "edit"), later, follow=True).content.decode()
    assert "moved with it" in page
    moved = set(world.phase.items.open().exclude(due_on=None).values_list("pk", "due_on"))
    assert moved == {(pk, day + timedelta(days=7)) for pk, day in due}


def test_milestone_is_added_edited_deleted_and_brought_back(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    form = {"title_en": "Team day", "kind": "event", "on": "2026-12-03", "at": "14:00", "place": "Bremen"}
    assert "Team day" in manager.post("/p/nordlichter/milestones/new/", form, follow=True).content.decode()
    milestone = Milestone.objects.get(title__en="Team day")
    url = f"/p/nordlichter/milestones/{milestone.pk}/"
    assert "Bremen" in manager.get(url).content.decode()
    manager.post(url, form | {"on": "2026-12-04", "phase": str(world.phase.pk)})
    milestone.refresh_from_db()
    assert (milestone.on, milestone.phase) == (date(2026, 12, 4), world.phase)
    page = manager.post(f"{url}delete/", follow=True).content.decode()
    assert f"{url}restore/" in page
    assert manager.get(url).status_code == 404
    manager.post(f"{url}restore/")
    assert manager.get(url).status_code == 200


def test_a_phase_of_another_program_cannot_be_chosen(world: Any, sign_in: Any) -> None:
    form = {"title_en": "Team day", "kind": "event", "on": "2026-12-03", "phase": str(world.other_phase.pk)}
    assert sign_in(world.manager).post("/p/nordlichter/milestones/new/", form).status_code == 422


def test_another_programs_phase_is_not_there(world: Any, sign_in: Any) -> None:
    url = f"/p/nordlichter/phases/{world.other_phase.pk}/edit/"
    assert sign_in(world.manager).get(url).status_code == 404


def dates_of(client: Any, world: Any) -> list[Any]:
    answer = client.get(reverse("programs:dates_file", args=[world.program.slug]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    dates = Calendar.from_ical(answer.content).walk("VEVENT")
    # The event and the review that are over, and the barcamp; they stay where they are.
    others = {f"{world.today - timedelta(days=60)}", f"{world.review.milestone.on}", f"{world.barcamp.milestone.on}"}
    return [each for each in dates if f"{each.decoded('DTSTART'):%Y-%m-%d}" not in others]


def test_the_dates_go_into_ones_own_calendar(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    make_milestone(world.other_program)
    services.edit_milestone(world.milestone, on=date(2026, 12, 3), at=time(14), place="Hall 3", by=world.manager)
    (event,) = dates_of(client, world)
    assert event.decoded("DTSTART") == datetime(2026, 12, 3, 14, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (event["SUMMARY"], event["LOCATION"]) == ("Nordlichter: Big kick-off", "Hall 3")
    assert event["SEQUENCE"] == 1
    services.edit_milestone(world.milestone, on=date(2026, 12, 4), by=world.manager)
    (moved,) = dates_of(client, world)
    assert (moved["UID"], moved["SEQUENCE"]) == (event["UID"], 2)


def test_every_change_of_a_date_is_a_higher_sequence(world: Any, sign_in: Any) -> None:
    services.delete_milestone(world.milestone, by=world.manager)
    assert dates_of(sign_in(world.manager), world) == []
    services.restore_milestone(world.milestone, by=world.manager)
    services.move_coming_milestones(world.phase, 7, by=world.manager)
    world.milestone.refresh_from_db()
    assert world.milestone.revision == 3
