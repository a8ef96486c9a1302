"""Two people who write one issue at the same time: what each of them changed is kept, field by field. Only what both
changed is shown to the second one, with both texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from community.newsletters.models import Issue
from core.kit import languages

TextsOfIssue = Mapping[str, Mapping[str, str]]  # "subject" and "body", each by language
PARTS = ("subject", "body")


def mark(text: str) -> str:
    """Short, and another one for every text: a page knows by it what it showed."""
    return sha256(text.strip().encode()).hexdigest()[:16]


def marks(texts: TextsOfIssue) -> dict[str, str]:
    return {name: mark(text) for name, text in _fields(texts)}


def texts_of(issue: Issue) -> dict[str, dict[str, str]]:
    return {"subject": issue.subject.texts, "body": issue.body.texts}


@dataclass
class Joined:
    """What comes of what was stored and what was sent."""

    texts: dict[str, dict[str, str]] = field(default_factory=lambda: {part: {} for part in PARTS})
    clashes: set[str] = field(default_factory=set)  # fields that both changed; the text is the one that was sent

    @property
    def languages(self) -> set[str]:
        """In which of them both have changed something."""
        return {name.partition("_")[2] for name in self.clashes}


def join(stored: TextsOfIssue, sent: TextsOfIssue, seen: Mapping[str, str]) -> Joined:
    """`seen`: the marks of what the page of the sender showed. A field without one is as if both had changed it."""
    joined, now = Joined(), dict(_fields(stored))
    for name, mine in _fields(sent):
        part, _line, language = name.partition("_")
        theirs, shown = now[name], seen.get(name, "")
        joined.texts[part][language] = theirs if mark(mine) == shown else mine
        if shown not in (mark(mine), mark(theirs)) and mark(mine) != mark(theirs):
            joined.clashes.add(name)
    return joined


@dataclass(frozen=True)
class Stored:
    """A field after saving: its mark, and where it is somebody else's text, that text and the one that was sent."""

    name: str
    mark: str
    is_theirs: bool
    now: str
    sent: str

    @property
    def language(self) -> str:
        return languages.name_of(self.name.partition("_")[2])

    @property
    def is_subject(self) -> bool:
        return self.name.startswith(PARTS[0])


def after(saved: TextsOfIssue, sent: TextsOfIssue) -> list[Stored]:
    """What a page that stays open has to know of each field."""
    now = dict(_fields(saved))
    return [
        Stored(name, mark(now[name]), mark(now[name]) != mark(mine), now[name], mine) for name, mine in _fields(sent)
    ]


def _fields(texts: TextsOfIssue) -> Iterator[tuple[str, str]]:
    for part in PARTS:
        for language in languages.codes():
            yield f"{part}_{language}", texts[part].get(language, "")
