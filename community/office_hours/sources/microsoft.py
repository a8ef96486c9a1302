"""The calendar of a Microsoft 365 account, read through Microsoft Graph with a permission that its owner gives there.

The owner signs in at Microsoft (authorization code with PKCE); this site sees no password. Events are asked for with
their times only. What is kept is one sealed text: first the code, then the tokens it was changed for.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from community.office_hours.sources.base import Ask, Between, NotRead, Spans, good, read_json
from core.kit.calendar_times import together
from core.kit.fetch import Fetched
from core.kit.public_hosts import is_listed

SIGN_IN, GRAPH = "login.microsoftonline.com", "graph.microsoft.com"
EVENTS = f"https://{GRAPH}/v1.0/me/calendarView"
SCOPE = f"offline_access https://{GRAPH}/Calendars.ReadBasic"
AT_ONCE, MOST_PAGES = 1000, 5
FREE = ("free", "workingElsewhere")
YEAR = 366 * 24 * 3600  # seconds; no token holds so long
EARLIER = 60  # seconds before its end in which a token is not used any more
ENDED = ("invalid_grant", "interaction_required", "consent_required")
NOT_OURS = ("invalid_client", "unauthorized_client")

Keep = Callable[[str], None]  # puts what is kept in the place of what was; `NotRead` when that is another one by now


def is_ready() -> bool:
    """Whether the operator registered this site at Microsoft and allows both of its servers."""
    may = all(is_listed(host, settings.OUTGOING_HOSTS) for host in (SIGN_IN, GRAPH))
    return bool(may and settings.MICROSOFT_CLIENT_ID and settings.MICROSOFT_CLIENT_SECRET)


def begin() -> tuple[str, str]:
    """What this browser must bring back, and what only this site knows of it: state and verifier."""
    return secrets.token_urlsafe(32), secrets.token_urlsafe(48)


def sign_in_url(state: str, verifier: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "client_id": settings.MICROSOFT_CLIENT_ID, "response_type": "code", "response_mode": "query",
        "redirect_uri": _back(), "scope": SCOPE, "state": state, "prompt": "select_account",
        "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{_sign_in('authorize')}?{urlencode(asked)}"


def secret_of(code: str, verifier: str) -> str:
    return json.dumps({"code": code, "verifier": verifier})


@dataclass
class Graph:
    secret: str = field(repr=False)
    ask: Ask
    keep: Keep

    def busy(self, between: Between) -> Spans:
        start, end = between.utc("%Y-%m-%dT%H:%M:%SZ")
        asked = {
            "startDateTime": start, "endDateTime": end, "$top": AT_ONCE,
            "$select": "start,end,showAs,isAllDay,isCancelled",
        }  # fmt: skip
        url, found = f"{EVENTS}?{urlencode(asked, safe='$,')}", []
        for _page in range(MOST_PAGES):
            answer = read_json(self._look(url))
            found += _spans(answer, ZoneInfo(between.zone))
            url = answer.get("@odata.nextLink") or ""
            if not url:
                return together(found)
            if not isinstance(url, str) or not url.startswith(f"https://{GRAPH}/"):
                raise NotRead("odd")  # a token goes nowhere else
        raise NotRead("too_large")

    def _look(self, url: str) -> Fetched:
        kept = json.loads(self.secret)
        token = kept.get("access", "") if kept.get("until", 0) > time.time() + EARLIER else ""
        answer = self._get(url, token) if token else None
        if answer is None or answer.status == 401:  # Microsoft may end a token before its time
            answer = self._get(url, self._renewed(kept))
        return good(answer)

    def _get(self, url: str, token: str) -> Fetched:
        headers = {"Authorization": f"Bearer {token}", "Prefer": 'outlook.timezone="UTC"'}
        return self.ask(url, types=("application/json",), headers=headers)

    def _renewed(self, kept: dict[str, Any]) -> str:
        """A new token. It is kept before it is used: the one before is worth nothing from then on."""
        given = {"client_id": settings.MICROSOFT_CLIENT_ID, "client_secret": settings.MICROSOFT_CLIENT_SECRET}
        if "code" in kept:
            given |= {"grant_type": "authorization_code", "code": kept["code"], "code_verifier": kept["verifier"]}
            given["redirect_uri"] = _back()
        else:
            given |= {"grant_type": "refresh_token", "refresh_token": kept["refresh"], "scope": SCOPE}
        answer = self.ask(
            _sign_in("token"), types=("application/json",), method="POST", body=urlencode(given).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        if answer.status in (400, 401):
            why = read_json(answer).get("error")
            raise NotRead("ended" if why in ENDED else "not_registered" if why in NOT_OURS else "odd")
        told = read_json(good(answer))
        access, refresh, seconds = told.get("access_token"), told.get("refresh_token"), told.get("expires_in")
        refresh = refresh or kept.get("refresh")
        if (
            not isinstance(access, str)
            or not isinstance(refresh, str)
            or not isinstance(seconds, int)
            or seconds > YEAR
        ):
            raise NotRead("odd")
        self.secret = json.dumps({"refresh": refresh, "access": access, "until": time.time() + seconds})
        self.keep(self.secret)
        return access


def _spans(answer: dict[str, Any], home: ZoneInfo) -> Spans:
    """One event that cannot be read might be a busy time, so then nothing is."""
    try:
        events = [each for each in answer["value"] if each["showAs"] not in FREE and not each["isCancelled"]]
        return [(_moment(each, "start", home), _moment(each, "end", home)) for each in events]
    except (KeyError, OverflowError, TypeError, ValueError):
        raise NotRead("odd") from None


def _moment(event: dict[str, Any], name: str, home: ZoneInfo) -> datetime:
    """Whole days come as midnight without a zone of their own, whatever zone is asked for."""
    if event[name]["timeZone"] != "UTC":
        raise ValueError(name)
    found = datetime.fromisoformat(event[name]["dateTime"]).replace(tzinfo=UTC)
    is_day = event["isAllDay"] and found.time() == datetime.min.time()
    return found.replace(tzinfo=home).astimezone(UTC) if is_day else found


def _sign_in(what: str) -> str:
    return f"https://{SIGN_IN}/{settings.MICROSOFT_TENANT}/oauth2/v2.0/{what}"


def _back() -> str:
    return f"{settings.SITE_URL}{reverse('community:hours_microsoft')}"
