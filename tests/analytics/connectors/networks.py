"""Networks on the loopback that answer as the real ones do, with as many posts as a test wants."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.core.kit.outside import Outside, an_outside, says

SAMPLES = Path(__file__).parents[2] / "samples"
ACCOUNT = json.loads((SAMPLES / "mastodon_api" / "account.json").read_text())
STATUS = json.loads((SAMPLES / "mastodon_api" / "status.json").read_text())
PROFILE = json.loads((SAMPLES / "synthetic" / "bluesky_getProfile.json").read_text())
FEED = json.loads((SAMPLES / "synthetic" / "bluesky_getAuthorFeed.json").read_text())

HOST = "nord.example"
NUMBER = "117020457910412882"
DID = PROFILE["did"]
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
JSON = "application/json"


def status(number: int, *, likes: int = 0, days_ago: float = 1, **fields: Any) -> dict[str, Any]:
    at = NOW - timedelta(days=days_ago)
    row: dict[str, Any] = deepcopy(STATUS) | {
        "id": str(number),
        "created_at": at.isoformat().replace("+00:00", "Z"),
        "url": f"https://{HOST}/@ines/{number}",
        "favourites_count": likes,
    }
    row["account"] = {"id": NUMBER}
    return row | fields


class Mastodon:
    """A server with one account. `trouble` is answered instead of everything."""

    def __init__(self, outside: Outside) -> None:
        self.account = deepcopy(ACCOUNT) | {"username": "ines", "acct": "ines", "display_name": "Ines Kowalczyk",
                                            "followers_count": 312}  # fmt: skip
        self.statuses: list[dict[str, Any]] = []
        self.trouble: Any = None
        self.pages = 0
        self.paths: list[str] = []
        self.apps, self.takes_proof, self.is_closed = 0, True, False
        self.clock: Any = None  # of the test
        outside.answers = self  # type: ignore[assignment]
        self.outside = outside

    def get(self, path: str, _default: Any) -> Any:
        if self.trouble is not None:
            return self.trouble
        parts = urlsplit(path)
        self.paths.append(parts.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if (found := self.of_sign_in(parts.path)) is not None:
            return found
        if self.is_closed and "authorization" not in self.outside.asked[-1]:
            return says(b'{"error": "This method requires an authenticated user"}', 401, JSON)
        if parts.path == "/api/v1/accounts/lookup" and asked.get("acct", "").lower() == "ines":
            return answer(self.account)
        if parts.path == f"/api/v1/accounts/{NUMBER}":
            return answer(self.account)
        if parts.path == f"/api/v1/accounts/{NUMBER}/statuses":
            self.pages += 1
            older = [row for row in self.statuses if "max_id" not in asked or int(row["id"]) < int(asked["max_id"])]
            return answer(older[: int(asked["limit"])])
        return says(b'{"error": "Record not found"}', 404, JSON)

    def of_sign_in(self, path: str) -> Any:
        """Written by hand after docs.joinmastodon.org/methods/apps, /methods/oauth and /methods/accounts: none of it is
        recorded. Each registration is another application, and each of its tokens names it."""
        if path == "/.well-known/oauth-authorization-server" and self.takes_proof:
            return answer({"issuer": f"https://{HOST}/", "code_challenge_methods_supported": ["S256"]})
        if path == "/api/v1/apps":
            self.apps += 1
            number = str(self.apps)
            return answer({"id": number, "client_id": f"app-{number}", "client_secret": f"secret-{number}",
                           "client_secret_expires_at": 0, "scopes": ["read:accounts", "read:statuses"]})  # fmt: skip
        if path == "/oauth/token":
            token = f"token-{self.apps}"
            return answer({"access_token": token, "token_type": "Bearer", "scope": "read:accounts read:statuses",
                           "created_at": 1_790_000_000})  # fmt: skip
        if path == "/oauth/revoke":
            return answer({})
        if path == "/api/v1/accounts/verify_credentials":
            return answer(self.account)
        return None


def answer(value: Any) -> Any:
    return says(json.dumps(value).encode(), 200, JSON)


def slowly(_request: BaseHTTPRequestHandler) -> None:
    """Nothing ever comes."""
    _request.rfile.read(1)


@contextmanager
def a_mastodon(certificate: Path) -> Iterator[Mastodon]:
    with an_outside(certificate) as outside:
        yield Mastodon(outside)
