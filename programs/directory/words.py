"""Words around what people show: languages they speak, and what networks are called."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from babel import Locale
from django.utils.translation import gettext

from core.kit import languages as site
from core.kit.characters import folded

CODES = [
    *("ar", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu"),
    *("it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk"),
    *("ur", "vi", "zh"),
]
SIGNED = "gsg"
NETWORKS = {
    "linkedin.com": ("LinkedIn", "brand-linkedin"),
    "xing.com": ("XING", "brand-xing"),
    "bsky.app": ("Bluesky", "world"),
    "instagram.com": ("Instagram", "brand-instagram"),
    "youtube.com": ("YouTube", "brand-youtube"),
    "github.com": ("GitHub", "world"),
}


def languages() -> list[tuple[str, str]]:
    """What one can choose, by name in the reader's language."""
    return sorted(((code, language_name(code)) for code in (*CODES, SIGNED)), key=lambda pair: folded(pair[1]))


def nearby_first() -> list[tuple[str, str]]:
    """The site's own languages, then all others by name."""
    return sorted(languages(), key=lambda pair: pair[0] not in site.codes())


def language_name(code: str) -> str:
    """As the CLDR writes it for the reader: Norwegian Bokmål, Norwegisch (Bokmål)."""
    if code == SIGNED:
        return gettext("German Sign Language")
    return str(Locale.parse(site.current()).languages.get(code, code))


def language_names(codes: Iterable[str]) -> list[str]:
    return [language_name(code) for code in codes]


@dataclass(frozen=True)
class Link:
    """A profile elsewhere: its address, the network's name (else the host's), and an icon."""

    url: str
    name: str
    icon: str


def link(url: str) -> Link:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for known, (name, icon) in NETWORKS.items():
        if host == known or host.endswith(f".{known}"):
            return Link(url, name, icon)
    return Link(url, host, "world")
