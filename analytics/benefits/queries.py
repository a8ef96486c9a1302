"""What is selected of told successes. No name of somebody who withdrew from the program, or has left, is in any of it.

One that was told without a name stays: if it went on the day somebody leaves, it would be known whose it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.benefits.access import levels_for
from analytics.benefits.models import Benefit
from analytics.kpis.catalogue import entry_of
from core.kit import cldr
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.kept import Kept
from programs.consents.models import Action, Purpose
from programs.consents.queries import last_said
from programs.membership.models import Membership, Program, Role

if TYPE_CHECKING:
    from core.people.models import User

MOST = 200
REPORTED = (Benefit.Readers.REPORTS, Benefit.Readers.NEWSLETTER)


@dataclass(frozen=True)
class ToldSuccess:
    """One as its readers see it. Of one that was withdrawn only that is said."""

    text: str
    who: str
    month: str = ""
    about: str = ""
    is_withdrawn: bool = False

    @property
    def in_one_line(self) -> str:
        return f"{self.text} ({self.who})" if self.who else self.text


def own_benefits(user: "User", program: Program) -> list[Benefit]:
    return list(Benefit.objects.present().filter(by=user, program=program).select_related("goal"))


def still_read(user: "User", program: Program) -> list[Benefit]:
    """One's own that others read although one has left: those without a name, for the 30 days in which they are still
    known to be one's own; and all of them in an archived program."""
    return list(_readable(program).filter(by=user))


def told_to(user: "User", program: Program, *, most: int = MOST) -> list[ToldSuccess]:
    """What this reader may read, the newest first: no other order, and nothing about who told none."""
    levels = levels_for(user, program)
    asked = _NEWEST if most == 1 else _ALL
    return [shown(row) for row in asked.rows(program=program.pk, levels=list(levels))[:most]] if levels else []


def for_report(program: Program, *, until: date, since: date, most: int) -> list[int]:
    """Which a report names: only those that their authors let into reports, the newest first."""
    rows = _readable(program).filter(readers__in=REPORTED, told_on__range=(since, until))
    return [row.pk for row in rows[:most]]


def for_newsletters(program: Program) -> QuerySet[Benefit]:
    """Those that their authors let into newsletters, the newest first."""
    return _readable(program).filter(readers=Benefit.Readers.NEWSLETTER)


def named_keys(user: "User", program: Program) -> list[str]:
    """By what newsletters know those that somebody told by name."""
    return [row.key for row in Benefit.objects.filter(by=user, program=program, with_name=True).only("pk")]


def in_report(program: Program, keys: Sequence[int]) -> list[ToldSuccess]:
    """Those that a frozen report names, read anew each time: the report itself keeps no word of them."""
    if not keys:
        return []
    there = {row.pk: row for row in _NAMED.rows(program=program.pk, keys=list(keys))}
    gone = ToldSuccess(_("A success was told here and has been withdrawn."), "", is_withdrawn=True)
    return [shown(there[pk]) if pk in there else gone for pk in keys]


def shown(row: Benefit) -> ToldSuccess:
    who = row.by.name if row.with_name and row.by else _("A participant")
    return ToldSuccess(row.text, who, cldr.written(row.told_on, "month"), about_of(row))


def about_of(row: Benefit) -> str:
    """The goal or the figure it belongs to, if any."""
    if row.goal:
        return row.goal.text
    entry = entry_of(row.kpi) if row.kpi else None
    return entry.definition.name if entry else ""


def _readable(program: Program | Blank) -> QuerySet[Benefit]:
    takes_part = Membership.objects.active().filter(program=program, user=OuterRef("by"), role=Role.INFLUENCER)
    said = last_said(program, Purpose.PARTICIPATION, "by_id")
    rows = Benefit.objects.present().filter(program=program).alias(said=said)
    return rows.filter(Q(with_name=False) | Q(Exists(takes_part), said=Action.GRANTED)).select_related("by", "goal")


def _for_readers() -> QuerySet[Benefit]:
    return _readable(Blank("program")).filter(OneOf("readers", "levels"))


_ALL, _NEWEST = Compiled(lambda: _for_readers()[:MOST]), Compiled(lambda: _for_readers()[:1])
_NAMED = Compiled(lambda: _readable(Blank("program")).filter(OneOf("id", "keys"), readers__in=REPORTED))


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """What goes with the person."""
    rows = Benefit.objects.present().filter(by=user, program=program, with_name=True)
    yield Kept(rows, lambda n: ngettext("success told with your name", "successes told with your name", n))
