"""Figures that come by the clock, against a network on the loopback that answers well, badly, or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.connectors import asking, jobs, pace, services
from analytics.connectors.models import Connection, Look, Server
from analytics.connectors.networks.base import Trouble
from analytics.metrics.models import Grain, Metric, Post, Reading, ReadingVersion
from core.journal.models import Entry
from core.news.models import Notification
from programs.consents import services as consents
from programs.generations import services as generations
from tests.analytics.connectors.networks import HOST, JSON, NOW, Mastodon, slowly, status
from tests.at_once import at_once
from tests.core.kit.outside import PUBLIC, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def connection(world: Any, network: Mastodon) -> Connection:
    found = world.connection
    Look.objects.filter(connection=found).delete()
    Connection.objects.filter(pk=found.pk).update(due_at=timezone.now(), fetched_at=None)
    Connection.objects.exclude(pk=found.pk).update(due_at=None)
    network.statuses = [status(9, likes=4), status(8, likes=1, days_ago=20)]
    return Connection.objects.get(pk=found.pk)


def look(network: Mastodon, connection: Connection) -> Connection:
    jobs.look(connection.pk, **network.outside.wiring)
    return Connection.objects.get(pk=connection.pk)


def look_again(network: Mastodon, connection: Connection) -> Connection:
    """A minute later, when it is due again."""
    network.clock.shift(timedelta(minutes=1))
    Connection.objects.filter(pk=connection.pk).update(due_at=timezone.now())
    return look(network, connection)


def likes(connection: Connection) -> dict[str, int]:
    rows = Reading.objects.filter(account=connection.account_id, metric=Metric.REACTIONS, grain=Grain.LIFETIME)
    return {f"…{row.post.url[-1]}": row.value for row in rows.select_related("post")}  # type: ignore[union-attr]


def codes(connection: Connection) -> list[str]:
    return list(connection.looks.order_by("pk").values_list("code", flat=True))


# --- what comes -----------------------------------------------------------------------------------------------------


def test_posts_and_followers_come(network: Mastodon, connection: Connection) -> None:
    after = look(network, connection)
    assert likes(after) == {"…9": 4, "…8": 1}
    followers = Reading.objects.get(account=after.account_id, metric=Metric.FOLLOWERS_TOTAL)
    assert (followers.value, followers.period_start, followers.grain) == (312, NOW.date(), Grain.DAY)
    found = after.looks.get()
    assert (found.posts, found.posts_new, found.figures_new, found.code) == (2, 2, 7, "")
    assert (after.handle, after.fetched_at, after.lease_until) == (f"@ines@{HOST}", NOW, None)
    assert timedelta(hours=23) <= after.due_at - NOW <= timedelta(hours=25)  # type: ignore[operator]


def test_only_what_changed_is_written(network: Mastodon, connection: Connection) -> None:
    look(network, connection)
    network.statuses = [status(10), status(9, likes=6), status(8, likes=1, days_ago=20)]
    after = look_again(network, connection)
    last = after.looks.latest("pk")
    assert (last.posts, last.posts_new, last.figures_new, last.figures_changed) == (3, 1, 3, 1)
    assert likes(after)["…9"] == 6
    assert Post.objects.filter(account=after.account_id).count() == 3
    assert not ReadingVersion.objects.filter(account=after.account_id).exists()  # a look is never taken back


def test_a_day_has_one_number_of_followers_and_the_next_its_own(
    network: Mastodon, connection: Connection, now: Any
) -> None:
    look(network, connection)
    network.account["followers_count"] = 320
    look_again(network, connection)
    now.move_to(NOW + timedelta(days=1))
    network.account["followers_count"] = 315
    after = look_again(network, connection)
    rows = Reading.objects.filter(account=after.account_id, metric=Metric.FOLLOWERS_TOTAL).order_by("period_start")
    assert list(rows.values_list("value", flat=True)) == [320, 315]


def test_the_first_look_goes_back_a_year_and_later_ones_a_quarter(network: Mastodon, connection: Connection) -> None:
    network.statuses = [status(99 - n, days_ago=4 * n) for n in range(95)]
    after = look(network, connection)
    assert Post.objects.filter(account=after.account_id).count() == 92
    pages = network.pages
    look_again(network, connection)
    assert network.pages - pages == 1  # the quarter ends on it


def test_a_new_name_is_learnt_by_the_number(network: Mastodon, connection: Connection) -> None:
    network.account["acct"] = "ines-neu"
    assert look(network, connection).handle == f"@ines-neu@{HOST}"


# --- once, and one at a time ----------------------------------------------------------------------------------------


def test_what_is_not_due_is_not_asked(network: Mastodon, connection: Connection) -> None:
    look(network, connection)
    look(network, connection)
    assert len(network.outside.asked) == 3  # the account, its posts, and that there are no more
    assert jobs.due() == []


@pytest.mark.django_db(transaction=True)
def test_twenty_workers_make_one_look(network: Mastodon, connection: Connection) -> None:
    at_once(lambda: jobs.look(connection.pk, **network.outside.wiring))
    assert codes(connection) == [""]
    assert Post.objects.filter(account=connection.account_id).count() == 2


def test_a_worker_that_was_killed_leaves_nothing_and_another_begins_again(
    network: Mastodon, connection: Connection, now: Any
) -> None:
    assert jobs._claim(connection.pk) is not None
    assert look(network, connection).fetched_at is None  # the dead one still holds it
    now.move_to(NOW + jobs.LEASE + timedelta(seconds=1))
    assert jobs.due() == [connection.pk]
    assert look(network, connection).fetched_at is not None


def test_who_lost_the_lease_stores_nothing(network: Mastodon, connection: Connection) -> None:
    held = jobs._claim(connection.pk)
    assert held is not None
    Connection.objects.filter(pk=connection.pk).update(attempts=held.attempts + 1)  # another worker took it over
    jobs._after_trouble(held, Trouble("silent"))
    assert not connection.looks.exists()


# --- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (says(b"{}", 404, JSON), "gone"),
        (says(b"{}", 410, JSON), "gone"),
        (says(b"{}", 401, JSON), "refused"),
        (says(b"{}", 403, JSON), "refused"),
        (says(b"{}", 500, JSON), "silent"),
        (says(b"", 503, JSON), "silent"),
        (says(b'{"id": "1170', 200, JSON), "odd"),
        (says(b"", 200, JSON), "odd"),
        (says(b"{}", 200, JSON), "odd"),
        (says(b"[" * 100_000, 200, JSON), "odd"),
        (says(b"<html>", 200, "text/html"), "odd"),
        (says(b" " * (asking.LIMIT + 1), 200, JSON), "odd"),
        (says(b"", 302, JSON, Location="https://elsewhere.example/"), "not_listed"),
    ],
)
def test_a_bad_answer_is_said_and_tried_again(
    trouble: Any, code: str, network: Mastodon, connection: Connection
) -> None:
    look(network, connection)
    network.trouble = trouble
    after = look_again(network, connection)
    assert codes(after) == ["", code]
    assert likes(after) == {"…9": 4, "…8": 1}  # what is there stays
    assert after.due_at is not None
    assert after.due_at > NOW
    network.trouble = None
    assert codes(look_again(network, connection)) == ["", code, ""]


def test_a_network_that_hangs_is_let_go(network: Mastodon, connection: Connection, monkeypatch: Any) -> None:
    network.trouble = slowly
    monkeypatch.setattr(asking.asker, "__kwdefaults__", asking.asker.__kwdefaults__ | {"seconds": 0.3})
    assert codes(look(network, connection)) == ["silent"]


def test_a_busy_server_is_left_alone_by_everybody(network: Mastodon, connection: Connection, now: Any) -> None:
    network.trouble = says(b"{}", 429, JSON, Retry_After="1800")
    after = look(network, connection)
    assert after.due_at is not None
    assert after.due_at >= NOW + timedelta(seconds=1800)
    asked = len(network.outside.asked)
    look_again(network, connection)  # somebody else's turn, as it were
    assert len(network.outside.asked) == asked
    assert codes(connection) == ["busy"]
    now.move_to(NOW + timedelta(seconds=1801))
    network.trouble = None
    assert codes(look_again(network, connection)) == ["busy", ""]


def test_pauses_grow_and_end_with_the_first_answer(network: Mastodon, connection: Connection) -> None:
    network.trouble = says(b"", 500, JSON)
    pauses = []
    for _ in range(4):
        after = look_again(network, connection)
        pauses.append((after.due_at - timezone.now()).total_seconds() // 60)  # type: ignore[operator]
    assert (pauses[0] in (5, 6), pauses) == (True, sorted(pauses))
    assert pauses[3] >= 40
    network.trouble = None
    assert look_again(network, connection).setbacks == 0


def test_an_account_that_stays_away_is_stopped_and_its_person_is_told_once(
    network: Mastodon, connection: Connection, world: Any
) -> None:
    network.trouble = says(b"{}", 404, JSON)
    for _ in range(jobs.TIMES - 1):
        assert look_again(network, connection).stopped_for == ""
    after = look_again(network, connection)
    assert (after.stopped_for, after.due_at) == ("gone", None)
    told = Notification.objects.filter(kind="connectors.stopped")
    assert [row.person for row in told] == [world.influencer]
    assert not Entry.objects.filter(verb__startswith="connectors").exists()  # a person's own is the person's own
    network.trouble = None
    services.look_now(after, by=world.influencer)
    assert look(network, connection).stopped_for == ""


def test_the_management_hears_when_the_companys_account_is_gone(network: Mastodon, world: Any) -> None:
    found = world.company_connection
    Connection.objects.exclude(pk=found.pk).delete()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "TIMES", 1)
        Connection.objects.filter(pk=found.pk).update(due_at=NOW)
        held = jobs._claim(found.pk)
        assert held is not None
        jobs._after_trouble(held, Trouble("gone"))
    assert world.manager in [row.person for row in Notification.objects.filter(kind="connectors.stopped")]
    assert Entry.objects.filter(verb="connectors.stopped").exists()


@pytest.mark.parametrize(("hosts", "code"), [([], "off"), (["other.example"], "not_listed")])
def test_what_the_operator_did_not_allow_is_never_asked(
    hosts: list[str], code: str, network: Mastodon, connection: Connection, settings: Any
) -> None:
    settings.CONNECTOR_HOSTS = hosts
    after = look(network, connection)
    assert (codes(after), after.setbacks, network.outside.connected) == ([code], 0, [])


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.5", "169.254.169.254", "::1", "100.64.0.1"])
def test_a_server_inside_the_network_is_never_asked(inside: str, network: Mastodon, connection: Connection) -> None:
    network.outside.names[HOST] = [[inside]]
    assert codes(look(network, connection)) == ["odd"]
    network.outside.names[HOST] = [[PUBLIC], [inside]]
    look_again(network, connection)
    assert inside not in network.outside.connected


# --- consent --------------------------------------------------------------------------------------------------------


def _withdraw(world: Any) -> None:
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")


def _pause(world: Any) -> None:
    generations.pause(world.participant, by=world.influencer)


def _leave(world: Any) -> None:
    generations.leave(world.participant, by=world.influencer)


@pytest.mark.parametrize("end", [_withdraw, _pause, _leave])
def test_who_took_the_consent_back_pauses_or_left_is_not_asked_about(
    end: Any, network: Mastodon, connection: Connection, world: Any
) -> None:
    end(world)
    jobs.look(connection.pk, **network.outside.wiring)
    assert network.outside.asked == []
    assert not Look.objects.filter(connection=connection.pk).exists()


def test_a_consent_taken_back_within_the_look_stores_nothing(
    network: Mastodon, connection: Connection, world: Any
) -> None:
    network.statuses = [status(99 - n) for n in range(60)]
    real = network.get

    def get(path: str, default: Any) -> Any:
        if "statuses" in path and network.pages == 0:
            network.pages = 1
            return lambda request: (stop(), real(path, default)(request))
        return real(path, default)

    def stop() -> None:
        stopped.append(True)

    stopped: list[bool] = []
    network.get = get  # type: ignore[method-assign]
    still = jobs._Still.__call__
    with pytest.MonkeyPatch.context() as patch:
        # the server and this thread have different connections to the database: it is taken back between two requests
        patch.setattr(jobs._Still, "__call__", lambda self: (_withdraw(world) if stopped else None, still(self))[1])
        look(network, connection)
    assert not Post.objects.filter(account=connection.account_id).exists()
    assert codes(connection) == []


def test_the_connection_goes_with_the_consent(network: Mastodon, connection: Connection, world: Any) -> None:
    look(network, connection)
    services.forget_person(world.influencer, world.program)
    assert not Connection.objects.filter(pk=connection.pk).exists()
    assert Connection.objects.filter(pk=world.company_connection.pk).exists()


# --- pace -----------------------------------------------------------------------------------------------------------


def test_turns_of_a_server_lie_one_behind_the_other(monkeypatch: Any, now: Any) -> None:
    waited: list[float] = []
    monkeypatch.setattr(pace.time, "sleep", waited.append)
    for _ in range(3):
        pace.wait_for_turn(HOST, 1.5)
    pace.wait_for_turn("other.example", 1.5)
    assert waited == [0.0, 1.5, 3.0, 0.0]


def test_who_would_wait_too_long_comes_again(monkeypatch: Any, now: Any) -> None:
    monkeypatch.setattr(pace.time, "sleep", lambda seconds: None)
    Server.objects.create(host=HOST, free_at=NOW + timedelta(seconds=60))
    with pytest.raises(Trouble, match="turn") as raised:
        pace.wait_for_turn(HOST, 1.0)
    assert raised.value.pause_seconds == 60
    assert Server.objects.get().free_at == NOW + timedelta(seconds=60)


def test_a_long_line_is_no_failure_of_the_account(network: Mastodon, connection: Connection) -> None:
    Server.objects.create(host=HOST, free_at=NOW + timedelta(seconds=60))
    after = look(network, connection)
    assert (codes(after), after.setbacks, after.due_at) == ([], 0, NOW + timedelta(seconds=60))


def test_the_looks_of_a_day_spread_over_an_hour(world: Any) -> None:
    times = {jobs.next_look(Connection(pk=pk), NOW) for pk in range(1, 2_001)}
    assert len({moment.minute for moment in times}) == 60
    assert {moment.hour for moment in times} == {NOW.hour}


def test_looks_go_after_three_months(network: Mastodon, connection: Connection, now: Any) -> None:
    look(network, connection)
    now.move_to(NOW + timedelta(days=91))
    assert jobs.retention() == 2  # and the name of the server
    assert not Server.objects.exists()
    assert likes(connection) == {"…9": 4, "…8": 1}
