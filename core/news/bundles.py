"""Several news of one kind about one thing are one line: "3 answers in ...", with each of them one press away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.kit.rooms import News, Told
from core.news import kinds
from core.news.models import Notification

if TYPE_CHECKING:
    from core.people.models import User

MOST = 300  # rows of the last month that the inbox looks at
MOST_FACES = 2


@dataclass
class Bundle:
    """What is said together. `told` stands in the order in which it happened."""

    news: News
    about: str
    rows: list[Notification] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.rows[-1].pk

    @property
    def at(self) -> datetime:
        return self.rows[-1].at

    @property
    def is_new(self) -> bool:
        return self.rows[-1].read_at is None

    @property
    def is_answered(self) -> bool:
        return all(told.is_answered for told in self.told)

    @property
    def url(self) -> str:
        """To the first of them."""
        return self.told[0].url

    @property
    def title(self) -> str:
        return self.told[-1].title

    @property
    def program(self) -> str:
        return self.told[-1].program

    @property
    def program_id(self) -> int | None:
        return self.rows[-1].program_id

    @property
    def sentence(self) -> str:
        """In the language that is active."""
        count = len(self.rows)
        words = {"count": count, "name": self.told[-1].name, "title": self.title, "program": self.program}
        words["place"] = self.told[-1].place
        return str(self.news.sentence % words)

    @property
    def faces(self) -> list[Any]:
        people = {told.person["id"]: told.person for told in self.told if told.person}
        return list(people.values())[-MOST_FACES:]

    @property
    def names(self) -> str:
        return ", ".join(dict.fromkeys(told.name for told in self.told if told.name))

    @property
    def singles(self) -> list[tuple[Notification, Told, str]]:
        """Each by who did it; news of several things by what they are about."""
        words = [told.name or told.title if self.is_of_one else told.title for told in self.told]
        return list(zip(self.rows, self.told, words, strict=True))

    @property
    def is_of_one(self) -> bool:
        """All is about one thing: whoever follows the line has seen it. Of several, the others stay new."""
        return len({told.title for told in self.told}) == 1

    @property
    def may_hush(self) -> bool:
        return self.news.hush is not None

    @property
    def hush_label(self) -> str:
        return str(self.news.hush_label or _("Mute this topic"))


def bundle(person: "User", rows: Iterable[Notification]) -> list[Bundle]:
    """What this person may see of these rows now, the newest first. What is read is told by day."""
    rows = sorted(rows, key=lambda row: (row.at, row.pk))
    told = looked_up(person, rows)
    bundles: dict[tuple[Any, ...], Bundle] = {}
    for row in rows:
        news, found = kinds.named(row.kind), told.get(row.pk)
        if news is None or found is None:
            continue
        day = None if row.read_at is None else timezone.localtime(row.at).date()
        one = bundles.setdefault((row.kind, row.about, day), Bundle(news, row.about))
        one.rows.append(row)
        one.told.append(found)
    return sorted(bundles.values(), key=lambda each: (each.at, each.pk), reverse=True)


def of_now(person: "User", rows: Iterable[Notification]) -> list[Notification]:
    """Without what is about a program that the person left, until it is cleared away: words of others stand in it."""
    kept = list(rows)
    programs = {row.program_id for row in kept}
    over = {each for each in programs if each is not None and kinds.silent_among(each, {person.pk})}
    return [row for row in kept if row.program_id not in over]


def looked_up(person: "User", rows: Iterable[Notification]) -> dict[int, Told]:
    """The words of each row, a room asked once for all of a kind."""
    told: dict[int, Told] = {}
    for kind, same in _by_kind(rows):
        if news := kinds.named(kind):
            told |= news.look(person, same)
    return told


def _by_kind(rows: Iterable[Notification]) -> Iterator[tuple[str, list[Notification]]]:
    ordered = sorted(rows, key=lambda row: row.kind)
    return ((kind, list(same)) for kind, same in groupby(ordered, key=lambda row: row.kind))
