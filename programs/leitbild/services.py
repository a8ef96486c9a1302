"""What changes in a workshop. Sentences and votes are each person's own act: the journal says nothing of them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from core.journal import services as journal
from core.journal.changes import changes_of
from programs.leitbild import sentences
from programs.leitbild.models import LeitbildBallot, LeitbildState, LeitbildWorkshop
from programs.leitbild.verbs import LeitbildVerb
from programs.membership.models import Program
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User

SORTED = (LeitbildState.COLLECTING, LeitbildState.SORTING)
NO_LONGER_SORTED = (LeitbildState.COUNTING, LeitbildState.CLOSED, LeitbildState.PUBLISHED)


class WorkshopIsOpen(Exception):
    """There is one already that has not been published."""


class WorkshopIsFull(Exception):
    """More sentences, or headings, than a workshop can have."""


class NotNow(Exception):
    """The workshop has moved on, or has not come so far."""


class TitleIsTaken(Exception):
    """Another heading has these words now."""


@transaction.atomic
def open_workshop(
    program: Program, *, question: Mapping[str, str], milestone: Milestone | None, by: "User"
) -> LeitbildWorkshop:
    try:
        with transaction.atomic():
            row = LeitbildWorkshop.objects.create(program=program, question=question, milestone=milestone)
    except IntegrityError:
        raise WorkshopIsOpen from None
    journal.record(LeitbildVerb.OPENED, row, by=by)
    return row


@transaction.atomic
def change_workshop(workshop: LeitbildWorkshop, *, by: "User", **changes: Any) -> None:
    """Other words for the question as long as nobody votes on the answers, and another date at any time."""
    row = locked(workshop)
    if row.state not in SORTED and changes.get("question", row.question) != row.question:
        raise NotNow
    for name, value in changes.items():
        setattr(row, name, value)
    if changed := changes_of(row, changes):
        row.save(update_fields=[*changes])
        journal.record(LeitbildVerb.CHANGED, row, by=by, changes=changed)


@transaction.atomic
def contribute(workshop: LeitbildWorkshop, *, text: str, voice: str) -> None:
    """Takes no person at all: nobody is to know who wrote what, nor when. `voice` tells that it was somebody else."""
    row = locked(workshop)
    if row.state != LeitbildState.COLLECTING:
        raise NotNow
    if sentences.is_full(row):
        raise WorkshopIsFull
    sentences.collect(row, " ".join(text.split()), voice)
    row.save(update_fields=["waiting", "voices", "sentences"])


@transaction.atomic
def vote(workshop: LeitbildWorkshop, *, items: Iterable[str], person: "User") -> None:
    """Instead of what this person chose before; nothing chosen withdraws the votes. Twice is once."""
    if locked(workshop).state != LeitbildState.VOTING:
        raise NotNow
    LeitbildBallot.objects.filter(workshop=workshop, person=person).delete()
    if chosen := sorted(set(items)):
        LeitbildBallot.objects.create(workshop=workshop, person=person, items=chosen)


@transaction.atomic
def hide(workshop: LeitbildWorkshop, *, key: str, is_hidden: bool, by: "User") -> None:
    """Nobody but the hosts sees it then. It is deleted when the votes are counted."""
    row = locked(workshop)
    if row.state in NO_LONGER_SORTED:
        raise NotNow
    if sentences.change(row, key, is_hidden=is_hidden):
        row.save(update_fields=["sentences"])
        journal.record(LeitbildVerb.HIDDEN if is_hidden else LeitbildVerb.SHOWN, row, by=by)


@transaction.atomic
def put(workshop: LeitbildWorkshop, *, key: str, group: str, by: "User") -> None:
    """A sentence under a heading, or under none."""
    row = _to_sort(workshop)
    if group and not sentences.has_group(row, group):
        raise NotNow
    if sentences.change(row, key, group=group):
        row.save(update_fields=["sentences"])
        journal.record(LeitbildVerb.SORTED, row, by=by)


@transaction.atomic
def entitle(workshop: LeitbildWorkshop, *, title: str, by: "User", key: str = "") -> None:
    """A new heading, or other words for one."""
    row = _to_sort(workshop)
    if not key and len(sentences.headings(row)) >= sentences.MOST_GROUPS:
        raise WorkshopIsFull
    sentences.entitle(row, title, key)
    row.save(update_fields=["groups"])
    journal.record(LeitbildVerb.SORTED if key else LeitbildVerb.HEADED, row, by=by)


@transaction.atomic
def remove_heading(workshop: LeitbildWorkshop, *, key: str, is_removed: bool, by: "User") -> None:
    """Its sentences stay, without a heading; undo puts those under it again that nobody has moved since."""
    row = _to_sort(workshop)
    title = next(each["title"] for each in row.groups if each["key"] == key)
    if not is_removed and sentences.is_called(row, title, key):
        raise TitleIsTaken
    if sentences.remove(row, key, is_removed=is_removed):
        row.save(update_fields=["groups"])
        journal.record(LeitbildVerb.UNHEADED if is_removed else LeitbildVerb.HEADED, row, by=by)


@transaction.atomic
def discard(workshop: LeitbildWorkshop, *, by: "User") -> None:
    """Out of sight. Votes go at once; undo brings it back without them."""
    row = locked(workshop)
    if row.deleted_at or row.state == LeitbildState.PUBLISHED:
        return
    LeitbildBallot.objects.filter(workshop=row).delete()
    voted = row.state in (LeitbildState.VOTING, LeitbildState.COUNTING)
    row.put_away(state=LeitbildState.SORTING if voted else row.state)
    journal.record(LeitbildVerb.DISCARDED, row, by=by)


@transaction.atomic
def restore(workshop: LeitbildWorkshop, *, by: "User") -> None:
    row = locked(workshop)
    if row.deleted_at is None:
        return
    try:
        with transaction.atomic():
            row.take_back()
    except IntegrityError:
        raise WorkshopIsOpen from None
    journal.record(LeitbildVerb.RESTORED, row, by=by)


def locked(workshop: LeitbildWorkshop) -> LeitbildWorkshop:
    return LeitbildWorkshop.objects.select_for_update(of=("self",)).select_related("program").get(pk=workshop.pk)


def _to_sort(workshop: LeitbildWorkshop) -> LeitbildWorkshop:
    row = locked(workshop)
    if row.state not in SORTED:
        raise NotNow
    return row
