"""Finishing a phase with what is left over: every open item is moved on, done, or accepted with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kit.forms import DayField, Form
from core.people.picker import PersonField
from programs.checklists import batch_services, queries
from programs.checklists.forms import choices_of
from programs.checklists.models import Batch, Item, ItemState
from programs.membership.models import Membership
from programs.phases import services as phases
from programs.phases.models import Phase, PhaseState

if TYPE_CHECKING:
    from core.people.models import User

CARRY, DONE, ACCEPT = "carry", "done", "accept"
GOING_ON = (PhaseState.PLANNED, PhaseState.ACTIVE)


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


class GateForm(Form):
    """For each item what becomes of it; one reason for all that are accepted as they are."""

    why = forms.CharField(
        label=_("Why is it OK to leave these open?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is shown with each of them. Everybody in the program can read it."),
    )
    start_next = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, items: list[Item], following: Phase | None, phase: Phase, **more: Any) -> None:
        super().__init__(*args, **more)
        self.items, self.following = items, following
        owners = queries.possible_owners(phase.program)
        choices = choices_of(list(owners)) if items else []
        ways = [(DONE, _("is done")), (ACCEPT, _("stays open"))]
        if following:
            ways.insert(0, (CARRY, _("carry over")))
        for item in items:
            self.fields[f"fate_{item.pk}"] = forms.ChoiceField(
                label=item.title, choices=ways, initial=ways[0][0] if following else ACCEPT, widget=forms.RadioSelect
            )
            owner = PersonField(label=_("Owner"), queryset=owners, required=False, initial=item.owner_id)
            owner.choices = choices  # asked for once, not for every item
            self.fields[f"owner_{item.pk}"] = owner
            self.fields[f"due_{item.pk}"] = DayField(label=_("Due"), required=False, initial=item.due_on)
        if following and following.state == PhaseState.PLANNED:
            self.fields["start_next"].label = _("Start “%(phase)s” as well") % {"phase": following.title}
        else:
            del self.fields["start_next"]

    def fates(self) -> Iterator[Fate]:
        for item in self.items:
            yield Fate(item, self[f"fate_{item.pk}"], self[f"owner_{item.pk}"], self[f"due_{item.pk}"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        accepted = any(cleaned.get(f"fate_{item.pk}") == ACCEPT for item in self.items)
        if accepted and not cleaned.get("why"):
            self.add_error("why", _("Please say why in one sentence."))
        return cleaned

    def wanted(self) -> Iterator[tuple[Item, str, Membership | None, date | None]]:
        for item in self.items:
            values = (self.cleaned_data[f"{name}_{item.pk}"] for name in ("fate", "owner", "due"))
            yield item, *values


@transaction.atomic
def finish(phase: Phase, form: GateForm, *, by: "User") -> Batch:
    """The items go where they were sent, the phase ends, and the next one may begin: all of it or nothing."""
    position = 0
    if form.following:
        last = Item.objects.filter(phase=form.following).aggregate(last=Max("position"))["last"]
        position = last or 0
    changes: list[tuple[Item, dict[str, Any]]] = []
    for item, fate, owner, due_on in form.wanted():
        if fate == CARRY and form.following:
            position += 1
            place = {"phase_id": form.following.pk, "position": position}
            changes.append((item, place | {"owner_id": owner.pk if owner else None, "due_on": due_on}))
        elif fate == DONE:
            changes.append((item, {"state": ItemState.DONE}))
        else:
            changes.append((item, {"state": ItemState.NOT_APPLICABLE, "reason": form.cleaned_data["why"]}))
    batch = batch_services.change_each(phase.program, changes, by=by)
    was_active = Phase.objects.active().filter(pk=phase.pk).exists()
    phases.finish_phase(phase, by=by)
    if form.cleaned_data.get("start_next") and form.following:
        phases.start_phase(form.following, by=by)
        batch.started = form.following
    batch.finished = phase if was_active else None
    batch.save(update_fields=["started", "finished"])
    return batch


@transaction.atomic
def take_back(batch: Batch, *, reason: str, by: "User") -> int:
    """The phase is open again and its items are back; a phase that began along with it is planned again."""
    if not batch.undone_at and batch.finished:
        phases.reopen_phase(batch.finished, reason=reason, by=by)
        if batch.started and batch.started.started_on == timezone.localdate(batch.at):
            phases.unstart_phase(batch.started, by=by)
    return batch_services.undo_batch(batch, by=by)
