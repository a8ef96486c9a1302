"""Finding an account while its person waits: briefly, and not too often."""

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core import signing

from analytics.channels.models import Network
from analytics.connectors import asking, messages
from analytics.connectors.networks.base import Handle, Profile, Trouble
from analytics.connectors.networks.known import NETWORKS
from analytics.imports.access import COMPANY
from analytics.imports.owner import same_name
from core.kit.limits import is_within

if TYPE_CHECKING:
    from core.people.models import User

SECONDS, PATIENCE = 5.0, 2.0
MOST, WITHIN = 30, 3600  # searches of one person
SALT, VALID = "connectors.found", 3600


@dataclass(frozen=True)
class Found:
    """What was shown to the person who says yes to it."""

    place: Handle
    profile: Profile
    whose: str
    by_sign_in: bool


def find(place: Handle, *, by: "User", **wiring: Any) -> Profile:
    """The account as its network knows it. Raises `Trouble`."""
    if not is_within(f"connectors:{by.pk}", MOST, WITHIN):
        raise Trouble("busy")
    network = NETWORKS[place.network]
    if not network.is_ready():
        raise Trouble("no_key")
    ask = asking.asker(network, seconds=SECONDS, patience=PATIENCE, **wiring)
    return network.find(place, ask)


def placed(place: Handle, profile: Profile) -> Handle:
    """Whether a feed is a blog or a podcast shows only in it."""
    return replace(place, network=profile.network or place.network)


def is_called(profile: Profile, name: str) -> bool:
    """Whether the account carries this name, as its display name or as its handle."""
    handle = profile.handle.lstrip("@").partition("@")[0].partition(".")[0]
    return same_name(profile.name, name) or same_name(handle.replace("-", " ").replace("_", " "), name)


def network_name(place: Handle) -> str:
    return str(Network(place.network).label)


def token_of(place: Handle, profile: Profile, whose: str, *, by: "User", by_sign_in: bool = False) -> str:
    """What was found, signed for this person: the yes is about what they saw, and asks nobody again."""
    return signing.dumps([by.pk, whose, asdict(place), asdict(profile), by_sign_in], salt=SALT)


def opened(token: str, *, by: "User") -> Found | None:
    try:
        person, whose, place, profile, by_sign_in = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    return Found(Handle(**place), Profile(**profile), whose, by_sign_in) if person == by.pk else None


def offer(place: Handle, profile: Profile, whose: str, *, by: "User", by_sign_in: bool = False) -> dict[str, Any]:
    """An account as it is shown before anything is kept."""
    return {
        "profile": profile,
        "network": network_name(place),
        "whose": whose,
        "what": messages.what_of(place.network, profile.number, is_permitted=by_sign_in),
        "token": token_of(place, profile, whose, by=by, by_sign_in=by_sign_in),
        "is_other": whose != COMPANY and not is_called(profile, by.name),
    }
