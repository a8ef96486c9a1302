"""What changes about the charter. It is the team's own work, so the journal says who changed it."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from core.journal import services as journal
from core.journal.changes import changes_of, key_of, pair
from core.kit import page_cache
from programs.charter.line_kinds import ListKind
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
    charter, _is_new = Charter.objects.get_or_create(program=program)
    for name, text in texts.items():
        setattr(charter, name, text)
    changed = changes_of(charter, texts)
    charter.save(update_fields=[*texts])
    _record(CharterVerb.CHANGED, program, by, changes=changed)


@transaction.atomic
def add_row(program: Program, of: ListKind, *, by: "User", **fields: Any) -> CharterRow:
    holders = fields.pop("holders", None)
    row: CharterRow = of.model._default_manager.create(program=program, **fields)
    if isinstance(row, Duty):
        _give_parts(row, holders or {})
    _record(CharterVerb.ROW_ADDED, row, by)
    return row


@transaction.atomic
def change_row(row: CharterRow, of: ListKind, *, by: "User", **fields: Any) -> None:
    """Only the fields that are named: others may be changed by somebody else at this moment."""
    holders = fields.pop("holders", None)
    for name, value in fields.items():
        setattr(row, name, value)
    changed = changes_of(row, fields)
    row.save(update_fields=[*fields])
    if isinstance(row, Duty) and holders is not None:
        before = _parts(row)
        _give_parts(row, holders)
        for name, now in _parts(row).items():
            if now != before[name]:
                changed[key_of(DutyHolder, name)] = pair(before[name], now)
    _record(CharterVerb.ROW_CHANGED, row, by, changes=changed)


@transaction.atomic
def delete_row(row: CharterRow, of: ListKind, *, by: "User") -> None:
    row.put_away()
    _record(CharterVerb.ROW_DELETED, row, by)


@transaction.atomic
def restore_row(row: CharterRow, of: ListKind, *, by: "User") -> None:
    row.take_back()
    _record(CharterVerb.ROW_RESTORED, row, by)


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


def _parts(duty: Duty) -> dict[str, list[Any]]:
    """Who has which part at this moment: people of the team, groups outside it, and the parts in the same order."""
    now = list(DutyHolder.objects.filter(duty=duty, until=None).order_by("part", "pk"))
    return {
        "member": [holder.member_id for holder in now if holder.member_id],
        "stakeholder": [holder.stakeholder_id for holder in now if holder.stakeholder_id],
        "part": [holder.part for holder in now],
    }


def _record(verb: CharterVerb, subject: Program | CharterRow, by: "User", **data: Any) -> None:
    journal.record(verb, subject, by=by, **data)
    page_cache.changed(subject.pk if isinstance(subject, Program) else subject.program_id)
