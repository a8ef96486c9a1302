"""What is asked again: how well it works now. Answers are kept over time and drawn as a small line."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Value

from core.journal import services as journal
from programs.checklists.models import Item
from programs.checklists.models_asking import HOW_WELL, ItemScore
from programs.checklists.verbs import ChecklistsVerb
from programs.consents.models import today_in

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program

MOST_ASKED = 200
WIDTH, HEIGHT, EDGE = 100, 30, 4  # of the line's picture


@dataclass(frozen=True)
class AskedAgain:
    """The answers of an item, the newest first, and when the next one is due."""

    scores: list[ItemScore]
    next_on: date
    is_due: bool

    @property
    def line(self) -> str:
        """Through the answers, by their days; nothing until there are two of different days."""
        rows = self.scores[::-1]
        days = (rows[-1].on - rows[0].on).days if rows else 0
        if not days:
            return ""
        step = (HEIGHT - 2 * EDGE) / (len(HOW_WELL) - 1)
        points = [((row.on - rows[0].on).days * WIDTH / days, HEIGHT - EDGE - (row.score - 1) * step) for row in rows]
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def asked_again(item: Item, *, was_asked: bool = False) -> AskedAgain | None:
    """Nothing for an item that is not asked again; its answers are kept, should it be once more. `was_asked`: somebody
    had its page open when that ended, and sees again what they wrote."""
    if not (item.ask_every or was_asked):
        return None
    scores = list(ItemScore.objects.present().filter(item=item).select_related("by").order_by("-on", "-pk"))
    today = today_in(item.program)
    last = scores[0].on if scores else None
    next_on = last + timedelta(weeks=item.ask_every) if last else today
    return AskedAgain(scores, next_on, next_on <= today)


def due_again(items: QuerySet[Item], *, on: date) -> QuerySet[Item]:
    """Of these items the ones to be asked about again."""
    said = ItemScore.objects.present().filter(item=OuterRef("pk")).order_by().values("item")
    rows = items.filter(ask_every__gt=0).annotate(said_on=Subquery(said.annotate(last=Max("on")).values("last")))
    return rows.filter(Q(said_on=None) | Q(said_on__lte=Value(on) - F("ask_every") * timedelta(weeks=1)))


def last_answers(program: "Program", most: int) -> list[tuple[Item, list[int]]]:
    """What is asked about again, each with its last two answers, the newest first: what nobody has answered, then what
    works worst."""
    items = list(Item.objects.present().filter(program=program, ask_every__gt=0).order_by("pk")[:MOST_ASKED])
    if not items:
        return []
    found: dict[int, list[int]] = {}
    scores = ItemScore.objects.present().filter(item__in=[item.pk for item in items])
    in_order = scores.order_by("item", "-on", "-pk")
    for item, score in in_order.values_list("item_id", "score"):
        found.setdefault(item, []).append(score)
    rows = [(item, found.get(item.pk, [])[:2]) for item in items]
    return sorted(rows, key=lambda row: row[1][:1])[:most]


@transaction.atomic
def say_how_well(item: Item, *, by: "User", score: int, note: str = "") -> tuple[ItemScore, bool]:
    """Once more on the same day replaces the answer of that day. With it, whether there was none before."""
    values: dict[str, Any] = {"score": score, "note": note, "deleted_at": None}
    today = today_in(item.program)
    was_there = ItemScore.objects.present().filter(item=item, by=by, on=today).exists()
    row, _is_new = ItemScore.objects.update_or_create(item=item, by=by, on=today, defaults=values)
    journal.record(ChecklistsVerb.ITEM_SCORED, item, by=by)
    return row, not was_there


@transaction.atomic
def delete_score(score: ItemScore, *, by: "User") -> None:
    score.put_away()
    journal.record(ChecklistsVerb.SCORE_DELETED, score.item, by=by)


@transaction.atomic
def restore_score(score: ItemScore, *, by: "User") -> None:
    score.take_back()
    journal.record(ChecklistsVerb.SCORE_RESTORED, score.item, by=by)
