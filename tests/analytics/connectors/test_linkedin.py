"""LinkedIn: signing in there, what is read with it and what it is refused, its end, and the way back."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.connectors import asking, granting, jobs, permits, services, views_permits
from analytics.connectors.models import Connection, EndingPermit, Look
from analytics.connectors.networks import linkedin
from analytics.connectors.networks.base import Trouble
from analytics.kpis.contributions import company_figures, company_rows
from analytics.metrics.models import Grain, Metric, Post, PostId, Reading, Segment, WeekTotal
from core.news.models import Notification
from core.people.secrets import unseal
from programs.membership.access import forget_roles
from programs.membership.models import Membership
from tests.analytics.connectors.linkedin import (
    BACK,
    PAGE,
    PERSON,
    POST,
    YESTERDAY,
    LinkedIn,
    address,
    connected,
    cut_off,
    look,
    said,
    signed_in,
)
from tests.analytics.connectors.networks import NOW, slowly
from tests.core.kit.outside import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(on_linkedin: LinkedIn) -> LinkedIn:
    return on_linkedin


@pytest.fixture
def own(network: LinkedIn, world: Any, sign_in: Any) -> Connection:
    return connected(sign_in(world.influencer))


def days(connection: Connection, metric: Metric, segment: Segment = Segment.ALL) -> list[int]:
    rows = Reading.objects.filter(account=connection.account_id, metric=metric, post=None, segment=segment)
    return list(rows.order_by("period_start").values_list("value", flat=True))


# --- signing in -----------------------------------------------------------------------------------------------------


def test_a_person_signs_in_sees_the_account_and_says_yes(network: LinkedIn, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    assert "Sign in at LinkedIn" in client.get(address()).text
    gone = client.post(address("sign-in/"), {"whose": "own"})
    asked = parse_qs(urlsplit(gone["Location"]).query)
    assert gone["Location"].startswith("https://www.linkedin.com/oauth/v2/authorization?")
    assert asked["scope"] == ["r_basicprofile r_member_postAnalytics r_member_profileAnalytics"]
    page = client.get(BACK, {"code": "a-code", "state": asked["state"][0]}, follow=True)
    assert "Ines Kowalczyk" in page.text
    assert "25 January 2027" in page.text  # sixty days
    assert not Connection.objects.filter(account__network=Network.LINKEDIN).exists()  # nothing before the yes
    sent = parse_qs(network.outside.bodies[0].decode())
    assert (sent["code"], sent["client_secret"]) == (["a-code"], ["its-secret"])
    client.post(address("begin/"), {"found": page.context["offers"][0]["token"]})
    connection = Connection.objects.get(account__network=Network.LINKEDIN)
    assert (connection.account.user, connection.number) == (world.influencer, PERSON)
    assert "access-1" not in connection.permit_sealed
    assert json.loads(unseal(connection.permit_sealed))["token"] == "access-1"
    assert "25 January 2027" in client.get(address(f"{connection.pk}/")).text


def test_only_what_this_browser_began_connects(network: LinkedIn, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    gone = client.post(address("sign-in/"), {"whose": "own"})
    state = parse_qs(urlsplit(gone["Location"]).query)["state"][0]
    assert "was not started here" in client.get(BACK, {"code": "c", "state": "another"}, follow=True).text
    assert "was not started here" in client.get(BACK, {"code": "c", "state": state}, follow=True).text  # it was tried
    assert client.get(address("choose/")).status_code == 302
    assert network.paths == []
    page = signed_in(client)
    token = page.context["offers"][0]["token"]
    sign_in(world.influencer2).post(address("begin/"), {"found": token})  # another's yes
    client = sign_in(world.influencer)
    client.post(address("begin/"), {"found": token})  # another browser's session
    assert not Connection.objects.filter(account__network=Network.LINKEDIN).exists()


@pytest.mark.parametrize(("whose", "code"), [("company", "c"), ("own", "")])
def test_who_may_not_or_is_refused_connects_nothing(
    whose: str, code: str, network: LinkedIn, world: Any, sign_in: Any
) -> None:
    client = sign_in(world.influencer)
    gone = client.post(address("sign-in/"), {"whose": whose})
    state = parse_qs(urlsplit(gone["Location"]).query).get("state", [""])[0]
    assert bool(state) is (whose == "own")
    client.get(BACK, {"code": code, "state": state, "error": "user_cancelled_login"}, follow=True)
    assert network.paths == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (said({"error": "invalid_grant"}, 400), "Please sign in there again"),
        (said({"error": "invalid_client"}, 401), "no key"),
        (said({"access_token": "x", "expires_in": "soon"}), "unexpected answer"),
        (said([]), "unexpected answer"),
        (says(b"", 503), "did not answer"),
    ],
)
def test_why_a_sign_in_failed_is_said(answer: Any, words: str, network: LinkedIn, world: Any, sign_in: Any) -> None:
    network.token_answer = answer
    assert words in signed_in(sign_in(world.influencer)).text


# --- figures --------------------------------------------------------------------------------------------------------


def test_a_persons_days_followers_and_known_posts(network: LinkedIn, own: Connection, now: Any) -> None:
    post = Post.objects.create(program=own.program, account=own.account, published_at=NOW, title="Mine", url="")
    PostId.objects.create(program=own.program, account=own.account, post=post, scheme="share", value=POST)
    after = look(own)
    assert (after.looks.get().code, after.stopped_for) == ("", "")
    assert days(after, Metric.IMPRESSIONS) == [102, 101, 100]
    assert days(after, Metric.FOLLOWERS_NEW) == [-2]
    assert days(after, Metric.FOLLOWERS_TOTAL) == [512]
    lifetime = Reading.objects.filter(post=post, grain=Grain.LIFETIME)
    assert dict(lifetime.values_list("metric", "value"))[Metric.SAVES] == len("POST_SAVE")
    assert lifetime.count() == 7
    post.refresh_from_db()
    assert (post.title, Post.objects.filter(account=own.account).count()) == ("Mine", 1)
    headers = network.outside.asked[-1]
    assert (headers["authorization"], headers["linkedin-version"]) == ("Bearer access-1", linkedin.VERSION)
    network.impressions[YESTERDAY] = 300
    now.shift(timedelta(hours=1))
    last = look(after).looks.latest("pk")
    assert (last.figures_new, last.figures_changed) == (0, 1)  # only what differs is written


def test_a_pages_days_and_posts_are_organic_and_count_as_the_companys(
    network: LinkedIn, world: Any, sign_in: Any
) -> None:
    later, long_ago = "urn:li:ugcPost:7330125177223049219", network.post("urn:li:share:7330125177223049220", 500)
    network.posts = [network.post(f"urn:li:share:{POST}"), network.post(later), network.post("urn:li:x:1"), long_ago]
    connection = look(connected(sign_in(world.manager), "company"))
    assert (connection.number, connection.handle, connection.account.kind) == (PAGE, "Nordwerk", Account.Kind.COMPANY)
    assert days(connection, Metric.IMPRESSIONS, Segment.ORGANIC) == [900]
    assert days(connection, Metric.REACTIONS, Segment.ORGANIC) == [-1]
    assert days(connection, Metric.FOLLOWERS_NEW, Segment.ORGANIC) == [4]
    assert days(connection, Metric.FOLLOWERS_TOTAL) == [4100]
    assert connection.looks.get().left_out == 1
    assert PostId.objects.filter(account=connection.account_id).count() == 2
    lifetime = Reading.objects.filter(account=connection.account_id, metric=Metric.REACTIONS, grain=Grain.LIFETIME)
    assert set(lifetime.values_list("segment", "value")) == {(Segment.ORGANIC, 7)}
    assert list(look(connection).looks.order_by("pk").values_list("figures_changed", flat=True)) == [0, 0]


def test_organic_counts_where_nothing_else_is_told_and_never_beside_it(world: Any, own: Connection) -> None:
    account = world.company_connection.account
    weeks = [datetime(2026, 11, 2).date(), datetime(2026, 11, 9).date()]
    WeekTotal.objects.all().delete()
    for week, segment, value in [(0, 1, 50), (0, 0, 70), (1, 1, 60)]:
        WeekTotal.objects.create(
            program=world.program, account=account, metric=1, segment=segment, week=weeks[week], value=value
        )
    assert [company_figures(company_rows(world.program, weeks))[week] for week in weeks] == [{1: 70}, {1: 60}]


@pytest.mark.parametrize(
    ("trouble", "code", "stops"),
    [
        (said({}, 401), "ended", True),
        (said({}, 403), "denied", False),
        (said({}, 426), "too_old", False),
        (said({"code": "NONEXISTENT_VERSION"}, 400), "too_old", False),
        (said({}, 429), "busy", False),
        (said({}, 500), "silent", False),
        (cut_off, "odd", False),
        (says(b"{", 200, "application/json"), "odd", False),
        (said({"elements": "changed"}), "odd", False),
        (said({}), "odd", False),
    ],
)
def test_a_bad_answer_has_its_reason_and_stores_nothing(
    trouble: Any, code: str, stops: bool, network: LinkedIn, own: Connection
) -> None:
    network.trouble = trouble
    after = look(own)
    assert (after.looks.latest("pk").code, after.stopped_for) == (code, "ended" if stops else "")
    assert days(after, Metric.IMPRESSIONS) == []
    if code == "busy":  # the day's requests are back at midnight UTC
        assert after.due_at is not None
        assert after.due_at >= datetime(2026, 11, 27, tzinfo=UTC)
    if not stops:
        network.trouble = None
        network.outside.asked.clear()
        assert after.due_at is not None


def test_a_network_that_hangs_is_let_go(network: LinkedIn, own: Connection, monkeypatch: Any) -> None:
    network.trouble = slowly
    monkeypatch.setattr(asking.asker, "__kwdefaults__", asking.asker.__kwdefaults__ | {"seconds": 0.3})
    assert look(own).looks.latest("pk").code == "silent"


def test_an_empty_answer_and_a_page_that_repeats_end_well(network: LinkedIn, world: Any, sign_in: Any) -> None:
    network.posts = []
    connection = connected(sign_in(world.manager), "company")
    assert look(connection).looks.latest("pk").posts == 0
    network.posts = [network.post(f"urn:li:share:73301251772230492{n:02}") for n in range(50)]
    network.of_posts = lambda asked: {"elements": network.posts}  # type: ignore[method-assign]
    network.paths.clear()
    assert look(connection).looks.latest("pk").posts_new == 50
    assert len([path for path in network.paths if path.startswith("/rest/posts")]) == 2


def test_somebody_elses_sign_in_is_not_mixed_in(network: LinkedIn, own: Connection) -> None:
    network.of_v2 = lambda asked: {"id": "somebody-else"}  # type: ignore[method-assign]
    assert look(own).looks.latest("pk").code == "gone"
    assert days(own, Metric.IMPRESSIONS) == []


# --- the end --------------------------------------------------------------------------------------------------------


def test_revoked_in_one_click_here_and_there(
    network: LinkedIn, own: Connection, world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(world.influencer)
    page = client.post(address(f"{own.pk}/revoke/"), follow=True)
    assert "You revoked the permission" in page.text
    assert "Sign in at LinkedIn" in page.text
    own.refresh_from_db()
    assert (own.permit_sealed, own.permit_until, own.due_at, own.stopped_for) == ("", None, None, "revoked")
    row = EndingPermit.objects.get()
    network.outside.bodies.clear()
    permits.end(row.pk)
    assert parse_qs(network.outside.bodies[0].decode())["token"] == ["access-1"]
    assert not EndingPermit.objects.exists()
    again = connected(client)
    assert (again.pk, again.stopped_for, bool(again.permit_sealed)) == (own.pk, "", True)


def test_a_sign_in_that_comes_to_nothing_leaves_nothing_open(
    network: LinkedIn, world: Any, sign_in: Any, now: Any
) -> None:
    client = sign_in(world.influencer)
    signed_in(client)
    now.shift(views_permits.TIME_TO_SIGN_IN + 1)
    assert client.get(address("choose/")).status_code == 302
    assert EndingPermit.objects.count() == 1, "what nobody said yes to"
    page = connected(client)
    Connection.objects.filter(pk=page.pk).update(number="urn:li:person:another")
    client.post(address("begin/"), {"found": signed_in(client).context["offers"][0]["token"]})
    assert EndingPermit.objects.count() == 1, "the end of one could be the end of the connection that runs"
    Connection.objects.update(permit_sealed="")
    client.post(address("begin/"), {"found": signed_in(client).context["offers"][0]["token"]})
    assert EndingPermit.objects.count() == 2
    assert views_permits.GIVEN not in client.session


def test_who_signs_in_for_the_page_reads_what_linkedin_ends_by_it(network: LinkedIn, world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    assert "will then end" not in client.get(address()).text
    connection = connected(client, "company")
    Account.objects.filter(pk=connection.account_id).update(kind=Account.Kind.PERSON, user=world.manager)
    assert f"end the permission for {connection.handle}" in client.get(address()).text


def test_a_network_that_is_away_is_told_later_and_not_for_ever(
    network: LinkedIn, own: Connection, world: Any, now: Any, settings: Any
) -> None:
    services.forget_person(world.influencer, world.program)  # a consent withdrawn ends it there too
    row = EndingPermit.objects.get()
    network.outside.answers = {"/oauth/v2/revoke": says(b"", 503)}
    permits.end(row.pk)
    assert permits.to_end() == []
    now.shift(permits.AFTER_TROUBLE + timedelta(seconds=1))
    assert permits.to_end() == [row.pk]
    EndingPermit.objects.update(tries=permits.MOST_TRIES - 1)
    permits.end(row.pk)
    assert not EndingPermit.objects.exists()


def test_a_permission_that_was_revoked_within_the_look_stores_nothing(
    network: LinkedIn, own: Connection, world: Any
) -> None:
    held = jobs._claim(own.pk)
    assert held is not None
    services.revoke(own, by=world.influencer)
    told = linkedin.tell("", PERSON, asking.asker(linkedin, access="x"), since=NOW - timedelta(days=9), pages=5)
    jobs._store(held, told, "share")
    assert days(own, Metric.IMPRESSIONS) == []


def test_what_somebody_allowed_for_the_company_ends_with_their_role(
    network: LinkedIn, world: Any, sign_in: Any
) -> None:
    page = connected(sign_in(world.manager), "company")
    Membership.objects.filter(user=world.manager, role="manager").update(ended_at=timezone.now())
    forget_roles(world.manager)
    network.paths.clear()
    after = look(page)
    assert (after.stopped_for, after.permit_sealed, network.paths) == ("ended", "", [])
    assert EndingPermit.objects.count() == 1


def test_an_erased_account_allows_nothing_any_more(network: LinkedIn, world: Any, sign_in: Any) -> None:
    page = connected(sign_in(world.manager), "company")
    services.forget_everywhere(world.manager)
    page.refresh_from_db()
    assert (page.stopped_for, page.permit_sealed, EndingPermit.objects.count()) == ("ended", "", 1)
    answer = sign_in(world.manager).post(address(f"{page.pk}/look/"), follow=True)
    page.refresh_from_db()
    assert (page.due_at, "Sign in there again" in answer.text) == (None, True)


def test_a_permission_given_anew_is_not_stopped_by_a_look_with_the_old_one(
    network: LinkedIn, own: Connection, world: Any, sign_in: Any
) -> None:
    Connection.objects.update(due_at=timezone.now())
    held = jobs._claim(own.pk)
    assert held is not None
    connected(sign_in(world.influencer))
    jobs._after_trouble(held, Trouble("ended"))
    own.refresh_from_db()
    assert (own.stopped_for, bool(own.permit_sealed)) == ("", True)


def test_a_token_is_renewed_where_it_can_be_and_kept_first(network: LinkedIn, own: Connection, now: Any) -> None:
    old = granting.Permit("old", NOW.timestamp() + 60, "refresh-1", NOW.timestamp() + 9e6).sealed()
    Connection.objects.filter(pk=own.pk).update(permit_sealed=old)
    network.tokens = {"access_token": "access-2", "expires_in": 5_184_000}
    network.trouble = said({}, 500)
    kept = granting.opened(look(own).permit_sealed)
    assert (kept.token, kept.refresh) == ("access-2", "refresh-1")
    assert network.outside.asked[-1]["authorization"] == "Bearer access-2"


def test_the_end_is_told_two_weeks_before_and_at_once_when_it_is_there(
    network: LinkedIn, own: Connection, world: Any, now: Any, sign_in: Any
) -> None:
    jobs.remind()
    assert not Notification.objects.filter(kind="connectors.permit_ends").exists()
    now.move_to(NOW + timedelta(days=47))
    for _ in range(2):
        jobs.remind()
    assert [row.person for row in Notification.objects.filter(kind="connectors.permit_ends")] == [world.influencer]
    assert f"Sign in again for {own.handle}" in sign_in(world.influencer).get(reverse("news:inbox")).text
    assert "Sign in at LinkedIn" in sign_in(world.influencer).get(address(f"{own.pk}/")).text
    now.move_to(NOW + timedelta(days=61))
    network.paths.clear()
    after = look(own)
    assert (after.stopped_for, network.paths) == ("ended", [])  # an ended token is not even tried
    assert Notification.objects.filter(kind="connectors.stopped").count() == 1
    shown = sign_in(world.influencer).get(address(f"{own.pk}/")).text
    assert "Sign in there again to resume" in shown and "Sign in at LinkedIn" in shown  # noqa: PT018


def test_the_keys_of_the_site_can_change(own: Connection, settings: Any) -> None:
    settings.SECRETS_KEYS = ["a new one that is long enough to be one"]
    call_command("reseal_secrets")
    own.refresh_from_db()
    settings.SECRET_KEY = "the old one is gone"
    assert granting.opened(own.permit_sealed).token == "access-1"
    Connection.objects.filter(pk=own.pk).update(permit_sealed="opened by none", due_at=timezone.now())
    jobs.look(own.pk)
    assert Look.objects.filter(connection=own).latest("pk").code == "ended"
