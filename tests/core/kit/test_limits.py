"""Whose address a limit counts: the visitor's, as the proxies of ours name it, nothing that a visitor can make up."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from core.kit.limits import address_of
from influencer import env
from tests.world import make_user

CADDY = "172.18.0.7"
NETWORKS = [ip_network("172.16.0.0/12"), ip_network("fd00::/8")]
VISITOR = "198.51.100.7"


@pytest.mark.parametrize(
    ("trusted", "forwarded", "peer", "found"),
    [
        (0, None, VISITOR, VISITOR),
        (0, "1.1.1.1", VISITOR, VISITOR),  # nobody stands between: whoever sends the header made it up
        (1, VISITOR, CADDY, VISITOR),
        (1, f"1.1.1.1, {VISITOR}", CADDY, VISITOR),
        (1, f"{VISITOR}, 1.1.1.1", CADDY, "1.1.1.1"),
        (1, None, CADDY, CADDY),  # a probe from within
        (2, f"1.1.1.1, {VISITOR}, 10.0.0.1", CADDY, VISITOR),
        (2, VISITOR, CADDY, VISITOR),  # shorter than said: an answer all the same
        (1, "nonsense", CADDY, CADDY),
        (1, "", "", "0.0.0.0"),
        (1, f"{VISITOR}:4711", CADDY, VISITOR),
        (1, f"::ffff:{VISITOR}", CADDY, VISITOR),
        (1, "2001:db8:1:2:3:4:5:6", CADDY, "2001:db8:1:2::"),
        (1, "[2001:db8:1:2:9::9]:443", CADDY, "2001:db8:1:2::"),
        (NETWORKS, VISITOR, CADDY, VISITOR),
        (NETWORKS, f"1.1.1.1, {VISITOR}, fd00::1", CADDY, VISITOR),
        (NETWORKS, "1.1.1.1", VISITOR, VISITOR),  # past the proxy
        (NETWORKS, "172.18.0.9", CADDY, "172.18.0.9"),  # a colleague within the network
    ],
)
def test_whose_address_it_is(settings: Any, trusted: Any, forwarded: str | None, peer: str, found: str) -> None:
    settings.TRUSTED_PROXIES = trusted
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert address_of(RequestFactory(REMOTE_ADDR=peer, headers=headers).get("/")) == found


def _sign_in(login: str, forwarded: str, password: str = "wrong") -> bool:  # noqa: S107
    client = Client(REMOTE_ADDR=CADDY, headers={"X-Forwarded-For": forwarded})
    return client.post("/accounts/login/", {"login": login, "password": password}).status_code == 302


@pytest.mark.parametrize("trusted", [1, NETWORKS])
def test_behind_the_proxy_one_visitor_locks_out_nobody_else(settings: Any, trusted: Any, db: None) -> None:
    """And a made-up address in the header gives nobody more tries."""
    settings.TRUSTED_PROXIES = trusted
    anna = make_user("anna")
    anna.set_password("correct horse battery")
    anna.save()
    for number in range(30):
        _sign_in(f"nobody{number}@example.com", f"1.2.3.{number}, {VISITOR}")
    assert not _sign_in(anna.email, VISITOR, "correct horse battery")
    assert not _sign_in(anna.email, f"203.0.113.1, {VISITOR}", "correct horse battery")
    assert _sign_in(anna.email, "203.0.113.1", "correct horse battery")


def test_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, meant in (("", 0), ("2", 2), ("172.16.0.0/12, fd00::/8", NETWORKS)):
        monkeypatch.setenv("TRUSTED_PROXIES", said)
        assert env.proxies("TRUSTED_PROXIES") == meant
    monkeypatch.setenv("TRUSTED_PROXIES", "caddy")
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES must be a number or addresses"):
        env.proxies("TRUSTED_PROXIES")
