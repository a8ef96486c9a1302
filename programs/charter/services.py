"""What changes about the charter. It is the team's own work, so the journal says who changed it."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from core.journal import services as journal
from core.kit import shelf
from programs.charter.kinds import ListKind
from programs.charter.models import Charter, CharterRow, Duty, DutyHolder
from programs.charter.verbs import CharterVerb
from programs.membership import services as membership
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def write_charter(
    program: Program, *, goals: dict[str, list[str]] | None = None, by: "User", **texts: dict[str, str]
) -> None:
    """Goals in the order of their rank, each with the figures that show it; the texts beside them. What is not named
    stays as it is."""
    if goals is not None:
        membership.update_program(program, goals=list(goals), by=by)
        for goal in program.goals.all():
            goal.figures = goals[goal.text]
            goal.save(update_fields=["figures"])
    Charter.objects.update_or_create(program=program, defaults=texts)
    _record(CharterVerb.CHANGED, program, by)


@transaction.atomic
def add_row(program: Program, of: ListKind, *, by: "User", **fields: Any) -> CharterRow:
    holders = fields.pop("holders", None)
    row: CharterRow = of.model._default_manager.create(program=program, **fields)
    if isinstance(row, Duty):
        _give_parts(row, holders or {})
    _record(CharterVerb.ROW_ADDED, program, by, of=of)
    return row


@transaction.atomic
def change_row(row: CharterRow, of: ListKind, *, by: "User", **fields: Any) -> None:
    """Only the fields that are named: others may be changed by somebody else at this moment."""
    holders = fields.pop("holders", None)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields])
    if isinstance(row, Duty) and holders is not None:
        _give_parts(row, holders)
    _record(CharterVerb.ROW_CHANGED, row.program, by, of=of)


@transaction.atomic
def delete_row(row: CharterRow, of: ListKind, *, by: "User") -> None:
    row.put_away()
    _record(CharterVerb.ROW_DELETED, row.program, by, of=of)


@transaction.atomic
def restore_row(row: CharterRow, of: ListKind, *, by: "User") -> None:
    row.take_back()
    _record(CharterVerb.ROW_RESTORED, row.program, by, of=of)


def _give_parts(duty: Duty, wanted: dict[str, str]) -> None:
    """What changes ends today and begins anew; what stays keeps its first day."""
    Duty.objects.select_for_update().get(pk=duty.pk)
    today, stays = timezone.localdate(timezone=ZoneInfo(duty.program.time_zone)), set()
    for holder in DutyHolder.objects.filter(duty=duty, until=None):
        if wanted.get(holder.key) == holder.part:
            stays.add(holder.key)
        elif holder.since >= today:
            holder.delete()  # a slip of the same day is no history
        else:
            holder.until = today
            holder.save(update_fields=["until"])
    DutyHolder.objects.bulk_create(
        DutyHolder(
            duty=duty,
            member_id=int(key[1:]) if key.startswith("m") else None,
            stakeholder_id=int(key[1:]) if key.startswith("s") else None,
            part=part,
            since=today,
        )
        for key, part in wanted.items()
        if key not in stays
    )


def _record(verb: CharterVerb, program: Program, by: "User", of: ListKind | None = None) -> None:
    journal.record(verb, program, by=by, list=of.name if of else "")
    shelf.changed(program.pk)
