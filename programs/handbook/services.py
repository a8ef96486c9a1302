"""What changes about the handbook. Every version of a page is kept, so nothing that somebody wrote is lost."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core.attachments import services as attachments
from core.attachments.inspection import Inspected
from core.attachments.models import Attachment
from core.comments import services as comments
from core.journal import services as journal
from core.journal.changes import changes_of, key_of
from core.kit import page_cache, search_words
from core.kit.markdown import plain_text
from core.kit.words import Words, written
from programs.handbook.access import FILES, KIND
from programs.handbook.linking import MOST_LINKING, linking_to
from programs.handbook.merging import merged
from programs.handbook.models import DEEPEST, Decision, HandbookPage, HandbookVersion
from programs.handbook.starter import starter
from programs.handbook.verbs import HandbookVerb
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


class Overtaken(Exception):
    """Somebody changed the same lines meanwhile; `page` holds what they wrote."""

    def __init__(self, page: HandbookPage) -> None:
        super().__init__()
        self.page = page


class WrongPlace(Exception):
    """A page cannot stand below itself, nor below one that is gone, nor deeper than the tree goes."""


@transaction.atomic
def start_handbook(program: Program, *, by: "User") -> list[HandbookPage]:
    """The chapters of the template, each with its pages; nothing happens to a handbook that has a page."""
    _lock(program)
    if HandbookPage.objects.present().filter(program=program).exists():
        return []
    made = []
    for chapter in starter():
        top = _add(program, None, chapter, by)
        made += [top, *(_add(program, top, row, by) for row in chapter["pages"])]
    _noted(HandbookVerb.STARTED, program, by)
    return made


@transaction.atomic
def add_page(
    program: Program, *, parent: HandbookPage | None, language: str, title: str, text: str, by: "User"
) -> HandbookPage:
    """A draft, last among its neighbours. Raises WrongPlace where the tree is deep enough."""
    return add_draft(program, parent=parent, title={language: title}, text={language: text}, by=by)


@transaction.atomic
def add_draft(
    program: Program,
    *,
    parent: HandbookPage | None = None,
    title: Mapping[str, str],
    text: Mapping[str, str],
    by: "User",
) -> HandbookPage:
    """What another room wrote up, in the languages it has."""
    _lock(program)
    parent = _as_now(parent)
    _require_place(None, parent)
    page = _add(program, parent, {"title": title, "text": text}, by)
    _noted(HandbookVerb.ADDED, page, by)
    return page


@transaction.atomic
def write_page(
    page: HandbookPage, *, language: str, title: str, text: str, based_on: int, note: str = "", by: "User"
) -> tuple[HandbookPage, bool]:
    """A new version, and whether what others wrote since `based_on` went in as well. Raises Overtaken."""
    row = HandbookPage.objects.select_for_update().get(pk=page.pk)
    is_merged = False
    if based_on != row.version:
        base = page.versions.filter(number=based_on).first()
        both: list[str | None] = (
            [None]
            if base is None
            else [
                merged(old.texts.get(language, ""), mine, now.texts.get(language, ""))
                for old, mine, now in ((base.title, title, row.title), (base.text, text, row.text))
            ]
        )
        if None in both:
            row.program = page.program
            raise Overtaken(row)
        is_merged = (both[0], both[1]) != (title, text)
        title, text = str(both[0]), str(both[1])
    titles, texts = row.title.texts | {language: title}, row.text.texts | {language: text}
    if (written(titles), written(texts)) == (row.title.texts, row.text.texts):
        return page, is_merged
    return _next_version(row, titles, texts, note, by), is_merged


@transaction.atomic
def write_again(page: HandbookPage, version: HandbookVersion, *, by: "User") -> HandbookPage:
    """The words of an earlier version as the newest one; the history keeps both."""
    row = HandbookPage.objects.select_for_update().get(pk=page.pk)
    if (row.title, row.text) == (version.title, version.text):
        return row
    return _next_version(row, version.title.texts, version.text.texts, "", by)


def _next_version(
    row: HandbookPage, titles: Mapping[str, str], texts: Mapping[str, str], note: str, by: "User"
) -> HandbookPage:
    row.title, row.text, row.version = Words(titles), Words(texts), row.version + 1
    if row.for_guests and can(by, Ability.MANAGE_PROGRAM, row.program):
        row.guest_version, row.guest_at = row.version, timezone.now()
    changed = changes_of(row, ("title", "text"))
    _save(row, by, note)
    _noted(HandbookVerb.EDITED, row, by, changes=changed)
    return row


@transaction.atomic
def arrange_page(page: HandbookPage, *, parent: HandbookPage | None, by: "User", **values: Any) -> HandbookPage:
    """Who looks after it, when it is checked again, whether it is published, and below which page it stands."""
    _lock(page.program)
    row, parent = HandbookPage.objects.select_for_update().get(pk=page.pk), _as_now(parent)
    if row.parent_id != (parent.pk if parent else None):
        _require_place(row, parent)
        row.parent, row.place = parent, _last(page.program, parent)
    for name, value in values.items():
        setattr(row, name, value)
    changed = changes_of(row, ["parent", *values])
    row.save(update_fields=["parent", "place", *values])
    _noted(HandbookVerb.ARRANGED, row, by, changes=changed)
    return row


@transaction.atomic
def move_page(page: HandbookPage, *, up: bool, by: "User") -> None:
    """One place up or down among the pages beside it; at the end of the row it stays."""
    _lock(page.program)
    page.refresh_from_db(fields=["parent"])
    beside = list(_beside(page.program, page.parent))
    at = next((number for number, each in enumerate(beside) if each.pk == page.pk), None)
    if at is None:  # it went meanwhile
        return
    to = at - 1 if up else at + 1
    if not 0 <= to < len(beside):
        return
    beside[at], beside[to] = beside[to], beside[at]
    for place, each in enumerate(beside):
        each.place = place
    HandbookPage.objects.bulk_update(beside, ["place"])
    _noted(HandbookVerb.ARRANGED, page, by, changes={key_of(HandbookPage, "place"): [at + 1, to + 1]})


@transaction.atomic
def approve_page(page: HandbookPage, *, version: int, check_on: date | None, by: "User") -> bool:
    """The version that was read, if it still is the newest. It is published with that."""
    values = {"approved_version": version, "approved_by": by, "approved_at": timezone.now(), "is_published": True}
    if check_on:
        values["check_on"] = check_on
    done = HandbookPage.objects.present().filter(pk=page.pk, version=version).update(**values)
    if done:
        _noted(HandbookVerb.APPROVED, page, by, version=version)
    return bool(done)


@transaction.atomic
def take_back_approval(page: HandbookPage, *, by: "User") -> None:
    rows = HandbookPage.objects.filter(pk=page.pk).exclude(approved_version=None)
    if rows.update(approved_version=None, approved_by=None, approved_at=None):
        _noted(HandbookVerb.APPROVAL_TAKEN_BACK, page, by)


@transaction.atomic
def publish_page(page: HandbookPage, *, on: bool, by: "User") -> None:
    """Everybody in the program reads it, or those who write the handbook alone."""
    row = HandbookPage.objects.select_for_update().get(pk=page.pk)
    if row.is_published == on:
        return
    row.is_published = on
    changed = changes_of(row, ["is_published"])
    row.save(update_fields=["is_published"])
    _noted(HandbookVerb.ARRANGED, row, by, changes=changed)


@transaction.atomic
def show_to_guests(page: HandbookPage, *, on: bool, by: "User") -> None:
    """Guests of the program read the page too, as it is now, or no longer. What others than who leads the program write
    later, and the files they add, guests see only when this is said again."""
    row = HandbookPage.objects.select_for_update().get(pk=page.pk)
    if row.for_guests == on and (not on or (row.guest_version == row.version and not _newer_files(row))):
        return
    row.for_guests = on
    row.guest_version, row.guest_at = (row.version, timezone.now()) if on else (None, None)
    changed = changes_of(row, ["for_guests"])
    row.save(update_fields=["for_guests", "guest_version", "guest_at"])
    _noted(HandbookVerb.SHOWN_TO_GUESTS if on else HandbookVerb.HIDDEN_FROM_GUESTS, row, by, changes=changed)


def _newer_files(page: HandbookPage) -> bool:
    rows = Attachment.objects.present().filter(kind=FILES, target_id=page.pk)
    return page.guest_at is not None and rows.filter(at__gt=page.guest_at).exists()


@transaction.atomic
def delete_page(page: HandbookPage, *, by: "User") -> list[HandbookPage]:
    """With all pages below it; back with `restore_page` within 30 days. Returns the pages whose links lead nowhere now,
    some of them if there are many."""
    _lock(page.program)
    page.refresh_from_db(fields=["deleted_at"])
    if page.deleted_at is not None:
        return []
    page.put_away()
    below = list(_all_below(page))
    HandbookPage.objects.present().filter(pk__in=below).update(deleted_at=page.deleted_at)
    _noted(HandbookVerb.DELETED, page, by)
    return list(linking_to(page.program, [page.pk, *below])[:MOST_LINKING])


@transaction.atomic
def restore_page(page: HandbookPage, *, by: "User") -> None:
    """What went with it comes back with it. Where the page above is gone, it stands at the top."""
    _lock(page.program)
    page.refresh_from_db(fields=["deleted_at", "parent"])
    gone_at = page.deleted_at
    if gone_at is None:
        return
    if page.parent is not None and page.parent.deleted_at is not None:
        page.parent, page.place = None, _last(page.program, None)
        page.save(update_fields=["parent", "place"])
    page.take_back()
    HandbookPage.objects.filter(pk__in=_all_below(page), deleted_at=gone_at).update(deleted_at=None)
    _noted(HandbookVerb.RESTORED, page, by)


@transaction.atomic
def record_decision(program: Program, *, by: "User", **values: Any) -> Decision:
    """With the program's next number."""
    _lock(program)
    last = Decision.objects.filter(program=program).aggregate(last=Max("number"))["last"] or 0
    decision = Decision.objects.create(program=program, number=last + 1, **values)
    _noted(HandbookVerb.DECIDED, decision, by)
    return decision


