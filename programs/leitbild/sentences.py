"""The sentences of a workshop, which nobody can lead back to a person.

They are shown several at once, with new keys, in the order of these: so neither the order nor the moment in which one
appears tells whose it is, and who sent it does not know its key. Three are shown as soon as eight people have written,
so that of the others' at least one is left for the end of collecting, whatever somebody with four accounts sends; there
all are shown, or none where fewer than six people have written, however often a host ends it. People are counted, not
sentences: somebody who sent five of their own would know whose the sixth is. All functions work on a row that the
caller holds and saves.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from programs.leitbild.models import KEY, LeitbildWorkshop

LONGEST, TITLE = 200, 80
TOGETHER = 3  # so many are shown at once, never fewer
MOST, MOST_GROUPS = 300, 30


@dataclass(frozen=True)
class Sentence:
    key: str
    text: str
    group: str


@dataclass(frozen=True)
class Group:
    """Sentences under one heading; those without one have no key and no title."""

    key: str
    title: str
    sentences: list[Sentence]


@dataclass(frozen=True)
class BallotChoice:
    """What can be voted for: a heading with its sentences, or a sentence without one."""

    key: str
    label: str
    below: list[Sentence]


def new_key() -> str:
    return secrets.token_hex(KEY // 2)


def is_full(workshop: LeitbildWorkshop) -> bool:
    return len(workshop.waiting) + len(workshop.sentences) >= MOST


def voice_of(workshop_id: int, person_id: int) -> str:
    """What tells one account from another, and not whose it is."""
    mark = salted_hmac("leitbild.voice", f"{workshop_id}:{person_id}", algorithm="sha256")
    return mark.hexdigest()[:KEY]


def fewest(k: int) -> int:
    """So many people that beside somebody with k - 1 accounts there are two others."""
    return k + 1


def fewest_at_once(k: int) -> int:
    """So many people while collecting goes on: of k - 1 accounts and the sentences that are shown, one is left over."""
    return k + TOGETHER


def collect(workshop: LeitbildWorkshop, text: str, voice: str) -> None:
    """The same words twice are one sentence: a second click adds nothing."""
    known = {row["text"].casefold() for row in [*workshop.waiting, *workshop.sentences]}
    if text.casefold() in known:
        return
    workshop.waiting = sorted([*workshop.waiting, {"key": new_key(), "text": text}], key=_key)
    workshop.voices = sorted({*workshop.voices, voice})
    if len(workshop.voices) >= fewest_at_once(workshop.program.group_minimum):
        show(workshop, TOGETHER)


def show_waiting(workshop: LeitbildWorkshop) -> None:
    """At the end of collecting: all of them, or none. What is left of many people hides what came after it."""
    are_many = len(workshop.voices) >= fewest(workshop.program.group_minimum)
    if len(workshop.waiting) >= TOGETHER and (are_many or any(row.get("of_many") for row in workshop.waiting)):
        show(workshop, len(workshop.waiting))


def show(workshop: LeitbildWorkshop, count: int) -> None:
    """Those that chance put first: they are in the order of their keys."""
    now, later = workshop.waiting[:count], workshop.waiting[count:]
    shown = [{"key": new_key(), "text": row["text"], "group": "", "is_hidden": False} for row in now]
    workshop.sentences = sorted([*workshop.sentences, *shown], key=_key)
    workshop.waiting, workshop.voices = [row | {"of_many": True} for row in later], []


def hidden(workshop: LeitbildWorkshop) -> list[Sentence]:
    return [_sentence(row) for row in workshop.sentences if row["is_hidden"]]


def groups_of(workshop: LeitbildWorkshop) -> list[Group]:
    """As hosts see them: all headings, and at the end what has none."""
    shown = [_sentence(row) for row in workshop.sentences if not row["is_hidden"]]
    by_group: dict[str, list[Sentence]] = {}
    for sentence in shown:
        by_group.setdefault(sentence.group, []).append(sentence)
    found = [Group(row["key"], row["title"], by_group.pop(row["key"], [])) for row in headings(workshop)]
    below_none = [sentence for sentences in by_group.values() for sentence in sentences]
    return [*found, Group("", "", sorted(below_none, key=lambda sentence: sentence.key))]


def choices_of(workshop: LeitbildWorkshop) -> list[BallotChoice]:
    groups = [group for group in groups_of(workshop) if group.sentences]
    headed = [BallotChoice(group.key, group.title, group.sentences) for group in groups if group.key]
    return [
        *headed,
        *(BallotChoice(row.key, row.text, []) for group in groups if not group.key for row in group.sentences),
    ]


def change(workshop: LeitbildWorkshop, key: str, **values: Any) -> bool:
    """Whether there is such a sentence, and it was not so before."""
    for row in workshop.sentences:
        if row["key"] == key and any(row[name] != value for name, value in values.items()):
            row.update(values)
            return True
    return False


def headings(workshop: LeitbildWorkshop, *, also_removed: bool = False) -> list[dict[str, Any]]:
    """A removed one is kept until the votes are counted, and its sentences know that they were under it."""
    return [row for row in workshop.groups if also_removed or not row.get("is_removed")]


def has_group(workshop: LeitbildWorkshop, key: str, *, also_removed: bool = False) -> bool:
    return any(row["key"] == key for row in headings(workshop, also_removed=also_removed))


def is_called(workshop: LeitbildWorkshop, title: str, but: str = "") -> bool:
    """Whether a heading besides this one has these words."""
    return any(row["title"].casefold() == title.casefold() for row in headings(workshop) if row["key"] != but)


def remove(workshop: LeitbildWorkshop, key: str, *, is_removed: bool) -> bool:
    """Whether it changed anything. Its sentences are without a heading then, or under it again."""
    before = workshop.groups
    workshop.groups = [row | {"is_removed": is_removed} if row["key"] == key else row for row in before]
    return any(bool(old.get("is_removed")) != is_removed for old in before if old["key"] == key)


def entitle(workshop: LeitbildWorkshop, title: str, key: str = "") -> None:
    """A new heading, or another one for what has this key. Headings are called once."""
    if is_called(workshop, title, key):
        return
    if key:
        workshop.groups = [row | {"title": title} if row["key"] == key else row for row in workshop.groups]
    else:
        workshop.groups = [*workshop.groups, {"key": new_key(), "title": title}]


def _sentence(row: dict[str, Any]) -> Sentence:
    return Sentence(row["key"], row["text"], row["group"])


def _key(row: dict[str, Any]) -> str:
    return str(row["key"])
