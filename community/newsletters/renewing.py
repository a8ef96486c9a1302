"""A saved part was changed: its new words go into the drafts that still have the former ones, in one press and back.

The former words lie beside the part for a month, put away under the same name. What somebody changed in a draft is
theirs and stays; an issue that is planned or out is never touched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from community.newsletters import queries
from community.newsletters.models import Issue, IssueQuerySet, IssueState, NewsletterPart
from community.newsletters.sections import with_section
from community.newsletters.services import save_issue
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_DRAFTS = 20  # drafts in one press


@dataclass(frozen=True)
class PartInUse:
    """A part, and the drafts that have former words of it, each with the row of these words."""

    part: NewsletterPart
    behind: list[tuple[Issue, NewsletterPart]]


def parts_in_use(program: Program) -> list[PartInUse]:
    """All parts of a program, as the editor lists them."""
    parts = queries.parts_of(program)
    if not parts:
        return []
    former: dict[str, list[NewsletterPart]] = {}
    for row in NewsletterPart.objects.put_away().filter(program=program).order_by("-deleted_at"):
        former.setdefault(row.name.lower(), []).append(row)
    drafts = list(_drafts(program)) if any(part.name.lower() in former for part in parts) else []
    return [PartInUse(part, _behind(part, former.get(part.name.lower(), []), drafts)) for part in parts]


def _drafts(program: Program) -> IssueQuerySet:
    return Issue.objects.present().filter(program=program, state=IssueState.DRAFT).order_by("number")


def _behind(
    part: NewsletterPart, former: Iterable[NewsletterPart], drafts: Iterable[Issue]
) -> list[tuple[Issue, NewsletterPart]]:
    found: dict[int, tuple[Issue, NewsletterPart]] = {}
    for row in former:
        for draft in drafts:
            if draft.pk not in found and _changed(draft.body.texts, row, part):
                found[draft.pk] = (draft, row)
    return sorted(found.values(), key=lambda pair: pair[0].number)[:MOST_DRAFTS]


def _changed(texts: Mapping[str, str], before: NewsletterPart, after: NewsletterPart) -> dict[str, str]:
    """The texts in which a whole section is the one before, with the one after in its place."""
    changed = {}
    for language, text in texts.items():
        plain = text.replace("\r\n", "\n")
        old, new = (each.body.texts.get(language, "").replace("\r\n", "\n").strip() for each in (before, after))
        if old and new and old != new and (now := with_section(plain, old, new)) != plain:
            changed[language] = now
    return changed


@transaction.atomic
def renew(part: NewsletterPart, *, by: "User") -> list[tuple[Issue, NewsletterPart]]:
    """Into every draft that is behind. What was there before is in the answer."""
    program = part.program
    locked = list(_drafts(program).select_for_update(of=("self",)))
    former = NewsletterPart.objects.put_away().filter(program=program, name__iexact=part.name).order_by("-deleted_at")
    behind = _behind(part, former, locked)
    for draft, before in behind:
        _put(draft, _changed(draft.body.texts, before, part), program, by)
    return behind


@transaction.atomic
def renew_back(part: NewsletterPart, were: Mapping[int, int], *, by: "User") -> int:
    """Undo it: into these drafts the words that they had, where the new ones still stand. How many."""
    program = part.program
    drafts = _drafts(program).filter(pk__in=were).select_for_update(of=("self",))
    former = NewsletterPart.objects.filter(program=program, name__iexact=part.name).in_bulk(set(were.values()))
    done = 0
    for draft in drafts:
        before = former.get(were[draft.pk])
        if before and (changed := _changed(draft.body.texts, part, before)):
            _put(draft, changed, program, by)
            done += 1
    return done


def _put(draft: Issue, changed: Mapping[str, str], program: Program, by: "User") -> None:
    draft.program = program
    body = {**draft.body.texts, **changed}
    save_issue(draft, subject=draft.subject.texts, body=body, by=by, version=draft.version)


def said(pairs: Iterable[tuple[Issue, NewsletterPart]]) -> str:
    """For an address: which drafts had which words."""
    return ",".join(f"{draft.pk}.{row.pk}" for draft, row in pairs)


def read(text: str) -> dict[int, int]:
    found = {}
    for pair in text.split(",")[:MOST_DRAFTS]:
        draft, _dot, row = pair.partition(".")
        if all(each.isascii() and each.isdigit() and len(each) < 19 for each in (draft, row)):
            found[int(draft)] = int(row)
    return found
