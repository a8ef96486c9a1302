"""Judging an address: is it well-formed, and does it look like another one? Pure: no database here."""

import re
import unicodedata
from functools import lru_cache

from core.kit.characters import TURNING

# Letters that look like ASCII ones in common fonts; marks and widths are removed by normalisation before.
_CYRILLIC = "аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw ӏl кk мm тt вb нh"
_GREEK = "αa οo ρp τt υu νv ιi κk μu εe ηn"
_LATIN = "ıi łl øo đd ðd ſs ɡg ɑa"
_TWINS = {ord(pair[0]): pair[1] for pair in f"{_CYRILLIC} {_GREEK} {_LATIN}".split()}
_WELL_FORMED = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?P<domain>[^@]+)")
_PROVIDERS = """
aol.com aol.de arcor.de bluewin.ch email.de freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
hotmail.com hotmail.de hotmail.fr icloud.com laposte.net libero.it live.com live.de mac.com mail.com mail.de mailbox.org
me.com msn.com online.de orange.fr outlook.com outlook.de outlook.fr posteo.de posteo.net proton.me protonmail.com
t-online.de tuta.com tutanota.com tutanota.de vodafone.de vodafonemail.de web.de yahoo.com yahoo.de yahoo.fr ymail.com
"""
PRIVATE = frozenset(_PROVIDERS.split())
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def skeleton(address: str) -> str:
    """What an address looks like to the eye: `mıke@` and `mike@` have the same skeleton."""
    if address.isascii():
        return address
    plain = unicodedata.normalize("NFKD", address.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_TWINS)


def normalised(address: str) -> str:
    """Lower case; a domain with umlauts in the spelling that mail servers use. Raises ValueError for a bad domain."""
    address = address.strip().rstrip(".,;").lower().removeprefix("mailto:")
    if address.isascii():
        return address
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_ascii_domain(domain)}"


@lru_cache(maxsize=512)
def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise ValueError(domain) from None


def is_well_formed(address: str) -> bool:
    """A normalised address that a mail server takes: at most 254 characters, a domain with a dot."""
    match = _WELL_FORMED.fullmatch(address)
    if match is None or len(address) > 254 or address.index("@") > 64:
        return False
    return _is_domain(match["domain"])


@lru_cache(maxsize=2048)
def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()


def hidden_place(text: str) -> int:
    """Where the first invisible control character stands (counted from 1), or 0."""
    for place, letter in enumerate(text, start=1):
        if not letter.isascii() or letter < " " or letter == "\x7f":
            category = unicodedata.category(letter)
            if (category in ("Cc", "Cs", "Cf") and letter not in "\t") or letter == "\ufffd":
                return place
    return 0


def marked(text: str) -> str:
    """To be shown: a sign in the place of each letter that nobody sees, and none that turns the words beside it."""
    return "".join("\ufffd" if hidden_place(letter) or letter in TURNING else letter for letter in text)


def is_private(address: str) -> bool:
    """Of a provider where people have private mailboxes: the company cannot tell whose it is, nor take it back."""
    return address.rpartition("@")[2].lower() in PRIVATE
