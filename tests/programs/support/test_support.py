"""Somebody can always be reached: who is there now, who stands in, and hours in which nobody would be."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.journal.models import Entry
from programs.support import leaving, queries, rota, services
from programs.support.models import Concern, Helper
from tests.factories.support import WORKDAYS, make_helper

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2030, 3, 4)
AT_TEN = datetime(2030, 3, 4, 10, tzinfo=BERLIN)
SENT = {
    "name": "Standby",
    "concerns": ["crisis"],
    "phone": "+49 40 99",
    "weekdays": ["0", "1"],
    "begins": "08:00",
    "ends": "12:00",
}


def url(world: Any, name: str = "support", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def body(response: Any) -> str:
    return str(response.content.decode())


def names(reached: list[rota.Reached]) -> list[tuple[str, bool]]:
    return [(each.helper.name, each.is_now) for each in reached]


def those_of(world: Any) -> list[Helper]:
    return list(queries.helpers_of(world.program))


# --- who is there now -------------------------------------------------------------------------------------------------


def test_who_can_be_reached_now_comes_first(world: Any) -> None:
    evening = make_helper(world.program, world.manager, name="Evening", begins=time(17), ends=time(22))
    assert names(rota.reached(those_of(world), AT_TEN)) == [("Coach", True), ("Press office", True), ("Evening", False)]
    at_eight = AT_TEN.replace(hour=20)
    assert names(rota.reached(those_of(world), at_eight))[0] == ("Evening", True)
    later = {each.helper.pk: each.next_at for each in rota.reached(those_of(world), at_eight)}
    assert later[world.press.pk] == datetime(2030, 3, 5, 9, tzinfo=BERLIN)
    assert evening.pk in later


def test_hours_begin_at_their_first_minute_and_end_before_the_last(world: Any) -> None:
    for clock, there in ((time(8, 59), False), (time(9), True), (time(16, 59), True), (time(17), False)):
        now = datetime.combine(MONDAY, clock, BERLIN)
        assert rota.reached(those_of(world), now)[0].is_now is there, clock


def test_only_who_helps_with_it_is_called_in_a_crisis(world: Any) -> None:
    services.change_helper(world.helper, concerns=[Concern.QUESTION], by=world.manager)
    assert names(rota.reached(those_of(world), AT_TEN, Concern.CRISIS)) == [("Press office", True)]


def test_the_stand_in_answers_in_the_hours_of_who_is_away(world: Any) -> None:
    backup = make_helper(world.program, world.manager, name="Backup", weekdays=[6])
    away = {"away_from": MONDAY, "away_until": MONDAY + timedelta(days=4), "stand_in": backup}
    services.change_helper(world.helper, by=world.manager, **away)
    found = rota.reached(those_of(world), AT_TEN)
    assert [(each.helper.name, each.instead_of) for each in found if each.is_now] == [
        ("Backup", "Coach"),
        ("Press office", ""),
    ]
    services.change_helper(backup, by=world.manager, away_from=MONDAY, away_until=MONDAY)
    assert names(rota.reached(those_of(world), AT_TEN)) == [("Press office", True)], "who stands in is away as well"


def test_whose_role_ended_is_off_the_list(world: Any) -> None:
    world.coach_membership.ended_at = timezone.now()
    world.coach_membership.save()
    assert [helper.name for helper in those_of(world)] == ["Press office"]
    leaving.forget_everywhere(world.coach)
    assert not Helper.objects.filter(pk=world.helper.pk).exists()


# --- gaps -------------------------------------------------------------------------------------------------------------


def test_without_a_gap_there_is_no_tile(world: Any) -> None:
    assert rota.gaps(those_of(world), MONDAY) == []
    assert queries.tile(world.manager, world.program, world.today) is None


def test_a_gap_is_told_to_who_leads_and_to_nobody_else(world: Any, sign_in: Any) -> None:
    services.delete_helper(world.press, by=world.manager)
    services.change_helper(world.helper, weekdays=[0, 1, 2, 3], ends=time(15), by=world.manager)
    found = rota.gaps(those_of(world), MONDAY)
    assert found[0] == rota.Gap(MONDAY, time(15), time(17))
    assert rota.Gap(MONDAY + timedelta(days=4), time(9), time(17)) in found
    assert len(found) == 10
    tile = queries.tile(world.manager, world.program, world.today)
    assert tile is not None
    assert queries.tile(world.influencer, world.program, world.today) is None
    said = "Nobody is then available for a crisis"
    home = reverse("home:program", args=[world.program.slug])
    assert said in body(sign_in(world.manager).get(home))
    assert said in body(sign_in(world.manager).get(url(world)))
    assert said not in body(sign_in(world.influencer).get(url(world)))


def test_hours_one_after_the_other_leave_no_gap(world: Any) -> None:
    services.delete_helper(world.press, by=world.manager)
    services.change_helper(world.helper, begins=time(8), ends=time(12), by=world.manager)
    make_helper(world.program, world.manager, begins=time(12), ends=time(18))
    assert rota.gaps(those_of(world), MONDAY) == []
    Helper.objects.filter(name="Press office").update(begins=time(12, 30))
    assert rota.gaps(those_of(world), MONDAY)[0] == rota.Gap(MONDAY, time(12), time(12, 30))


# --- the crisis button ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["home:program", "programs:path", "analytics:activity_list", "programs:guidelines"])
def test_the_button_is_on_every_page_of_who_takes_part(page: str, world: Any, sign_in: Any) -> None:
    shown = body(sign_in(world.influencer).get(reverse(page, args=[world.program.slug]), follow=True))
    assert f'class="tool helptool" href="{url(world, "help_now")}"' in shown


def test_others_do_not_have_the_button(world: Any, sign_in: Any) -> None:
    for person in (world.manager, world.council):
        assert "helptool" not in body(sign_in(person).get(reverse("home:program", args=[world.program.slug])))


def test_help_is_one_call_and_looking_leaves_no_trace(world: Any, sign_in: Any) -> None:
    client, before = sign_in(world.influencer), Entry.objects.count()
    with time_machine.travel(AT_TEN, tick=False):
        client = sign_in(world.influencer)
        page = body(client.get(url(world, "help_now")))
    assert "Call Coach" in page
    assert 'href="tel:+49401234"' in page
    assert "can be reached now, until 17:00" in page
    assert page.index("Call Coach") < page.index("Press office") < page.index("Do not answer, delete nothing")
    assert "Thank you for pointing this out." in page
    assert "Danke für den Hinweis." in page
    assert 'href="tel:110"' in page
    assert Entry.objects.count() == before


def test_when_nobody_is_there_the_page_says_so_and_when(world: Any, sign_in: Any) -> None:
    with time_machine.travel(AT_TEN.replace(hour=22), tick=False):
        page = body(sign_in(world.influencer).get(url(world, "help_now")))
    assert "None of these people is on call right now." in page
    assert "from 9:00" in page
    Helper.objects.all().delete()
    empty = body(sign_in(world.influencer).get(url(world, "help_now")))
    assert "None of these people" not in empty
    assert url(world, "contacts") in empty, "there is always somebody to write to"


def test_who_can_only_be_written_to_is_written_to(world: Any, sign_in: Any) -> None:
    Helper.objects.all().delete()
    make_helper(world.program, world.manager, phone="", email="help@example.com")
    with time_machine.travel(AT_TEN, tick=False):
        page = body(sign_in(world.influencer).get(url(world, "help_now")))
    assert "Write to Press office" in page
    assert "mailto:help@example.com" in page


# --- arranging it -----------------------------------------------------------------------------------------------------


def test_a_helper_is_added_changed_and_comes_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    assert client.post(url(world, "helper_new"), SENT).status_code == 302
    helper = Helper.objects.get(name="Standby")
    assert (helper.weekdays, helper.begins, helper.member) == ([0, 1], time(8), None)
    away = SENT | {"away_from": "2030-03-04", "away_until": "2030-03-08", "stand_in": world.press.pk}
    assert client.post(url(world, "helper_edit", helper.pk), away).status_code == 302
    assert "away from" in body(client.get(url(world)))
    client.post(url(world, "helper_delete", helper.pk))
    assert "Standby" not in [each.name for each in those_of(world)]
    client.post(url(world, "helper_restore", helper.pk))
    assert "Standby" in [each.name for each in those_of(world)]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": ""}, "Please enter a phone number or an email address."),
        ({"phone": "call me"}, "Please enter a phone number, e.g."),
        ({"ends": "07:00"}, "The end must be after the start."),
        ({"away_from": "2030-03-04"}, "Please enter the first and the last day."),
        ({"away_from": "2030-03-04", "away_until": "2030-03-01"}, "The last day must not be before the first day."),
        ({"weekdays": ["9"]}, "9 is not one of the available choices"),
        ({"stand_in": "999999"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_kept(wrong: dict[str, Any], said: str, world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(url(world, "helper_new"), SENT | wrong)
    assert answer.status_code == 422
    assert said in body(answer)
    assert 'value="Standby"' in body(answer)


@pytest.mark.parametrize("wrong", [{"phone": ""}, {"ends": time(8)}, {"away_from": MONDAY}])
def test_the_database_keeps_what_always_holds(wrong: dict[str, Any], world: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_helper(world.program, world.manager, **wrong)


@pytest.mark.parametrize("more", [0, 2])
def test_the_lists_ask_the_same_however_many(
    more: int, world: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    world.press.delete()
    for number in range(more):
        make_helper(world.program, world.manager, name=f"Standby {number}", weekdays=WORKDAYS)
    client = sign_in(world.influencer)
    for name, asked in (("support", 4), ("help_now", 5)):
        client.get(url(world, name))
        with django_assert_num_queries(asked):
            client.get(url(world, name))
