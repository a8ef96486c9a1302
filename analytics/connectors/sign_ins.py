"""A sign-in at a network that a browser began: what it has to bring back, and what came of it."""

import json
from dataclasses import asdict, dataclass
from secrets import token_urlsafe
from typing import Any

from analytics.channels.models import Network
from analytics.connectors import granting
from analytics.connectors.granting import Issuer
from analytics.connectors.networks.known import SIGN_INS
from core.people.secrets import seal, unseal


@dataclass(frozen=True)
class Attempt:
    """What only this site may know of a sign-in; the browser keeps it sealed."""

    issuer: Issuer
    verifier: str  # which the network compares with the proof it was shown; empty where it takes none

    def sealed(self) -> str:
        return seal(json.dumps(asdict(self)))


def attempt_of(sealed: str) -> Attempt:
    told = json.loads(unseal(sealed))
    return Attempt(Issuer(**told["issuer"]), told["verifier"])


def begin(network: str, host: str, *, is_company: bool, **wiring: Any) -> tuple[Attempt, str, str]:
    """The attempt, what must come back with it, and the network's page. Raises `Trouble`."""
    issuer, takes_proof = granting.greet(network, host, **wiring)
    attempt, state = Attempt(issuer, token_urlsafe(64) if takes_proof else ""), token_urlsafe(32)
    return attempt, state, granting.page(issuer, state=state, verifier=attempt.verifier, is_company=is_company)


def offered() -> list[str]:
    """The networks with an application of this site's own, where one can sign in now."""
    return [network for network, sign_in in SIGN_INS.items() if sign_in.keys and sign_in.is_ready()]


def is_offered_at_servers() -> bool:
    return SIGN_INS[Network.MASTODON].is_ready()
