"""What is selected of the handbook: the part of the tree around a page, what was found, what waits for somebody."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.attachments.models import Attachment
from core.kit import search_words
from core.kit.characters import folded
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.languages import in_language
from core.kit.rooms import Hit
from programs.handbook.access import FILES, can_write
from programs.handbook.models import Decision, HandbookPage, HandbookVersion
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_BESIDE = 200  # pages of one branch that the tree shows; the search finds the rest
MOST_PAGES = 20
MOST_COMPARED = 300
MARKS = re.compile(r"[\s#*_`>|~\[\]()-]+")  # of Markdown: a snippet is too short to be set
AROUND = 90  # characters of a snippet before and behind the word


@dataclass
class Branch:
    """A page in the tree, with those below it where the tree is open."""

    page: HandbookPage
    is_open: bool = False
    is_current: bool = False
    below: list["Branch"] = field(default_factory=list)


def pages_for(user: "User", program: Program) -> QuerySet[HandbookPage]:
    """The pages this person may read."""
    return _readable(program, can_write(user, program))


def _readable(program: Program | Blank, writes: bool) -> QuerySet[HandbookPage]:
    pages = HandbookPage.objects.present().filter(program=program)
    return pages if writes else pages.filter(is_published=True)


def referred(user: "User", program: Program, keys: Set[int] | None) -> dict[int, tuple[str, str]]:
    """Pages that something points at, as this person may read them."""
    some = {} if keys is None else {"keys": list(keys)}
    found = _referred(can_write(user, program), bool(some)).rows(program=program.pk, **some)
    return {pk: (in_language(title), reverse("programs:handbook_page", args=[program.slug, pk])) for pk, title in found}


@cache
def _referred(writes: bool, is_some: bool) -> Compiled[Any]:
    def build() -> QuerySet[HandbookPage, Any]:
        pages = _readable(Blank("program"), writes)
        pages = pages.filter(OneOf("pk", "keys")) if is_some else pages
        return pages.order_by("pk").values_list("pk", "title")[:MOST_COMPARED]

    return Compiled(build)


def there(program: Program, keys: Set[int]) -> Iterable[int]:
    """Which of these are not gone, whoever may read them."""
    return HandbookPage.objects.present().filter(program=program, pk__in=keys).values_list("pk", flat=True)


def above(page: HandbookPage, *, drafts: bool = True) -> list[HandbookPage]:
    """From the top down, without the page itself; without drafts for who may not read them."""
    found, each = [], page.parent
    while each is not None:
        found.append(each)
        each = each.parent
    return [each for each in found[::-1] if drafts or each.is_published]


def tree(user: "User", program: Program, page: HandbookPage | None = None) -> list[Branch]:
    """The top of the handbook, open where the page stands. One query."""
    opened = [each.pk for each in [*above(page), page]] if page else []
    by_parent: dict[int | None, list[Branch]] = {}
    for row in _opened(can_write(user, program)).rows(program=program.pk, opened=opened):
        branch = Branch(row, row.pk in opened, bool(page and row.pk == page.pk))
        by_parent.setdefault(row.parent_id, []).append(branch)
    for branches in by_parent.values():
        for branch in branches:
            branch.below = by_parent.get(branch.page.pk, [])[:MOST_BESIDE]
    return by_parent.get(None, [])[:MOST_BESIDE]


@cache
def _opened(writes: bool) -> Compiled[HandbookPage]:
    def build() -> QuerySet[HandbookPage]:
        here = Q(parent=None) | Q(OneOf("parent_id", "opened"))
        return _readable(Blank("program"), writes).filter(here).defer("text", "search")

    return Compiled(build)


def in_order(branches: list[Branch]) -> Iterator[HandbookPage]:
    """As one reads: each page before those below it."""
    for branch in branches:
        yield branch.page
        yield from in_order(branch.below)


def neighbours(branches: list[Branch], page: HandbookPage) -> tuple[HandbookPage | None, HandbookPage | None]:
    """The page before this one and the one behind it, among those that the tree shows."""
    pages = list(in_order(branches))
    at = next((number for number, each in enumerate(pages) if each.pk == page.pk), None)
    if at is None:
        return None, None
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)


@dataclass(frozen=True)
class Found:
    page: HandbookPage
    before: str
    word: str
    behind: str


def found(user: "User", program: Program, words: str, most: int = MOST_PAGES) -> list[Found]:
    """The pages that fit best, in any language, each with the place where a word stands. Two queries: ranks are
    reckoned for some hundred pages at most."""
    query = search_words.query(words)
    if query is None:
        return []
    fits = pages_for(user, program).filter(search=query).order_by("-pk").values_list("pk", flat=True)[:MOST_COMPARED]
    ranked = HandbookPage.objects.filter(pk__in=list(fits)).annotate(rank=SearchRank(F("search"), query))
    best = ranked.select_related("parent").defer("search").order_by("-rank", "place", "pk")[:most]
    return [_snippet(page, words) for page in best]


def _snippet(page: HandbookPage, words: str) -> Found:
    asked = search_words.WORD.findall(folded(words))
    texts = [MARKS.sub(" ", text) for text in (str(page.text), *page.text.texts.values()) if text]
    for text in texts:
        for one in search_words.WORD.finditer(text):
            if any(folded(one[0]).startswith(word[: max(4, len(word) - 2)]) for word in asked):
                start, end = max(0, one.start() - AROUND), one.end() + AROUND
                lead = "… " if start else ""
                return Found(page, lead + text[start : one.start()], one[0], text[one.end() : end])
    return Found(page, texts[0][: 2 * AROUND] if texts else "", "", "")


def find_pages(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """For the search over everything."""
    writes = can_write(user, program)
    for one in found(user, program, words, most):
        url, parent = reverse("programs:handbook_page", args=[program.slug, one.page.pk]), one.page.parent
        is_told = parent is not None and (writes or parent.is_published)
        yield Hit(str(one.page.title), url, str(parent.title) if parent and is_told else _("Handbook"))


def newest(user: "User", program: Program) -> QuerySet[HandbookPage]:
    """What was written last."""
    last = HandbookVersion.objects.filter(page=OuterRef("pk")).order_by("-number").values("at")[:1]
    return pages_for(user, program).annotate(written_at=Subquery(last)).defer("text", "search").order_by("-written_at")


def waiting_for(user: "User", program: Program) -> list[HandbookPage]:
    """What this person is to look at: pages of theirs whose day has come, and those that wait for their approval."""
    return _WAITING.rows(person=user.pk, program=program.pk, today=timezone.localdate())


def _waiting() -> QuerySet[HandbookPage]:
    user = Blank("person")
    pages = HandbookPage.objects.present().filter(program=Blank("program"))
    checks = Q(owner__user=user, owner__ended_at=None, check_on__lte=Blank("today"))
    own = HandbookVersion.objects.filter(page=OuterRef("pk"), number=OuterRef("version"), by=user)
    asked = Q(approver__user=user, approver__ended_at=None, is_published=True) & ~Exists(own)  # four eyes
    approvals = asked & ~Q(approved_version=F("version"))
    never = asked & Q(approved_version=None)
    due_first = Case(When(check_on=None, then=None), default=F("check_on")).asc(nulls_last=True)
    return pages.filter(checks | approvals | never).defer("text", "search").order_by(due_first, "pk")


_WAITING = Compiled(_waiting)


def decisions_of(user: "User", program: Program) -> QuerySet[Decision]:
    """The newest first, each with the page it belongs to, where this person may read that."""
    return Decision.objects.present().filter(program=program).select_related("page").order_by("-number")


def shown_to_guests(program: Program) -> list[tuple[int, Any]]:
    """With the title that guests read, in its languages."""
    rows = HandbookPage.objects.present().filter(program=program, for_guests=True, is_published=True, chapter="")
    said = HandbookVersion.objects.filter(page=OuterRef("pk"), number=OuterRef("guest_version"))
    rows = rows.exclude(guest_version=None).order_by("place", "pk")
    return list(rows.annotate(guest_title=Subquery(said.values("title"))).values_list("pk", "guest_title"))


LISTED = Compiled(lambda: Attachment.objects.present().filter(OneOf("target_id", "pages"), kind=FILES))
DECIDED = Compiled(lambda: Decision.objects.present().filter(page=Blank("page")))


def files_of(pages: Iterable[int]) -> dict[int, list[Attachment]]:
    """What is listed below pages, in the order in which it came."""
    found: dict[int, list[Attachment]] = {}
    for row in LISTED.rows(pages=list(pages)):
        found.setdefault(row.target_id, []).append(row)
    return found
