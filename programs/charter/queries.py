"""What is selected of the charter, and what its pages show."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import Prefetch, QuerySet

from core.kit import languages, page_cache, rooms
from core.kit.named_figures import NamedFigure
from core.kit.words import Words
from programs.charter.models import BudgetLine, Charter, Commitment, Duty, DutyHolder, Risk, Stakeholder
from programs.membership import queries as membership
from programs.membership.models import Country, Program

if TYPE_CHECKING:
    from programs.charter.models import CharterRow

OBJECTIONS = Path(__file__).with_name("data") / "objections.yaml"
MOST_HISTORY = 30
HOLDER = ("member__user", "stakeholder")


def charter_of(program: Program) -> Charter:
    """The program's, or an empty one that is not kept."""
    return Charter.objects.filter(program=program).first() or Charter(program=program)


def figures_known(program: Program) -> list[NamedFigure]:
    """The figures a goal can be shown by, as the room that makes them names them."""
    return [each for room in rooms.every() if room.goal_figures for each in room.goal_figures(program)]


def goals_page(program: Program) -> list[tuple[Any, list[NamedFigure]]]:
    """Each goal with its figures; a figure that is no longer known is left out."""
    known = {each.key: each for each in figures_known(program)}
    return [(goal, [known[key] for key in goal.figures if key in known]) for goal in program.goals.all()]


def privileges_of(program: Program) -> list[str]:
    return [line.strip("-• \t") for line in str(charter_of(program).privileges).splitlines() if line.strip("-• \t")]


def privileges_shown(program: Program) -> list[str]:
    """The same for the program's page, kept until something of the program changes."""
    return page_cache.taken(f"program:{program.pk}", "privileges", lambda: privileges_of(program))


def commitments_of(program: Program) -> QuerySet[Commitment]:
    return Commitment.objects.present().filter(program=program)


def stakeholders_of(program: Program) -> QuerySet[Stakeholder]:
    return Stakeholder.objects.present().filter(program=program)


def budget_of(program: Program) -> QuerySet[BudgetLine]:
    return BudgetLine.objects.present().filter(program=program)


def risks_of(program: Program) -> list[Risk]:
    """The heaviest first; what is over comes last."""
    rows = Risk.objects.present().filter(program=program).select_related("owner__user")
    return sorted(rows, key=lambda risk: (risk.is_over, -risk.weight, risk.pk))


def currency_of(program: Program) -> str:
    return "CHF" if program.country == Country.SWITZERLAND else "EUR"


@dataclass(frozen=True)
class Totals:
    planned: Decimal
    actual: Decimal
    planned_hours: Decimal
    actual_hours: Decimal

    @property
    def left(self) -> Decimal:
        return self.planned - self.actual


def totals(lines: list[BudgetLine]) -> Totals:
    """Money and working time together, and the hours alone."""
    time = [line for line in lines if line.kind == BudgetLine.Kind.TIME]
    return Totals(
        sum((line.planned_cost for line in lines), Decimal(0)),
        sum((line.actual_cost for line in lines), Decimal(0)),
        sum((line.planned for line in time), Decimal(0)),
        sum((line.actual for line in time), Decimal(0)),
    )


@dataclass(frozen=True)
class Field:
    """A field of the map: how much influence and interest, and who stands there."""

    influence: int
    interest: int
    names: list[Stakeholder]


def stakeholder_map(rows: list[Stakeholder]) -> list[list[Field]]:
    """Three by three: high influence on top, high interest at the right."""
    return [
        [
            Field(influence, interest, [row for row in rows if (row.influence, row.interest) == (influence, interest)])
            for interest in (1, 2, 3)
        ]
        for influence in (3, 2, 1)
    ]


def possible_holders(program: Program) -> Iterator[tuple[str, str]]:
    """The team, then groups and roles of the stakeholder map."""
    for member in membership.team_of(program):
        yield f"m{member.pk}", f"{member.user} ({member.get_role_display()})"
    for row in stakeholders_of(program):
        yield f"s{row.pk}", row.name


def holding() -> QuerySet[DutyHolder]:
    """Who has a part now: neither somebody whose role has ended nor a stakeholder that was deleted."""
    return DutyHolder.objects.filter(until=None, member__ended_at=None, stakeholder__deleted_at=None)


def holders_now(duty: "CharterRow") -> QuerySet[DutyHolder]:
    return holding().filter(duty=duty.pk)


@dataclass(frozen=True)
class Matrix:
    """Duties down, who has a part across."""

    columns: list[str]
    rows: list[tuple[Duty, list[DutyHolder | None]]]


def matrix_of(program: Program) -> Matrix:
    now = holding().select_related(*HOLDER)
    duties = list(Duty.objects.present().filter(program=program).prefetch_related(Prefetch("holders", queryset=now)))
    columns: dict[str, str] = {}
    for duty in duties:
        for holder in duty.holders.all():
            columns.setdefault(holder.key, holder.who)
    rows = []
    for duty in duties:
        by_key = {holder.key: holder for holder in duty.holders.all()}
        rows.append((duty, [by_key.get(key) for key in columns]))
    return Matrix(list(columns.values()), rows)


def former_holders(program: Program) -> list[DutyHolder]:
    """Who had a part before, the latest first."""
    rows = DutyHolder.objects.filter(duty__program=program, duty__deleted_at=None).exclude(until=None)
    return list(rows.select_related("duty", *HOLDER).order_by("-until", "-pk")[:MOST_HISTORY])


@dataclass(frozen=True)
class Objection:
    """What people say against it, and a calm answer to copy, in every language."""

    key: str
    of: str
    says: Words
    answer: Words
    texts: list[tuple[str, str]]


@cache
def _objections() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(OBJECTIONS.read_text(encoding="utf-8"))["objections"]
    return rows


def objections(words: str = "", *, has_council: bool = True) -> list[Objection]:
    """All of them, or those that hold every word in any language. What is said of the works council is said only where
    there is one."""
    wanted = words.casefold().split()
    found = []
    for row in _objections():
        more = row.get("with_council", {}) if has_council else {}
        answer = {code: " ".join(filter(None, (text, more.get(code)))) for code, text in row["answer"].items()}
        text = " ".join((*row["says"].values(), *answer.values())).casefold()
        if all(word in text for word in wanted):
            texts = [(code, answer[code]) for code in languages.own_first(answer)]
            found.append(Objection(row["key"], row["of"], Words(row["says"]), Words(answer), texts))
    return found
