"""YouTube with its owner's permission: watch time and views by day, tokens that are renewed, the end here and there."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.channels.models import Account
from analytics.connectors import asking, granting, jobs, permits, services
from analytics.connectors.models import Connection, EndingPermit
from analytics.connectors.networks import youtube, youtube_owner
from analytics.metrics.models import Grain, Metric, Reading
from core.kit import fetch
from core.people.secrets import unseal
from programs.consents import services as consents
from tests.analytics.connectors.networks import JSON, NOW
from tests.analytics.connectors.servers import YouTubeServed, told
from tests.core.kit.outside import an_outside, certificate_for, says

pytestmark = pytest.mark.django_db
BACK = reverse("analytics:connection_back", args=["youtube"])
YESTERDAY = NOW.date() - timedelta(days=1)


class Google(YouTubeServed):
    """All of Google's servers behind one door. Tokens and reports are written by hand, after
    developers.google.com/identity/protocols/oauth2/web-server and /youtube/analytics/reference/reports/query: none of
    it is recorded."""

    def begin(self) -> None:
        self.tokens: dict[str, Any] = {
            "access_token": "access-1", "expires_in": 3599, "refresh_token": "refresh-1", "token_type": "Bearer",
            "scope": youtube.SCOPES,
        }  # fmt: skip
        self.token_answer: Any = None
        self.of_reports: Any = None
        self.channels = 1
        self.reports: list[dict[str, str]] = []

    def get(self, path: str, _default: Any) -> Any:
        parts = urlsplit(path)
        if parts.path in ("/token", "/revoke"):
            self.asked.append(parts.path)
            return (self.token_answer or told(self.tokens)) if parts.path == "/token" else told({})
        return super().get(path, _default)

    def good(self, name: str, asked: dict[str, str]) -> Any:
        if name == "reports":
            self.reports.append(asked)
            return self.of_reports or told(self.report(asked))
        if name == "channels" and "mine" in asked and not self.channels:
            return told({"pageInfo": {"totalResults": 0}})
        return super().good(name, asked)

    @staticmethod
    def report(asked: dict[str, str]) -> dict[str, Any]:
        names = [asked["dimensions"], *asked["metrics"].split(",")]
        heads = [{"name": name, "columnType": "METRIC", "dataType": "INTEGER"} for name in names]
        if asked["dimensions"] == "day":
            values = {"views": 40, "estimatedMinutesWatched": 90, "subscribersGained": 3, "subscribersLost": 5}
            rows = [[YESTERDAY.isoformat(), *(values[name] for name in names[1:])]]
        else:
            rows = [["video-0", 700], ["somebody-elses", 5]]
        return {"kind": "youtubeAnalytics#resultTable", "columnHeaders": heads, "rows": rows}


@pytest.fixture
def google(tmp_path: Path, monkeypatch: Any, settings: Any, now: Any, world: Any) -> Iterator[Google]:
    hosts = youtube.servers_to_sign_in()
    certificate = certificate_for(hosts[0], tmp_path, *hosts)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(youtube, "seconds_between", 0.0)
    settings.CONNECTOR_HOSTS, settings.YOUTUBE_API_KEY = list(hosts), ""
    settings.YOUTUBE_CLIENT_ID, settings.YOUTUBE_CLIENT_SECRET = "the-site", "its-secret"
    Connection.objects.all().delete()
    with an_outside(certificate) as outside:
        for module in (fetch.fetch, asking.asker):
            monkeypatch.setattr(module, "__kwdefaults__", module.__kwdefaults__ | outside.wiring)
        found = Google()
        found.begin()
        found.outside = outside  # type: ignore[attr-defined]
        found.on(outside)
        yield found


def address(rest: str = "") -> str:
    return f"/p/nordlichter/connections/{rest}"


def leave(client: Client, whose: str = "own") -> dict[str, str]:
    gone = client.post(address("sign-in/"), {"network": "youtube", "whose": whose})
    assert gone["Location"].startswith("https://accounts.google.com/o/oauth2/v2/auth?")
    return {name: values[0] for name, values in parse_qs(urlsplit(gone["Location"]).query).items()}


def signed_in(client: Client, whose: str = "own") -> Any:
    return client.get(BACK, {"code": "a-code", "state": leave(client, whose)["state"]}, follow=True)


def connected(client: Client, whose: str = "own") -> Connection:
    client.post(address("begin/"), {"found": signed_in(client, whose).context["offers"][0]["token"]})
    return Connection.objects.get()


def look(connection: Connection) -> Connection:
    Connection.objects.filter(pk=connection.pk).update(due_at=timezone.now())
    jobs.look(connection.pk)
    return Connection.objects.get(pk=connection.pk)


def days(connection: Connection) -> dict[tuple[date, int], int]:
    rows = Reading.objects.filter(account=connection.account_id, grain=Grain.DAY, post=None)
    found = rows.exclude(metric=Metric.FOLLOWERS_TOTAL).values_list("period_start", "metric", "value")
    return {(on, metric): value for on, metric, value in found}


def test_a_person_signs_in_at_google_sees_the_channel_and_says_yes(google: Google, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    page = client.get(address())
    assert "Sign in at YouTube" in page.text
    assert "https://accounts.google.com" in page["content-security-policy"]
    asked = leave(client)
    assert (asked["client_id"], asked["access_type"], asked["code_challenge_method"]) == ("the-site", "offline", "S256")
    assert all(scope.endswith("readonly") for scope in asked["scope"].split())
    page = client.get(BACK, {"code": "a-code", "state": asked["state"]}, follow=True)
    assert "Nordwerk" in page.text
    assert "YouTube lets this site read until you revoke it." in page.text
    assert "watch time" in page.text
    assert not Connection.objects.exists()
    sent = parse_qs(google.outside.bodies[0].decode())  # type: ignore[attr-defined]
    assert (sent["code"], sent["client_secret"], "code_verifier" in sent) == (["a-code"], ["its-secret"], True)
    client.post(address("begin/"), {"found": page.context["offers"][0]["token"]})
    connection = Connection.objects.get()
    assert (connection.account.user, connection.number, connection.permit_until) == (
        world.influencer, google.number, None,
    )  # fmt: skip
    assert "refresh-1" not in connection.permit_sealed
    assert json.loads(unseal(connection.permit_sealed))["refresh"] == "refresh-1"


def test_watch_time_and_views_come_by_day_and_by_video(google: Google, world: Any, sign_in: Any) -> None:
    own = look(connected(sign_in(world.influencer)))
    assert own.looks.get().code == ""
    assert days(own) == {
        (YESTERDAY, Metric.VIDEO_VIEWS): 40, (YESTERDAY, Metric.WATCH_SECONDS): 5400,
        (YESTERDAY, Metric.FOLLOWERS_NEW): -2,
    }  # fmt: skip
    watched = Reading.objects.filter(account=own.account_id, metric=Metric.WATCH_SECONDS, grain=Grain.LIFETIME)
    assert list(watched.values_list("post__title", "value")) == [("Film video-0", 42_000)]
    assert Reading.objects.filter(account=own.account_id, metric=Metric.REACTIONS).count() == google.posts
    assert {each["ids"] for each in google.reports} == {f"channel=={google.number}"}
    headers = google.outside.asked[-1]  # type: ignore[attr-defined]
    assert (headers["authorization"], "x-goog-api-key" in headers) == ("Bearer access-1", False)
    again = look(own).looks.latest("pk")
    assert (again.posts_new, again.figures_new, again.figures_changed) == (0, 0, 0)


def test_without_a_permission_only_what_everybody_sees(google: Google, world: Any, sign_in: Any, settings: Any) -> None:
    settings.YOUTUBE_API_KEY = "of-this-site"
    client = sign_in(world.influencer)
    found = client.post(address("find/"), {"said": "https://www.youtube.com/@nordwerk"})
    client.post(address("begin/"), {"found": found.context["token"]})
    own = look(Connection.objects.get())
    assert (own.looks.get().code, days(own), google.reports) == ("", {}, [])
    permitted = connected(client)  # the same channel, from now on with more
    assert (permitted.pk, bool(permitted.permit_sealed)) == (own.pk, True)
    assert days(look(permitted))


def test_a_token_is_renewed_and_kept_before_it_is_used(google: Google, world: Any, sign_in: Any, now: Any) -> None:
    own = connected(sign_in(world.influencer))
    now.shift(timedelta(days=1))
    google.tokens = {"access_token": "access-2", "expires_in": 3599, "scope": youtube.SCOPES, "token_type": "Bearer"}
    google.trouble = says(b"{}", 500, JSON)
    kept = granting.opened(look(own).permit_sealed)
    assert (kept.token, kept.refresh, kept.ends_at) == ("access-2", "refresh-1", None)
    now.shift(timedelta(days=1))
    google.token_answer = says(b'{"error": "invalid_grant"}', 400, JSON)
    after = look(own)
    assert (after.stopped_for, after.permit_sealed) == ("ended", "")
    assert "YouTube no longer lets this site read" in sign_in(world.influencer).get(address(f"{own.pk}/")).text


def test_who_gives_a_part_is_asked_for_all_and_nothing_is_kept(google: Google, world: Any, sign_in: Any) -> None:
    google.tokens["scope"] = youtube.SCOPES.split()[0]
    page = signed_in(sign_in(world.influencer))
    assert "YouTube gave only a part of the permission." in page.text
    assert EndingPermit.objects.count() == 1
    permits.end(EndingPermit.objects.get().pk)
    assert google.asked[-1] == "/revoke"
    assert not Connection.objects.exists()


def test_an_account_without_a_channel_is_told_so(google: Google, world: Any, sign_in: Any) -> None:
    google.channels = 0
    assert "This account has no channel." in signed_in(sign_in(world.influencer)).text


def test_revoked_in_one_click_and_with_the_consent(google: Google, world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    own = connected(client)
    assert "here and at YouTube" in client.post(address(f"{own.pk}/revoke/"), follow=True).text
    google.outside.bodies.clear()  # type: ignore[attr-defined]
    permits.end(EndingPermit.objects.get().pk)
    assert parse_qs(google.outside.bodies[0].decode())["token"] == ["refresh-1"]  # type: ignore[attr-defined]
    again = connected(client)
    consents.withdraw(world.program, ["own_figures"], by=world.influencer, channel="settings")
    again.refresh_from_db()
    assert (again.permit_sealed, again.stopped_for) == ("", "withdrawn")


def test_a_sign_in_that_came_to_nothing_ends_no_other(google: Google, world: Any, sign_in: Any) -> None:
    """Google ends all tokens of a person with one of them."""
    client = sign_in(world.influencer)
    connected(client)
    signed_in(client)
    leave(client)
    assert not EndingPermit.objects.exists()


def test_the_companys_channel_is_the_programs(google: Google, world: Any, sign_in: Any) -> None:
    assert leave_is_refused(sign_in(world.influencer))
    page = look(connected(sign_in(world.manager), "company"))
    assert (page.account.kind, page.looks.get().code) == (Account.Kind.COMPANY, "")
    services.forget_everywhere(world.manager)
    page.refresh_from_db()
    assert (page.permit_sealed, page.stopped_for) == ("", "ended")


def leave_is_refused(client: Client) -> bool:
    gone = client.post(address("sign-in/"), {"network": "youtube", "whose": "company"})
    return str(gone["Location"]).endswith("/consents/")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (says(b'{"error": {"errors": [{"reason": "insufficientPermissions"}]}}', 403, JSON), "denied"),
        (says(b'{"error": {"errors": [{"reason": "forbidden"}]}}', 403, JSON), "denied"),
        (says(b'{"error": {"errors": [{"reason": "accessNotConfigured"}]}}', 403, JSON), "no_key"),
        (says(b'{"error": {"errors": [{"reason": "quotaExceeded"}]}}', 403, JSON), "busy"),
        (says(b"{}", 401, JSON), "ended"),
        (says(b"{}", 500, JSON), "silent"),
        (says(b"{", 200, JSON), "odd"),
        (told({"columnHeaders": "moved"}), "odd"),
        (told({"columnHeaders": [], "rows": "moved"}), "odd"),
    ],
)
def test_a_bad_answer_has_its_reason_and_stores_nothing(
    answer: Any, code: str, google: Google, world: Any, sign_in: Any
) -> None:
    own = connected(sign_in(world.influencer))
    google.of_reports = answer
    after = look(own)
    assert (after.looks.latest("pk").code, days(after)) == (code, {})
    assert not Reading.objects.filter(account=own.account_id).exists()


@pytest.mark.parametrize(
    "row", [["2026-13-01", 1, 1, 1, 1], [None, 1, 1, 1, 1], ["2026-11-20"], "x", ["2026-11-20", "9", -1, None, 2.5]]
)
def test_a_row_that_says_no_figure_is_left_out(row: Any, google: Google, world: Any, sign_in: Any) -> None:
    heads = [
        {"name": name} for name in ("day", "views", "estimatedMinutesWatched", "subscribersGained", "subscribersLost")
    ]
    google.of_reports = told({"columnHeaders": heads, "rows": [row]})
    after = look(connected(sign_in(world.influencer)))
    assert (after.looks.get().code, days(after)) == ("", {})


def test_a_report_without_rows_is_an_empty_one(google: Google, world: Any, sign_in: Any) -> None:
    google.of_reports = told({"columnHeaders": [{"name": "day"}]})
    after = look(connected(sign_in(world.influencer)))
    assert (after.looks.get().code, days(after)) == ("", {})


def test_where_the_operator_names_not_all_servers_nobody_signs_in(
    google: Google, world: Any, sign_in: Any, settings: Any
) -> None:
    settings.CONNECTOR_HOSTS = [youtube.HOST, youtube_owner.HOST]
    client = sign_in(world.influencer)
    assert "Sign in at YouTube" not in client.get(address()).text
    answer = client.post(address("sign-in/"), {"network": "youtube", "whose": "own"}, follow=True)
    assert "no key for this network" in answer.text
    assert f"CONNECTOR_HOSTS does not name {youtube.TOKENS}" in sign_in(world.admin).get("/operate/connections/").text
