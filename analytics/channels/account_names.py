"""Which account a file means: people write the network and a name, in any order and spelling."""

import re
import unicodedata

from analytics.channels.models import Account, Network

#: As people and programs call the networks.
WORDS = {network.value: network for network in Network if network not in (Network.OTHER, Network.INTERNAL)} | {
    "twitter": Network.X,
    "insta": Network.INSTAGRAM,
    "yt": Network.YOUTUBE,
    "fb": Network.FACEBOOK,
    "threads": Network.OTHER,
    "intranet": Network.INTERNAL,
}


def named(text: str) -> tuple[Network, str]:
    """Network and name: "X @nordwerk", "nordwerk (Mastodon)", "Nordwerk AG". Without a network it is LinkedIn."""
    words = re.findall(r"[^\s:/,;()\[\]|–-]+", text)
    bracketed = re.findall(r"[(\[]\s*([^\s()\[\]]+)\s*[)\]]", text)
    for word in [*words[:1], *bracketed]:
        network = WORDS.get(word.casefold().removesuffix(".com"))
        if network:
            rest = text.replace(word, "", 1) if network is not Network.OTHER else text
            return network, " ".join(re.sub(r"^[\s:/,;()\[\]|–-]+|[\s:/,;()\[\]|–-]+$", "", rest).split())
    return Network.LINKEDIN, text.strip()


def plain(name: str) -> str:
    """Letter by letter: “Nordwerk” and “Nordwerk Careers” are two pages, “nordwerk-careers” is the second."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalnum())


def is_called(account: Account, name: str) -> bool:
    return plain(name) in {plain(known) for known in (account.owner_name, account.handle) if known.strip()}
