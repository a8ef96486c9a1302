"""Asking a network: through the one guarded way out, at the pace its server allows, and what it says or a reason."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from analytics.connectors import pace
from analytics.connectors.networks.base import Ask, NetworkSource, Trouble
from core.kit import fetch, public_hosts
from core.kit.patience import asked_pause

LIMIT = 4 * 1024 * 1024
SECONDS = 10.0
A_WHILE = 300  # seconds that a busy server gets when it does not say how long
#: What `core.kit.fetch` says, in the words in which a connection is told of it.
SAYS = {
    "off": "off",
    "not_listed": "not_listed",
    "too_slow": "silent",
    "unreachable": "silent",
    "unknown_host": "silent",
}


def asker(
    network: NetworkSource,
    *,
    access: str = "",
    seconds: float = SECONDS,
    patience: float = pace.PATIENCE,
    is_wanted: Callable[[], bool] = lambda: True,
    resolve: fetch.Resolver = public_hosts.resolve,
    connect: fetch.Connector = fetch.connect,
) -> Ask:
    """`patience` is how many seconds it may wait for its turn. `is_wanted` is asked before each request: of who takes a
    consent back nothing more is asked."""

    def ask(url: str) -> Any:
        host = urlsplit(url).hostname or ""
        if not is_wanted():
            raise Trouble("not_wanted")
        pace.wait_for_turn(host, network.seconds_between, patience)
        try:
            answer = fetch.fetch(
                url, types=network.types, headers=network.headers(access), hosts=settings.CONNECTOR_HOSTS,
                seconds=seconds, limit=LIMIT, resolve=resolve, connect=connect,
            )  # fmt: skip
        except fetch.NotFetched as error:
            raise Trouble(SAYS.get(error.code, "odd")) from error
        if access and answer.status == 401:  # of a permission that ended nothing comes ever again
            raise Trouble("ended")
        return _read(network, answer, host)

    return ask


def _read(network: NetworkSource, answer: fetch.Fetched, host: str) -> Any:
    if said := network.trouble(answer):
        raise busy(answer, host, said) if said.code == "busy" else said
    if answer.status in (404, 410):
        raise Trouble("gone")
    if answer.status in (400, 401, 403):  # Bluesky says 400 of an account that is gone or was locked
        raise Trouble("refused")
    if answer.status == 429 or answer.status >= 500:
        raise busy(answer, host) if answer.status == 429 else Trouble("silent", pause_seconds=_seconds(answer, A_WHILE))
    if not 200 <= answer.status < 300:
        raise Trouble("odd")
    return network.read(answer)


def busy(answer: fetch.Fetched, host: str, said: Trouble | None = None) -> Trouble:
    """A limit that was reached is told to all accounts at once: nobody else asks in vain, which would count as well."""
    said = said or Trouble("busy")
    seconds = _seconds(answer, said.pause_seconds or A_WHILE)
    if said.is_for_all:
        pace.leave_alone(host, seconds)
    return Trouble("busy", pause_seconds=seconds, is_for_all=said.is_for_all)


def _seconds(answer: fetch.Fetched, usual: int) -> int:
    """What the server says, or as long as such a limit usually lasts."""
    pause = asked_pause(answer.headers)
    return usual if pause is None else max(1, round(pause.total_seconds()))
