"""A limit that a network set is kept by all workers and all accounts; nobody comes back in one crowd."""

from datetime import UTC, datetime, timedelta
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from analytics.channels.models import Network
from analytics.channels.services import ensure_personal_account
from analytics.connectors import jobs, pace, queries
from analytics.connectors.models import Connection, Look, Server
from analytics.connectors.networks import linkedin
from analytics.connectors.networks.base import Trouble
from core.people.models import User
from tests.analytics.connectors.linkedin import LinkedIn, connected, look, said
from tests.analytics.connectors.networks import HOST, JSON, NOW, Mastodon, status
from tests.at_once import at_once, beside
from tests.core.kit.outside import says
from tests.factories.connectors import make_connection

pytestmark = pytest.mark.django_db
APPLICATION = {"message": "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."}
MEMBER = {"message": "Resource level throttle MEMBER DAY limit for calls to this resource is reached."}


def two_on_linkedin(world: Any, sign_in: Any) -> list[Connection]:
    """A person's profile and the company's page, which read with one application."""
    Connection.objects.all().delete()
    return [connected(sign_in(world.influencer)), connected(sign_in(world.manager), "company")]


# --- a limit of the application is every account's ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "left_alone_until"),
    [
        (said(APPLICATION, 429), datetime(2026, 11, 27, tzinfo=UTC)),  # the day's requests are back at midnight
        (said({}, 429), datetime(2026, 11, 27, tzinfo=UTC)),
        (says(b"{}", 429, JSON, Retry_After="900"), NOW + timedelta(seconds=900)),
    ],
)
def test_what_linkedin_refuses_one_account_no_other_asks_for(
    answer: Any, left_alone_until: datetime, on_linkedin: LinkedIn, world: Any, sign_in: Any
) -> None:
    own, page = two_on_linkedin(world, sign_in)
    on_linkedin.trouble = answer
    assert look(own).looks.latest("pk").code == "busy"
    asked = len(on_linkedin.paths)
    after = look(page)
    assert len(on_linkedin.paths) == asked  # not even tried
    assert (after.looks.count(), after.setbacks) == (0, 0)  # it is not this account's fault
    assert after.due_at is not None
    assert left_alone_until <= after.due_at <= left_alone_until + timedelta(seconds=jobs.SPREAD)


def test_what_one_person_used_up_of_their_own_stops_nobody_else(
    on_linkedin: LinkedIn, world: Any, sign_in: Any
) -> None:
    own, page = two_on_linkedin(world, sign_in)
    on_linkedin.trouble = said(MEMBER, 429)
    after = look(own)
    assert after.due_at is not None
    assert after.due_at >= datetime(2026, 11, 27, tzinfo=UTC)
    on_linkedin.trouble = None
    assert look(page).looks.latest("pk").code == ""


def test_a_shorter_wish_does_not_end_a_longer_one() -> None:
    pace.leave_alone(HOST, 3600)
    pace.leave_alone(HOST, 5)
    assert Server.objects.get().free_at > timezone.now() + timedelta(seconds=3000)


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_a_turn_hears_of_the_limit_too(
    on_linkedin: LinkedIn, world: Any, sign_in: Any, monkeypatch: Any
) -> None:
    """Two workers, two accounts: the second has its turn already when the first is told to stop."""
    own, page = two_on_linkedin(world, sign_in)
    Connection.objects.update(due_at=timezone.now())
    Server.objects.all().delete()
    on_linkedin.paths.clear()
    in_line, told = Event(), Event()
    leave_alone = pace.leave_alone

    def refuse(request: Any) -> None:
        assert in_line.wait(30)  # answered only when the other one stands in line
        said(APPLICATION, 429)(request)

    def say(*what: Any) -> None:
        leave_alone(*what)
        told.set()

    def wait(seconds: float) -> None:
        if seconds:
            in_line.set()
            assert told.wait(30)

    monkeypatch.setattr(pace, "leave_alone", say)
    monkeypatch.setattr(pace, "time", SimpleNamespace(sleep=wait))
    monkeypatch.setattr(linkedin, "seconds_between", 5.0)
    on_linkedin.trouble = refuse
    beside(*(lambda pk=pk: jobs.look(pk) for pk in (own.pk, page.pk)))  # type: ignore[misc]
    assert len(on_linkedin.paths) == 1
    assert sorted(Look.objects.values_list("code", flat=True)) == ["busy"]
    assert not Connection.objects.filter(due_at__lt=datetime(2026, 11, 27, tzinfo=UTC)).exists()


