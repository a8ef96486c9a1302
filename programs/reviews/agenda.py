"""What the checklists bring to a review: required items that are open, and how well works what is asked about again.

They are proposals while the record is open, and one can take them off; closing the record keeps them as they were."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.kit.templatetags.ui import day as as_day
from core.kit.words import Words
from programs.checklists import asking, queries
from programs.checklists.models import Item
from programs.checklists.models_asking import HOW_WELL
from programs.reviews.models import Review

if TYPE_CHECKING:
    from programs.membership.models import Program

MOST_PROPOSED = 12  # of a kind


@dataclass(frozen=True)
class AgendaTopic:
    """One item of a checklist. `now` is how well it works, where that is asked again; `before` what was said last."""

    item: int
    title: Words
    is_asked: bool = False
    due_on: date | None = None
    now: int | None = None
    before: int | None = None

    @property
    def words(self) -> str:
        """Why it is here."""
        if not self.is_asked:
            due = {"day": as_day(self.due_on)}
            return _("required, due %(day)s") % due if self.due_on else _("required, without a date")
        if self.now is None:
            return _("asked again: no answer yet")
        words = dict(HOW_WELL)
        if self.before is None:
            return _("asked again: %(now)s") % {"now": words[self.now]}
        return _("asked again: %(before)s, now %(now)s") % {"before": words[self.before], "now": words[self.now]}

    def frozen(self) -> dict[str, Any]:
        return {
            "item": self.item,
            "title": self.title.texts,
            "asked": self.is_asked,
            "due": self.due_on.isoformat() if self.due_on else None,
            "now": self.now,
            "before": self.before,
        }


@dataclass(frozen=True)
class Agenda:
    """`topics` are spoken of, `left_out` somebody took off; `more` did not fit."""

    topics: list[AgendaTopic]
    left_out: list[AgendaTopic]
    more: bool = False
    there: frozenset[int] = frozenset()  # items that can still be opened


def agenda_of(review: Review) -> Agenda:
    """As it is now, or as it was when the record was closed."""
    if not review.has_agenda:
        return Agenda([], [])
    if review.closed_at:
        topics = [_thawed(row) for row in review.agenda or []]
        there = Item.objects.present().filter(pk__in=[each.item for each in topics]).values_list("pk", flat=True)
        return Agenda(topics, [], there=frozenset(there) if topics else frozenset())
    proposed, more = _proposed(review.program)
    off = set(review.left_out)
    return Agenda(
        [each for each in proposed if each.item not in off],
        [each for each in proposed if each.item in off],
        more,
        frozenset(each.item for each in proposed),
    )


def _proposed(program: "Program") -> tuple[list[AgendaTopic], bool]:
    open_ones = queries.required_and_open(program, MOST_PROPOSED + 1)
    asked = asking.last_answers(program, MOST_PROPOSED + 1)
    more = len(open_ones) > MOST_PROPOSED or len(asked) > MOST_PROPOSED
    topics = {each.item: each for each in (*_open(open_ones[:MOST_PROPOSED]), *_asked(asked[:MOST_PROPOSED]))}
    return list(topics.values()), more  # once, where both is so


def _open(items: Iterable[Item]) -> Iterable[AgendaTopic]:
    return (AgendaTopic(item.pk, item.title, due_on=item.due_on) for item in items)


def _asked(rows: Iterable[tuple[Item, list[int]]]) -> Iterable[AgendaTopic]:
    for item, scores in rows:
        now, before = [*scores, None, None][:2]
        yield AgendaTopic(item.pk, item.title, is_asked=True, now=now, before=before)


def _thawed(row: Mapping[str, Any]) -> AgendaTopic:
    due = parse_date(row["due"]) if row["due"] else None
    return AgendaTopic(row["item"], Words(row["title"]), row["asked"], due, row["now"], row["before"])