@transaction.atomic
def change_decision(decision: Decision, *, by: "User", **values: Any) -> Decision:
    for name, value in values.items():
        setattr(decision, name, value)
    changed = changes_of(decision, values)
    decision.save(update_fields=list(values))
    _noted(HandbookVerb.DECISION_CHANGED, decision, by, changes=changed)
    return decision


@transaction.atomic
def delete_decision(decision: Decision, *, by: "User") -> None:
    if decision.deleted_at is not None:
        return
    decision.put_away()
    _noted(HandbookVerb.DECISION_DELETED, decision, by)


@transaction.atomic
def restore_decision(decision: Decision, *, by: "User") -> None:
    if decision.deleted_at is not None:
        decision.take_back()
        _noted(HandbookVerb.DECISION_RESTORED, decision, by)


def _noted(verb: HandbookVerb, subject: HandbookPage | Decision | Program, by: "User", **data: Any) -> None:
    journal.record(verb, subject, by=by, **data)
    page_cache.changed(subject.pk if isinstance(subject, Program) else subject.program_id)


def forget_on_pages(pages: Sequence[int]) -> int:
    """What hangs on pages that go for good."""
    return attachments.forget(KIND, pages) + attachments.forget(FILES, pages) + comments.forget(KIND, pages)


@transaction.atomic
def add_file(page: HandbookPage, *, file: Inspected, by: "User") -> Attachment:
    """Listed below the page's text. Raises ValidationError when there is no space for it."""
    added = attachments.attach(file, kind=FILES, target_id=page.pk, program_id=page.program_id, by=by)
    if page.guest_version == page.version and can(by, Ability.MANAGE_PROGRAM, page.program):
        HandbookPage.objects.filter(pk=page.pk, for_guests=True).update(guest_at=timezone.now())
    return added