@pytest.mark.django_db(transaction=True)
def test_many_workers_get_turns_that_never_meet(monkeypatch: Any, now: Any) -> None:
    waited: list[float] = []
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    at_once(lambda: pace.wait_for_turn(HOST, 0.5), copies=12)
    assert sorted(waited) == [0.5 * place for place in range(12)]


# --- who was put off does not come back in a crowd ------------------------------------------------------------------


def several(world: Any, count: int, monkeypatch: Any) -> list[Connection]:
    """Accounts of as many people on the server of these tests, all due at this moment."""
    Connection.objects.all().delete()
    monkeypatch.setattr(queries, "is_wanted", lambda connection: True)  # who may is another test
    people = [User.objects.create(email=f"c{n}@example.com", name=f"C{n}") for n in range(count)]
    accounts = [ensure_personal_account(each, world.program, Network.MASTODON) for each in people]
    return [make_connection(each, due_at=timezone.now()) for each in accounts]


def test_those_put_off_together_come_again_one_by_one(network: Mastodon, world: Any, monkeypatch: Any) -> None:
    network.trouble = says(b"", 500, JSON)
    found = several(world, 12, monkeypatch)
    pauses = []
    for each in found:
        jobs.look(each.pk, **network.outside.wiring)
        after = Connection.objects.get(pk=each.pk)
        pauses.append(after.due_at - NOW)  # type: ignore[operator]
    most = jobs.FIRST_PAUSE + timedelta(seconds=jobs._jitter(jobs.FIRST_PAUSE))
    assert all(jobs.FIRST_PAUSE <= each <= most for each in pauses)
    assert len(set(pauses)) > 6
    assert jobs._jitter(timedelta(hours=4)) == 3600  # a longer pause spreads them further
    assert jobs._jitter(timedelta(days=1)) == jobs.SPREAD


def test_three_days_of_downtime_end_without_a_burst(network: Mastodon, world: Any, now: Any, monkeypatch: Any) -> None:
    found = several(world, 24, monkeypatch)
    network.statuses = [status(9, likes=4)]
    for place, each in enumerate(found):  # as they stood before: spread over an hour
        Connection.objects.filter(pk=each.pk).update(due_at=NOW + timedelta(minutes=2 * place))
    now.move_to(NOW + timedelta(days=3))
    monkeypatch.setattr(jobs, "AT_ONCE", 10)
    handed_out = []
    for _minute in range(3):
        wanted = jobs.due()
        handed_out.append(wanted)
        for pk in wanted:
            jobs.look(pk, **network.outside.wiring)
        now.shift(60)
    assert [len(each) for each in handed_out] == [10, 10, 4]  # never more than a sweep's worth at a time
    assert [pk for sweep in handed_out for pk in sweep] == [each.pk for each in found]  # the longest overdue first
    assert Look.objects.filter(code="").count() == len(found)  # one look each, not one for every day missed
    assert jobs.due() == []
    times = list(Connection.objects.values_list("due_at", flat=True))
    assert all(timedelta(hours=22) <= each - timezone.now() <= timedelta(hours=25) for each in times if each)
    assert len({each.minute for each in times if each}) > 12  # and tomorrow they lie apart again


def test_a_trouble_says_whose_limit_it_was() -> None:
    assert Trouble("busy").is_for_all
    assert not Trouble("busy", is_for_all=False).is_for_all
