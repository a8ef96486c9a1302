"""Asking for permissions (OAuth 2.0): this site made known at a server, tokens for a code, new ones, and their end.

All of it goes through the one guarded way out, at the pace of the server. What comes back is a `Permit`: a sealed text,
which also says by whom it was given and under which name this site is known there.
"""

import base64
import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from analytics.channels.models import Network
from analytics.connectors import asking, pace
from analytics.connectors.networks.base import JSON, Trouble, read_json
from analytics.connectors.networks.known import NETWORKS, SIGN_INS
from analytics.connectors.networks.oauth import SignIn
from analytics.connectors.site_keys import site_key
from core.kit import fetch
from core.kit.product import NAME
from core.people.secrets import seal, unseal

YEARS = 2 * 366 * 24 * 3600  # seconds; nothing holds so long
ENDED = ("invalid_grant", "invalid_request", "access_denied")
NO_APP = ("unauthorized_client", "invalid_client")
SECONDS_TO_GREET = 5.0


@dataclass(frozen=True)
class Issuer:
    """Who gives permissions, and as what this site is known there, where it was made known for one sign-in."""

    network: str
    host: str = ""
    app_id: str = ""
    app_secret: str = field(default="", repr=False)

    @property
    def sign_in(self) -> SignIn:
        return SIGN_INS[self.network]

    def at(self, address: str) -> str:
        return address.format(host=self.host)

    @property
    def app(self) -> dict[str, str]:
        keys = self.sign_in.keys
        number, secret = map(site_key, keys) if keys else (self.app_id, self.app_secret)
        return {"client_id": number, "client_secret": secret}


@dataclass(frozen=True)
class Permit:
    """Times are seconds since 1970, zero where the network names no end; without `refresh` its owner signs in again."""

    token: str = field(repr=False)
    until: float
    refresh: str = field(default="", repr=False)
    refresh_until: float = 0
    issuer: Issuer = Issuer(Network.LINKEDIN)
    granted: str = ""  # as the network says it

    @property
    def ends_at(self) -> datetime | None:
        ends = self.refresh_until if self.refresh else self.until
        return datetime.fromtimestamp(ends, UTC) if ends else None

    def sealed(self) -> str:
        return seal(json.dumps(asdict(self)))


def opened(sealed: str) -> Permit:
    """Raises `SecretIsSealed`."""
    told = json.loads(unseal(sealed))
    return Permit(**(told | ({"issuer": Issuer(**told["issuer"])} if "issuer" in told else {})))


def back_address(network: str) -> str:
    """Where a network sends people back to."""
    return f"{settings.SITE_URL}{reverse('analytics:connection_back', args=[network])}"


def greet(network: str, host: str, **wiring: Any) -> tuple[Issuer, bool]:
    """This site as the server knows it from now on, and whether it takes a proof of the browser. Raises `Trouble`."""
    sign_in = SIGN_INS[network]
    if not sign_in.register:
        return Issuer(network, host), sign_in.takes_proof
    about = Issuer(network, host)
    given = {
        "client_name": NAME, "website": settings.SITE_URL, "redirect_uris": back_address(network),
        "scopes": sign_in.scopes(False),
    }  # fmt: skip
    takes_proof = _takes_proof(about, **wiring)
    told = _told(_send(about, sign_in.register, given, **wiring))
    number, secret = told.get("client_id"), told.get("client_secret")
    if not (isinstance(number, str) and number and isinstance(secret, str) and secret):
        raise Trouble("odd")
    return Issuer(network, host, number, secret), takes_proof


def _takes_proof(issuer: Issuer, **wiring: Any) -> bool:
    """As the server says of itself (RFC 8414). Older ones say nothing, and refuse a proof that they do not know."""
    ask = asking.asker(NETWORKS[issuer.network], seconds=SECONDS_TO_GREET, **wiring)
    try:
        told = ask(issuer.at(issuer.sign_in.metadata))
    except Trouble as trouble:
        if trouble.code in ("gone", "refused", "odd"):
            return False
        raise
    methods = told.get("code_challenge_methods_supported") if isinstance(told, dict) else None
    return isinstance(methods, list) and "S256" in methods


