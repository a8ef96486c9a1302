"""How an account's owner lets this site read, by OAuth 2.0: where one signs in, for what, and what it opens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analytics.connectors.networks.base import Ask, Handle, Profile


@dataclass(frozen=True)
class SignIn:
    """Addresses say `{host}` where a network has many servers; there this site is made known for each sign-in by
    itself, so that one permission has nothing to do with another."""

    page: str
    token: str
    revoke: str
    scopes: Callable[[bool], str]  # what is asked for, for the company's account or a person's own
    accounts: Callable[[bool, str, Ask], list[Profile]]  # whose figures a permission opens, at this server
    handle: Callable[[Profile, str], Handle]
    is_ready: Callable[[], bool]
    keys: tuple[str, str] | None = None  # how the operator's own application is called among the site's keys
    register: str = ""  # where this site is made known to a server
    metadata: str = ""  # where a server says whether it takes a proof of the browser (PKCE)
    takes_proof: bool = False  # whether it is known to do so, where no server has to be asked
    is_in_parts: bool = False  # whether somebody may give a part of what was asked for
    is_required: bool = False  # whether the network tells nobody else
    is_apart: bool = False  # whether the end of one permission ends no other of the same person
    is_endless: bool = False  # whether tokens may hold until somebody ends them
    more: Mapping[str, str] = field(default_factory=dict)  # what else the page wants to know
