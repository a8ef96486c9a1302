"""The drop-in hour: one place each, one conversation of each host, no name for the others, nothing left behind."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.office_hours import jobs, queue_page, queueing
from community.office_hours.models_queue import OpenHour, OpenHourHost, Ticket
from community.office_hours.waiting import WaitRange, wait_range
from core.journal.models import Entry
from core.news import queries as inbox
from core.news.models import Notification
from programs.consents import services as consents
from programs.consents.models import Purpose
from tests.at_once import MANY, at_once
from tests.factories.office_hours import make_open_hour
from tests.world import join, make_user


def url(name: str) -> str:
    return reverse(f"community:{name}", args=["nordlichter"])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def told(person: Any) -> list[str]:
    return [each.sentence.split(":")[0] for each in inbox.inbox_of(person, only_new=True) if "our" in each.news.group]


@pytest.fixture
def hour(world: Any) -> OpenHour:
    """Nobody waits yet."""
    Ticket.objects.all().delete()
    Notification.objects.all().delete()
    Entry.objects.all().delete()
    return world.open_hour  # type: ignore[no-any-return]


def people(world: Any, count: int, name: str = "guest") -> list[Any]:
    found = [make_user(f"{name}{number}") for number in range(count)]
    for person in found:
        join(person, world.program, "influencer")
    return found


def wait(hour: OpenHour, *who: Any) -> list[Ticket]:
    return [queueing.join(hour, topic="", by=person) for person in who]


def coach_of(hour: OpenHour) -> OpenHourHost:
    return OpenHourHost.objects.select_related("hour").get(hour=hour, person__name="Coach")


def test_a_number_a_call_a_conversation(world: Any, hour: OpenHour, sign_in: Any) -> None:
    guest, coach = sign_in(world.influencer), sign_in(world.coach)
    assert "Take a number" in text(guest.get(url("queue")))
    page = text(guest.post(url("queue_join"), {"topic": "Which picture?"}, follow=True))
    assert "You are next" in page
    assert "We cannot say yet" in page
    assert Ticket.objects.count() == 1
    guest.post(url("queue_join"), {"topic": "again"})
    assert Ticket.objects.count() == 1, "the same press finds the place that is there"
    board = text(coach.get(url("queue_host")))
    assert "Influencer" in board
    assert "Which picture?" in board
    coach.post(url("queue_next"), {"after": ""})
    assert "It is your turn" in text(guest.get(url("queue")))
    assert told(world.influencer) == ["It is your turn"]
    guest.post(url("queue_here"))
    assert told(world.influencer) == [], "what was said of it before is no news any more"
    assert "in conversation since" in text(coach.get(url("queue_host")))
    coach.post(url("queue_done"))
    assert not Ticket.objects.exists()
    hour.refresh_from_db()
    assert (hour.served, len(hour.talks)) == (1, 1)
    assert not Entry.objects.exists(), "nobody writes down who came"


def test_others_see_numbers_only(world: Any, hour: OpenHour, sign_in: Any) -> None:
    """Neither those who wait nor who offers hours but does not serve this queue."""
    wait(hour, world.influencer)
    queueing.say(Ticket.objects.get(), topic="A secret matter")
    sign_in(world.influencer2).post(url("queue_join"))
    for person in (world.influencer2, world.manager):
        for name in ("queue", "queue_line", "queue_host", "queue_board"):
            page = text(sign_in(person).get(url(name)))
            assert "A secret matter" not in page
            assert ">Influencer<" not in page
    assert "1 person ahead of you" in text(sign_in(world.influencer2).get(url("queue")))
    sign_in(world.manager).post(url("queue_serve"))
    assert "A secret matter" in text(sign_in(world.manager).get(url("queue_host"))), "who joins in sees who waits"


def test_who_neither_stands_in_it_nor_serves_it_reads_no_number(world: Any, hour: OpenHour, sign_in: Any) -> None:
    """Whoever comes changes nothing on the pages, nor what they ask for every few seconds: not at the edge of a range
    either, where four own accounts would hold it."""
    readers = ((world.influencer2, "queue"), (world.manager, "queue_host"))
    board = queue_page.board_of(world.manager, hour).version
    for count in (4, 1):
        wait(hour, *people(world, count, f"guest{count}-"))
        for person, name in readers:
            page = text(sign_in(person).get(url(name)))
            assert "In the queue" not in page
            assert "fewer than" not in page
        assert queue_page.board_of(world.manager, hour).version == board


def test_one_place_each_and_one_conversation_of_a_host(world: Any, hour: OpenHour) -> None:
    first, second = wait(hour, *people(world, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(hour=hour, person=first.person, number=9, position=9)
    host = coach_of(hour)
    Ticket.objects.filter(pk=first.pk).update(state="called", host=host)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=second.pk).update(state="called", host=host)
    with pytest.raises(queueing.IsOpen):
        make_open_hour(world.program, world.manager)


def test_the_same_press_twice_calls_one(world: Any, hour: OpenHour) -> None:
    wait(hour, *people(world, 3))
    host = coach_of(hour)
    first = queueing.call_next(host, after=None)
    assert first is not None
    assert queueing.call_next(host, after=None) == first
    assert Ticket.objects.filter(state="called").count() == 1


def test_who_does_not_come_goes_behind_the_next_not_out(world: Any, hour: OpenHour) -> None:
    first, second, third = wait(hour, *people(world, 3))
    host = coach_of(hour)
    queueing.call_next(host, after=None)
    with pytest.raises(queueing.StillHeld):
        queueing.call_next(host, after=first.number)
    with time_machine.travel(timezone.now() + queueing.HOLD + timedelta(seconds=1), tick=False):
        assert queueing.call_next(host, after=first.number) == second
        first.refresh_from_db()
        assert first.state == "waiting"
        queueing.arrive(second)
        assert queueing.call_next(host, after=second.number) == first, "right after the next one"
    third.refresh_from_db()
    assert third.state == "waiting"


def test_let_one_pass_leave_and_come_back(world: Any, hour: OpenHour, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    client.post(url("queue_join"))
    (behind,) = wait(hour, world.influencer2)
    mine = Ticket.objects.get(person=world.influencer)
    client.post(url("queue_pass"))
    assert list(Ticket.objects.order_by("position")) == [behind, mine]
    assert "nobody behind you" in text(client.post(url("queue_pass"), follow=True))
    client.post(url("queue_leave"))
    assert "Take a number" in text(client.get(url("queue")))
    client.post(url("queue_join"))
    mine.refresh_from_db()
    assert mine.state == "waiting", "who left by mistake finds the place again"


def test_hand_over(world: Any, hour: OpenHour, sign_in: Any) -> None:
    first, _second = wait(hour, *people(world, 2))
    coach, manager = sign_in(world.coach), sign_in(world.manager)
    queueing.call_next(coach_of(hour), after=None)
    assert "Nobody else is here yet" in text(coach.post(url("queue_hand_over"), follow=True))
    manager.post(url("queue_serve"))
    coach.post(url("queue_hand_over"))
    assert [host.person for host in OpenHourHost.objects.all()] == [world.manager]
    manager.post(url("queue_next"))
    first.refresh_from_db()
    assert first.host is not None
    assert first.host.person == world.manager, "nobody lost a place"


def test_closed_kindly_and_nothing_stays(world: Any, hour: OpenHour, sign_in: Any) -> None:
    first, _second = wait(hour, world.influencer, world.influencer2)
    host = coach_of(hour)
    queueing.call_next(host, after=None)
    queueing.arrive_at(host)
    coach = sign_in(world.coach)
    assert "Anyone still waiting gets a friendly message" in text(coach.get(url("queue_close")))
    assert "1 person is notified" in text(coach.post(url("queue_close"), follow=True))
    assert told(world.influencer2) == [inbox.inbox_of(world.influencer2, only_new=True)[0].sentence.split(":")[0]]
    answer = sign_in(world.influencer2).get(url("queue_line"))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, url("queue") + "?over=1")
    page = text(sign_in(world.influencer2).get(answer["HX-Redirect"]))
    assert "Thank you for waiting" in page
    assert "Next free slots" in page
    assert not Ticket.objects.exists()
    assert not OpenHourHost.objects.exists()
    hour.refresh_from_db()
    assert (hour.served, hour.talks, hour.place) == (1, [], "")
    assert set(Entry.objects.values_list("verb", flat=True)) == {"office_hours.closed"}
    with pytest.raises(queueing.IsOver):
        queueing.join(hour, topic="", by=first.person)


def test_it_closes_by_itself(world: Any, hour: OpenHour) -> None:
    wait(hour, world.influencer)
    OpenHour.objects.update(until=timezone.now() - jobs.GRACE - timedelta(seconds=1))
    jobs.sweep()
    assert not Ticket.objects.exists()
    assert OpenHour.objects.get().closed_at is not None


def test_who_leaves_the_program_stands_in_no_queue(world: Any, hour: OpenHour) -> None:
    wait(hour, world.influencer)
    consents.withdraw(world.program, [Purpose.PARTICIPATION], by=world.influencer, channel="settings")
    assert not Ticket.objects.exists()


def test_when_the_last_host_leaves_who_waits_is_told(world: Any, hour: OpenHour) -> None:
    queueing.serve(hour, by=world.manager)
    wait(hour, world.influencer, world.influencer2)
    queueing.call_next(coach_of(hour), after=None)
    queueing.end_for(world.coach, world.program)
    assert [ticket.state for ticket in Ticket.objects.all()] == ["waiting", "waiting"], "another one is there"
    queueing.end_for(world.manager, world.program)
    assert not Ticket.objects.exists()
    assert [told(person)[0][:17] for person in (world.influencer, world.influencer2)] == ["The drop-in hour "] * 2


@pytest.mark.parametrize(
    ("ahead", "hosts", "talks", "wait"),
    [
        (2, 1, [240, 300], None),  # too few to tell
        (2, 1, [240, 300, 480], WaitRange(8, 24)),
        (0, 1, [240, 300, 480], WaitRange(0, 8)),
        (3, 2, [240, 300, 480], WaitRange(4, 16)),
        (1, 1, [30, 30, 30], WaitRange(0, 1)),
        (2, 0, [240, 300, 480], None),
    ],
)
def test_an_honest_waiting_time(ahead: int, hosts: int, talks: list[int], wait: WaitRange | None) -> None:
    assert wait_range(ahead, hosts, talks) == wait


def test_a_page_that_shows_it_already_hears_nothing(world: Any, hour: OpenHour, sign_in: Any) -> None:
    wait(hour, world.influencer)
    line = queue_page.line_of(world.influencer, world.program)
    assert line is not None
    client = sign_in(world.influencer)
    assert client.get(url("queue_line"), {"seen": line.version}).status_code == 204
    OpenHour.objects.update(talks=[240, 300, 480])
    answer = client.get(url("queue_line"), {"seen": line.version})
    assert "0 to 8 minutes" in text(answer)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_little(
    count: int, world: Any, hour: OpenHour, sign_in: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wait(hour, world.influencer, *people(world, count))
    with django_assert_num_queries(1):
        queue_page.line_of(world.influencer, world.program)
    with django_assert_num_queries(2):
        queue_page.board_of(world.coach, hour)
    guest, coach = sign_in(world.influencer), sign_in(world.coach)
    for client, name, queries in ((guest, "queue_line", 4), (guest, "queue", 5), (coach, "queue_host", 6)):
        client.get(url(name))
        with django_assert_num_queries(queries):
            client.get(url(name))


@pytest.mark.parametrize("until", ["", "nonsense", "00:00"])
def test_a_time_that_is_none(until: str, world: Any, hour: OpenHour, sign_in: Any) -> None:
    queueing.close(hour, by=None)
    with time_machine.travel(timezone.now().replace(hour=12), tick=False):
        answer = sign_in(world.manager).post(url("queue_host"), {"until": until, "place": "Here"})
    assert answer.status_code == 422
    assert "Here" in text(answer)


@pytest.mark.django_db(transaction=True)
def test_twenty_hosts_press_next_at_once(world: Any) -> None:
    """Nobody gets a person that another one has. Red without the statement that takes a place."""
    hour = world.open_hour
    Ticket.objects.all().delete()
    guests, hosts = people(world, MANY), [make_user(f"host{number}") for number in range(MANY)]
    wait(hour, *guests)
    left = [OpenHourHost.objects.create(hour=hour, person=person) for person in hosts]
    called = at_once(lambda: queueing.call_next(left.pop(), after=None))
    assert len({ticket.pk for ticket in called if ticket}) == MANY
    assert Ticket.objects.filter(state="called").values("host").distinct().count() == MANY


@pytest.mark.django_db(transaction=True)
def test_twenty_take_a_number_at_once(world: Any) -> None:
    Ticket.objects.all().delete()
    guests = people(world, MANY)
    left = list(guests)
    at_once(lambda: queueing.join(world.open_hour, topic="", by=left.pop()))
    assert Ticket.objects.values("number").distinct().count() == MANY
    same = at_once(lambda: queueing.join(world.open_hour, topic="", by=guests[0]).pk)
    assert len(set(same)) == 1
