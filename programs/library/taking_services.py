"""Taking a template into a program, and back. What people have worked on since stays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from core.comments.models import Comment
from core.journal import services as journal
from core.kit import page_cache
from core.kit.languages import localised
from programs.checklists.models import Evidence, Item, ItemState
from programs.checklists.models_asking import ItemScore
from programs.checklists.models_uses import TemplateUse
from programs.checklists.services import forget_on_items
from programs.library import queries
from programs.library.opened import Opened
from programs.library.taking import Intake, NewPart
from programs.library.taking_fields import take_fields, untake_fields, values_of
from programs.library.verbs import LibraryVerb
from programs.membership.models import Program
from programs.phases.models import Milestone, Phase, PhaseState

if TYPE_CHECKING:
    from core.people.models import User


class PhaseIsOver(Exception):
    """The phase that it should go into was finished, skipped or taken back in the meantime."""


class TakenMeanwhile(Exception):
    """Somebody added the same template since the preview was shown."""


@dataclass(frozen=True)
class TakenBack:
    """How much went, and how much stayed because somebody has worked on it."""

    gone: int
    stayed: int


@transaction.atomic
def take(opened: Opened, intake: Intake, *, by: "User", seen: int | None = None) -> TemplateUse:
    """What the preview has shown: phases behind the last one, items open and without an owner. `seen`: the last use of
    the template that the preview told of; one that came after it is no reason to add everything a second time."""
    program = Program.objects.select_for_update().get(pk=opened.program.pk)
    if seen is not None and queries.uses_of_template(opened).filter(pk__gt=seen).exists():
        raise TakenMeanwhile
    if intake.into and not _is_open(intake.into):
        raise PhaseIsOver
    phases = [intake.into] * len(intake.parts) if intake.into else _phases(program, intake)
    known, fields = take_fields(program, opened.content, by=by)
    items = [item for phase, part in zip(phases, intake.parts, strict=True) for item in _items(phase, part, known)]
    _number(items, intake.into)
    made = Item.objects.bulk_create(items)
    dates = Milestone.objects.bulk_create(
        Milestone(program=program, phase=phase, kind=each.row["kind"], title=each.row["name"], on=each.on)
        for phase, part in zip(phases, intake.parts, strict=True)
        for each in part.dates
    )
    use = TemplateUse.objects.create(
        program=program,
        template_pk=opened.row.pk if opened.row else None,
        key=opened.content["key"],
        version=opened.version,
        content=opened.content,
        parts=[part.row["key"] for part in intake.parts],
        into=intake.into,
        phases=[] if intake.into else [phase.pk for phase in phases],
        items=[item.pk for item in made],
        milestones=[date.pk for date in dates],
        fields=fields,
    )
    journal.record(LibraryVerb.TAKEN, by=by, program_id=program.pk, **_told(use), items=len(made))
    page_cache.changed(program.pk)
    return use


def _told(use: TemplateUse) -> dict[str, Any]:
    """Which template it is, for the log."""
    return {"name": localised(use.content["name"]), "template": use.key, "version": use.version}


def _is_open(phase: Phase) -> bool:
    states = (PhaseState.PLANNED, PhaseState.ACTIVE)
    return Phase.objects.select_for_update().filter(pk=phase.pk, state__in=states).exists()


def _phases(program: Program, intake: Intake) -> list[Phase]:
    last = Phase.objects.filter(program=program).aggregate(last=Max("position"))["last"] or 0
    return Phase.objects.bulk_create(
        Phase(
            program=program,
            position=position,
            key=part.row["key"],
            title=part.row["name"],
            aim=part.row["aim"],
            start_on=part.start_on,
            end_on=part.end_on,
        )
        for position, part in enumerate(intake.parts, start=last + 1)
    )


def _items(phase: Phase, part: NewPart, known: dict[str, str]) -> list[Item]:
    return [
        Item(
            program_id=phase.program_id,
            phase=phase,
            position=position,
            key=item.row["key"],
            title=item.row["title"],
            hint=item.row["hint"],
            is_must=item.row["must"],
            ask_every=item.row["ask_every"],
            values=values_of(item.row, known),
            due_on=item.due_on,
        )
        for position, item in enumerate(part.fresh, start=1)
    ]


def _number(items: list[Item], into: Phase | None) -> None:
    """Behind those that are there."""
    if into is None:
        return
    last = Item.objects.filter(phase=into).aggregate(last=Max("position"))["last"] or 0
    for position, item in enumerate(items, start=last + 1):
        item.position = position


@transaction.atomic
def take_back(use: TemplateUse, *, by: "User") -> TakenBack:
    """A second click finds it done. Items that were ticked, answered, commented or have evidence stay, and so do their
    phases, and those that have begun."""
    program = Program.objects.select_for_update().get(pk=use.program_id)
    use = TemplateUse.objects.select_for_update().get(pk=use.pk)
    if use.undone_at is not None:
        return TakenBack(0, 0)
    items = list(_untouched(use).values_list("pk", flat=True))
    forget_on_items(items)
    gone = Item.objects.filter(pk__in=items).delete()[1].get(Item._meta.label, 0)
    gone += _unused_dates(use).update(deleted_at=timezone.now()) + untake_fields(use, by=by)
    for phase in _empty_phases(use):
        phase.delete()
        Phase.objects.filter(program=program, position__gt=phase.position).update(position=F("position") - 1)
        gone += 1
    use.undone_at = timezone.now()
    use.save(update_fields=["undone_at"])
    journal.record(LibraryVerb.UNTAKEN, by=by, program_id=program.pk, **_told(use), items=len(items))
    page_cache.changed(program.pk)
    return TakenBack(gone, len(use.items) + len(use.milestones) + len(use.phases) + len(use.fields) - gone)


def _unused_dates(use: TemplateUse) -> QuerySet[Milestone]:
    """Not moved or renamed since, and nothing of another room hangs on them, such as the record of a review."""
    rows = Milestone.objects.present().filter(program=use.program_id, pk__in=use.milestones, revision=0)
    hanging = [each.name for each in Milestone._meta.related_objects if each.one_to_one]
    return rows.filter(**dict.fromkeys(hanging))


def _untouched(use: TemplateUse) -> QuerySet[Item]:
    said = Comment.objects.filter(kind="item", target_id=OuterRef("pk"))
    touched = (
        Q(Exists(Evidence.objects.filter(item=OuterRef("pk"))))
        | Q(Exists(ItemScore.objects.filter(item=OuterRef("pk"))))
        | Q(Exists(said))
    )
    rows = Item.objects.select_for_update(of=("self",)).filter(program=use.program_id, pk__in=use.items)
    return rows.filter(state=ItemState.OPEN, deleted_at=None).exclude(touched)


def _empty_phases(use: TemplateUse) -> list[Phase]:
    """Last first: the numbers behind them close up. Nothing of anybody is in them, and they have no history."""
    said = Comment.objects.filter(kind="phase", target_id=OuterRef("pk"))
    rows = Phase.objects.filter(program=use.program_id, pk__in=use.phases, state=PhaseState.PLANNED)
    dates = Milestone.objects.present().filter(phase=OuterRef("pk"))
    rows = rows.filter(items=None, changes=None).exclude(Exists(said)).exclude(Exists(dates))
    return list(rows.order_by("-position"))