def page(issuer: Issuer, *, state: str, verifier: str, is_company: bool) -> str:
    """The network's page where somebody says yes."""
    sign_in = issuer.sign_in
    asked = {
        "response_type": "code", "client_id": issuer.app["client_id"], "redirect_uri": back_address(issuer.network),
        "state": state, "scope": sign_in.scopes(is_company), **sign_in.more,
    }  # fmt: skip
    if verifier:
        digest = hashlib.sha256(verifier.encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        asked |= {"code_challenge": proof, "code_challenge_method": "S256"}
    return f"{issuer.at(sign_in.page)}?{urlencode(asked)}"


def of_code(issuer: Issuer, code: str, verifier: str = "", **wiring: Any) -> Permit:
    """The tokens for what came back from the network. Raises `Trouble`."""
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": back_address(issuer.network)}
    return _given(issuer, given | ({"code_verifier": verifier} if verifier else {}), None, **wiring)


def is_whole(permit: Permit, *, is_company: bool) -> bool:
    """Whether somebody gave all that is needed, where they may give a part."""
    sign_in = permit.issuer.sign_in
    return not sign_in.is_in_parts or set(sign_in.scopes(is_company).split()) <= set(permit.granted.split())


def renewed(permit: Permit, **wiring: Any) -> Permit:
    """Raises `Trouble`."""
    given = {"grant_type": "refresh_token", "refresh_token": permit.refresh}
    return _given(permit.issuer, given, permit, **wiring)


def revoke(permit: Permit, **wiring: Any) -> None:
    """Raises `Trouble`."""
    issuer = permit.issuer
    _send(issuer, issuer.sign_in.revoke, {"token": permit.refresh or permit.token} | issuer.app, **wiring)


def _given(issuer: Issuer, what: dict[str, str], before: Permit | None, **wiring: Any) -> Permit:
    told = _told(_send(issuer, issuer.sign_in.token, what | issuer.app, **wiring))
    token, refresh = told.get("access_token"), told.get("refresh_token") or (before.refresh if before else "")
    may_last, now = issuer.sign_in.is_endless, time.time()
    until = _end(told.get("expires_in"), now)
    refresh_until = _end(told.get("refresh_token_expires_in"), now) or (before.refresh_until if before else 0)
    if not (isinstance(token, str) and token and isinstance(refresh, str)) or not (until or may_last):
        raise Trouble("odd")
    if not (refresh_until or may_last):
        refresh = ""
    scope = told.get("scope") or (before.granted if before else "")
    granted = scope if isinstance(scope, str) else ""
    return Permit(token, until, refresh, refresh_until if refresh else 0, issuer, granted)


def _end(seconds: Any, now: float) -> float:
    """When it ends; zero of what is no time."""
    is_time = isinstance(seconds, int) and not isinstance(seconds, bool) and 0 < seconds <= YEARS
    return now + seconds if is_time else 0


def _send(issuer: Issuer, address: str, given: Mapping[str, str], **wiring: Any) -> fetch.Fetched:
    url = issuer.at(address)
    host = urlsplit(url).hostname or ""
    pace.wait_for_turn(host, NETWORKS[issuer.network].seconds_between)
    try:
        answer = fetch.fetch(
            url, types=(), method="POST", body=urlencode(given).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"}, hosts=settings.CONNECTOR_HOSTS,
            seconds=asking.SECONDS, **wiring,
        )  # fmt: skip
    except fetch.NotFetched as error:
        raise Trouble(asking.SAYS.get(error.code, "odd")) from error
    if answer.status == 429:
        raise Trouble("sign_ins") if address == issuer.sign_in.register else asking.busy(answer, host)
    if answer.status >= 500:
        raise Trouble("silent")
    if not 200 <= answer.status < 300:
        why = _why(answer)
        raise Trouble("no_key" if why in NO_APP else "ended" if why in ENDED else "odd")
    return answer


def _told(answer: fetch.Fetched) -> dict[str, Any]:
    told = read_json(answer) if answer.content_type in JSON else None
    if not isinstance(told, dict):
        raise Trouble("odd")
    return told


def _why(answer: fetch.Fetched) -> object:
    try:
        told = read_json(answer)
    except Trouble:
        return None
    return told.get("error") if isinstance(told, dict) else None