def _add(program: Program, parent: HandbookPage | None, row: Mapping[str, Any], by: "User") -> HandbookPage:
    page = HandbookPage(
        program=program,
        parent=parent,
        place=_last(program, parent),
        title=row["title"],
        text=row.get("text", {}),
        chapter=row.get("chapter", ""),
    )
    _save(page, by, "")
    return page


def _save(page: HandbookPage, by: "User", note: str) -> None:
    """The page, what the search finds it by, and its version."""
    titles = " ".join(page.title.texts.values())
    texts = " ".join(plain_text(text) for text in page.text.texts.values())
    page.search = search_words.vector(titles, texts)
    page.save()
    HandbookVersion.objects.create(page=page, number=page.version, title=page.title, text=page.text, note=note, by=by)


def _lock(program: Program) -> None:
    """One change of the tree, or of the numbers, after the other."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)


def _beside(program: Program, parent: HandbookPage | None) -> Any:
    return HandbookPage.objects.present().filter(program=program, parent=parent)


def _last(program: Program, parent: HandbookPage | None) -> int:
    last: int | None = _beside(program, parent).aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


def _as_now(parent: HandbookPage | None) -> HandbookPage | None:
    """The page above as it stands under the lock: who was shown the tree a moment ago may have made a circle of it."""
    if parent is None:
        return None
    fresh = HandbookPage.objects.present().filter(pk=parent.pk).first()
    if fresh is None:
        raise WrongPlace
    return fresh


def _require_place(page: HandbookPage | None, parent: HandbookPage | None) -> None:
    """Raises WrongPlace for a page below itself, and for what would stand deeper than `DEEPEST`."""
    above, each = 0, parent
    while each is not None:
        if page is not None and each.pk == page.pk:
            raise WrongPlace
        above, each = above + 1, each.parent
    if above + (_height(page) if page else 1) > DEEPEST:
        raise WrongPlace


def _levels_below(page: HandbookPage) -> list[list[int]]:
    levels, level = [], [page.pk]
    while level := list(HandbookPage.objects.filter(parent__in=level).values_list("pk", flat=True)):
        levels.append(level)
    return levels


def _height(page: HandbookPage) -> int:
    return 1 + len(_levels_below(page))


def _all_below(page: HandbookPage) -> list[int]:
    return [pk for level in _levels_below(page) for pk in level]
