"""Who suits whom: by topic, language and site. Pure and deterministic: the same people give the same answer, in
whatever order they come."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from core.kit.characters import folded


@dataclass(frozen=True)
class Side:
    """What one person gave. `load` is how many they accompany already, of at most `most`."""

    id: int
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    site: str = ""
    load: int = 0
    most: int = 1

    @property
    def is_free(self) -> bool:
        return self.load < self.most


@dataclass(frozen=True)
class Match:
    """Somebody who suits, with the reasons a person reads."""

    id: int
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    same_site: bool = False
    lot: str = ""

    @property
    def rank(self) -> tuple[int, bool, int, str, int]:
        """Common topics first, then the site, then languages. Equals are drawn, each time alike for the same person: an
        order by how many somebody accompanies would tell everybody who is with whom."""
        return (-len(self.topics), not self.same_site, -len(self.languages), self.lot, self.id)


def ranked(seeker: Side, others: Iterable[Side]) -> list[Match]:
    """The best first. Nobody suits themselves; who has no time left does not suit; nor does somebody with whom one has
    no language in common, where both said which they speak."""
    found = (
        _match(seeker, other)
        for other in others
        if other.id != seeker.id and other.is_free and _can_talk(seeker, other)
    )
    return sorted(found, key=lambda match: match.rank)


def others_are_full(seeker: Side, others: Iterable[Side], k: int) -> bool:
    """Whether somebody would suit who accompanies as many as they can. Said only where at least `k` would suit: of a
    single one it would tell how many they accompany."""
    suits = [other for other in others if other.id != seeker.id and _can_talk(seeker, other)]
    return len(suits) >= k and any(not other.is_free for other in suits)


def _can_talk(one: Side, other: Side) -> bool:
    return not (one.languages and other.languages) or bool(one.languages & other.languages)


def _match(seeker: Side, other: Side) -> Match:
    wanted = {folded(topic) for topic in seeker.topics}
    place = folded(other.site.strip())
    return Match(
        other.id,
        topics=tuple(sorted(topic for topic in other.topics if folded(topic) in wanted)),
        languages=tuple(sorted(seeker.languages & other.languages)),
        same_site=bool(place) and place == folded(seeker.site.strip()),
        lot=sha256(f"{seeker.id}:{other.id}".encode()).hexdigest(),
    )
