"""Finishing a phase with what is left over: every open item is moved on, done, or accepted with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import DayField
from core.people.picker import PersonField
from programs.checklists import batch_services, queries
from programs.checklists.forms import choices_of
from programs.checklists.models import Batch, Item, ItemState
from programs.consents.models import today_in
from programs.membership.models import Membership
from programs.phases import services as phases
from programs.phases.models import FIRST_ROUND_CONTINUES, GateDecision, Phase, PhaseState

if TYPE_CHECKING:
    from core.people.models import User

CARRY, DONE, ACCEPT = "carry", "done", "accept"
FATE_OF_REST = {GateDecision.REPEAT: CARRY, GateDecision.STOP: ACCEPT}
GOING_ON = (PhaseState.PLANNED, PhaseState.ACTIVE)


class AlreadyFinished(Exception):
    """Somebody else was faster: the phase is no longer active."""


class MoreIsOpen(Exception):
    """An item was added or opened again since the page was looked at: nobody has said what becomes of it."""


def leftovers(phase: Phase) -> list[Item]:
    """What is still open in it, what is required first."""
    items = Item.objects.present().filter(phase=phase, state=ItemState.OPEN).select_related("owner__user")
    return list(items.order_by("-is_must", "due_on", "position"))


def phase_after(phase: Phase) -> Phase | None:
    """Where items may go: the next one in the plan that is not over."""
    rows = Phase.objects.filter(program=phase.program_id, position__gt=phase.position, state__in=GOING_ON)
    return rows.order_by("position").first()


@dataclass(frozen=True)
class Fate:
    """One open item with its fields."""

    item: Item
    choice: forms.BoundField
    owner: forms.BoundField
    due: forms.BoundField


class DecidedAnew(Exception):
    """The phase was finished once more since: only the last decision can be undone."""


def _due(item: Item, following: Phase | None, today: date) -> date | None:
    """Nothing is carried over with a day that is past: it is due when the next phase begins, today at the earliest."""
    if item.due_on is None or item.due_on >= today or following is None:
        return item.due_on
    return max(following.start_on, today)


class GateForm(SharedForm):
    """How it goes on; for each item what becomes of it; one reason for what is dropped and for another way than on."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=GateDecision,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": _("Some required items are still open. Please decide how the program continues.")},
    )
    why = forms.CharField(
        label=_("Why is this the right decision?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "It appears in the history and next to every item that is dropped. Everybody in the program can read it."
        ),
    )
    start_next = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, items: list[Item], following: Phase | None, phase: Phase, **more: Any) -> None:
        super().__init__(*args, **more)
        self.items, self.following, today = items, following, today_in(phase.program)
        self.fields["decision"].required = any(item.is_must for item in items)
        owners = queries.possible_owners(phase.program)
        choices = choices_of(list(owners)) if items else []
        ways = [(DONE, _("is done")), (ACCEPT, _("is dropped"))]
        if following:
            ways.insert(0, (CARRY, _("carry over")))
        for item in items:
            self.fields[f"fate_{item.pk}"] = forms.ChoiceField(
                label=item.title, choices=ways, initial=ways[0][0] if following else ACCEPT, widget=forms.RadioSelect
            )
            owner = PersonField(label=_("Owner"), queryset=owners, required=False, initial=item.owner_id)
            owner.choices = choices  # asked for once, not for every item
            self.fields[f"owner_{item.pk}"] = owner
            self.fields[f"due_{item.pk}"] = DayField(
                label=_("Due"), required=False, initial=_due(item, following, today)
            )
        if following and following.state == PhaseState.PLANNED:
            self.fields["start_next"].label = _("Start “%(phase)s” as well") % {"phase": following.title}
        else:
            del self.fields["start_next"]
        self.remember()

    def fates(self) -> Iterator[Fate]:
        for item in self.items:
            yield Fate(item, self[f"fate_{item.pk}"], self[f"owner_{item.pk}"], self[f"due_{item.pk}"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        accepted = any(cleaned.get(f"fate_{item.pk}") == ACCEPT for item in self.items)
        goes_on = cleaned.get("decision", GateDecision.GO) in ("", GateDecision.GO)
        if (not goes_on or accepted) and not cleaned.get("why"):
            self.add_error("why", _("Please say why in one sentence."))
        return cleaned

    def wanted(self) -> Iterator[tuple[Item, str, Membership | None, date | None]]:
        for item in self.items:
            values = (self.cleaned_data[f"{name}_{item.pk}"] for name in ("fate", "owner", "due"))
            yield item, *values


@transaction.atomic
def finish(phase: Phase, form: GateForm, *, by: "User") -> Batch:
    """The decision is carried out once, all of it or nothing. Going on: items go where they were sent, and the next
    phase may begin. Repeating: the list begins anew in a second round. Stopping: nothing is due any more, planned
    phases are left out. What a colleague closed in this very moment stays as they left it."""
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    if phase.state != PhaseState.ACTIVE:
        raise AlreadyFinished
    if {item.pk for item in leftovers(phase)} - {item.pk for item in form.items}:
        raise MoreIsOpen
    decision, why = form.cleaned_data["decision"] or GateDecision.GO, form.cleaned_data["why"]
    begins = form.following if decision == GateDecision.GO and form.cleaned_data.get("start_next") else None
    goal = form.following
    if decision == GateDecision.REPEAT:
        goal = begins = phases.repeat_phase(phase, by=by)
        _begin_anew(phase, goal)
    batch = batch_services.change_each(phase.program, _changes(form, decision, goal), by=by, state=ItemState.OPEN)
    phases.finish_phase(phase, by=by, decision=decision, reason=why)
    if begins:
        phases.start_phase(begins, by=by)
        batch.started, batch.is_repeat = begins, decision == GateDecision.REPEAT
    if decision == GateDecision.STOP:
        for each in Phase.objects.filter(program=phase.program_id, state=PhaseState.PLANNED):
            phases.skip_phase(each, reason=why, by=by)
            batch.skipped.append(each.pk)
    batch.finished = phase
    batch.save(update_fields=["started", "finished", "skipped", "is_repeat"])
    return batch


def _changes(form: GateForm, decision: str, goal: Phase | None) -> Iterator[tuple[Item, dict[str, Any]]]:
    """What becomes of each open item. Only when it goes on, each has a fate of its own."""
    position = (Item.objects.filter(phase=goal).aggregate(last=Max("position"))["last"] or 0) if goal else 0
    for item, wanted, owner, due_on in form.wanted():
        fate = wanted if decision == GateDecision.GO or wanted == DONE else FATE_OF_REST[GateDecision(decision)]
        if fate == CARRY and goal:
            position += 1
            moved = {"owner_id": owner.pk if owner else None, "due_on": due_on} if decision == GateDecision.GO else {}
            yield item, moved | {"phase_id": goal.pk, "position": position}
        elif fate == DONE:
            yield item, {"state": ItemState.DONE}
        else:
            yield item, {"state": ItemState.NOT_APPLICABLE, "reason": form.cleaned_data["why"]}


def _begin_anew(phase: Phase, again: Phase) -> None:
    """What was done is done once more in the second round, by the same people, with dates as far apart."""
    further = again.start_on - phase.start_on
    rows = Item.objects.present().filter(phase=phase, state=ItemState.DONE).order_by("position")
    Item.objects.bulk_create(
        Item(
            program_id=item.program_id,
            phase=again,
            position=position,
            key=item.key,
            title=item.title,
            hint=item.hint,
            is_must=item.is_must,
            ask_every=item.ask_every,
            values=item.values,
            owner_id=item.owner_id,
            due_on=item.due_on + further if item.due_on else None,
        )
        for position, item in enumerate(rows, start=1)
    )


@transaction.atomic
def take_back(batch: Batch, *, reason: str, by: "User") -> int:
    """The phase is open again and its items are back; what began along with it is planned again, what was left out as
    well. A second round is left out, with all that was done in it."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("finished", "started").get(pk=batch.pk)
    if batch.undone_at:
        return 0
    if batch.finished:
        if Batch.objects.filter(finished=batch.finished, pk__gt=batch.pk, undone_at=None).exists():
            raise DecidedAnew
        phases.reopen_phase(batch.finished, reason=reason, by=by)
        if batch.started and batch.is_repeat:
            phases.skip_phase(batch.started, reason=FIRST_ROUND_CONTINUES, by=by)
        elif batch.started and batch.started.started_on == today_in(batch.program, batch.at):
            phases.unstart_phase(batch.started, by=by)
        for each in Phase.objects.filter(program=batch.program_id, pk__in=batch.skipped):
            phases.unskip_phase(each, by=by)
    return batch_services.undo_batch(batch, by=by)
