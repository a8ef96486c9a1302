"""LinkedIn on the loopback: a person, a page, their figures, and tokens that hold as long as a test wants."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.urls import reverse
from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.connectors import asking, jobs
from analytics.connectors.models import Connection
from analytics.connectors.networks import linkedin
from core.kit import fetch
from tests.analytics.connectors.networks import JSON, NOW
from tests.core.kit.outside import Outside, an_outside, certificate_for, says

HOSTS = ("www.linkedin.com", "api.linkedin.com")
PERSON, PAGE = "urn:li:person:fz4gLt", "urn:li:organization:77"
POST = "7330125177223049218"
YESTERDAY = NOW.date() - timedelta(days=1)
BACK = reverse("analytics:connection_back", args=["linkedin"])


def said(value: Any, status: int = 200) -> Any:
    return says(json.dumps(value).encode(), status, JSON)


def milliseconds(day: Any) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


class LinkedIn:
    """`trouble` is answered instead of everything but the token."""

    def __init__(self, outside: Outside) -> None:
        self.outside, self.trouble = outside, None
        self.tokens: dict[str, Any] = {"access_token": "access-1", "expires_in": 5_184_000}
        self.token_answer: Any = None
        self.impressions = {YESTERDAY - timedelta(days=n): 100 + n for n in range(3)}
        self.posts = [self.post("urn:li:share:" + POST)]
        self.paths: list[str] = []
        outside.answers = self  # type: ignore[assignment]

    @staticmethod
    def post(number: str, days_ago: int = 3) -> dict[str, Any]:
        at = milliseconds(NOW.date() - timedelta(days=days_ago))
        return {"id": number, "publishedAt": at, "commentary": "Nachtschicht"}

    def get(self, path: str, _default: Any) -> Any:
        parts = urlsplit(path)
        self.paths.append(path)
        if parts.path == "/oauth/v2/accessToken":
            return self.token_answer or said(self.tokens)
        if parts.path == "/oauth/v2/revoke":
            return says(b"", 200)
        if self.trouble is not None:
            return self.trouble
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        name = parts.path.removeprefix("/rest").strip("/").partition("/")[0]
        return said(getattr(self, f"of_{name}", self.nothing)(asked))

    def nothing(self, _asked: Any) -> Any:
        return {"elements": []}

    def of_v2(self, _asked: Any) -> Any:
        return {"id": PERSON[14:], "localizedFirstName": "Ines", "localizedLastName": "Kowalczyk", "vanityName": "ines"}

    def of_organizationAcls(self, _asked: Any) -> Any:
        return {"elements": [{"organization": PAGE, "role": "ADMINISTRATOR"}, {"organization": "urn:li:person:no"}]}

    def of_organizations(self, _asked: Any) -> Any:
        return {"id": 77, "localizedName": "Nordwerk", "vanityName": "nordwerk"}

    def of_networkSizes(self, _asked: Any) -> Any:
        return {"firstDegreeSize": 4100}

    def of_memberFollowersCount(self, asked: Any) -> Any:
        if asked["q"] == "me":
            return {"elements": [{"memberFollowersCount": 512}]}
        return {"elements": [self.day(YESTERDAY, "memberFollowersCount", -2)]}

    def of_memberCreatorPostAnalytics(self, asked: Any) -> Any:
        if asked["q"] == "entity":
            assert POST in asked["entity"]
            kind = {"com.linkedin.v1.MetricTypeV1": asked["queryType"]}  # as versions before 202605 write it
            return {"elements": [{"count": len(asked["queryType"]), "metricType": kind}]}
        rows = [self.day(day, "count", value) for day, value in self.impressions.items()]
        return {"elements": rows if asked["queryType"] == "IMPRESSION" else [self.day(YESTERDAY, "count", 1)]}

    @staticmethod
    def day(day: Any, name: str, value: Any) -> dict[str, Any]:
        return {name: value, "dateRange": {"start": {"year": day.year, "month": day.month, "day": day.day}}}

    def of_posts(self, asked: Any) -> Any:
        return {"elements": self.posts[int(asked["start"]) :][:50]}

    def of_organizationalEntityShareStatistics(self, asked: Any) -> Any:
        told = {"impressionCount": 900, "uniqueImpressionsCount": 700, "clickCount": 9, "likeCount": -1,
                "commentCount": 2, "shareCount": 0, "engagement": 0.01}  # fmt: skip
        if "timeIntervals" in asked:
            start = int(re.findall(r"start:(\d+)", asked["timeIntervals"])[0])
            assert NOW.timestamp() * 1000 - start <= 365 * 86_400_000  # LinkedIn refuses more than twelve months
            return {"elements": [{"timeRange": {"start": milliseconds(YESTERDAY)}, "totalShareStatistics": told}]}
        urns = re.findall(r"urn:li:(?:share|ugcPost):\d+", unquote(asked.get("shares", asked.get("ugcPosts", ""))))
        return {"elements": [{"share": urn, "totalShareStatistics": told | {"likeCount": 7}} for urn in urns]}

    def of_organizationalEntityFollowerStatistics(self, _asked: Any) -> Any:
        gains = {"organicFollowerGain": 4, "paidFollowerGain": 1}
        return {"elements": [{"timeRange": {"start": milliseconds(YESTERDAY)}, "followerGains": gains}]}


def cut_off(request: BaseHTTPRequestHandler) -> None:
    """More is announced than comes."""
    request.send_response(200)
    request.send_header("Content-Type", JSON)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"elements": [')


@contextmanager
def a_linkedin(folder: Path, monkeypatch: Any, settings: Any) -> Iterator[LinkedIn]:
    """LinkedIn behind the site's own way out, which nobody has to ask slowly."""
    certificate = certificate_for(HOSTS[0], folder, *HOSTS)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(linkedin, "seconds_between", 0.0)
    settings.CONNECTOR_HOSTS = list(HOSTS)
    settings.LINKEDIN_CLIENT_ID, settings.LINKEDIN_CLIENT_SECRET = "the-site", "its-secret"
    with an_outside(certificate) as outside:
        monkeypatch.setattr(fetch.fetch, "__kwdefaults__", fetch.fetch.__kwdefaults__ | outside.wiring)
        monkeypatch.setattr(asking.asker, "__kwdefaults__", asking.asker.__kwdefaults__ | outside.wiring)
        yield LinkedIn(outside)


def address(rest: str = "") -> str:
    return f"/p/nordlichter/connections/{rest}"


def signed_in(client: Any, whose: str = "own") -> Any:
    """There and back; what is shown then."""
    gone = client.post(address("sign-in/"), {"whose": whose})
    state = parse_qs(urlsplit(gone["Location"]).query)["state"][0]
    return client.get(BACK, {"code": "a-code", "state": state}, follow=True)


def connected(client: Any, whose: str = "own") -> Connection:
    page = signed_in(client, whose)
    client.post(address("begin/"), {"found": page.context["offers"][0]["token"]})
    kind = Account.Kind.COMPANY if whose == "company" else Account.Kind.PERSON
    return Connection.objects.get(account__network=Network.LINKEDIN, account__kind=kind)


def look(connection: Connection) -> Connection:
    Connection.objects.filter(pk=connection.pk).update(due_at=timezone.now())
    jobs.look(connection.pk)
    return Connection.objects.get(pk=connection.pk)
