from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.attachments.forms import AttachmentField
from core.kit.editing_together import SharedForm
from core.kit.forms import LINK_ERROR, LINK_HELP, DayField, DayInput, Form
from core.kit.rooms import Label
from core.kit.word_fields import WordsFormField
from core.people.picker import PeopleSelect, PersonField
from programs.checklists import queries
from programs.checklists.models import AskEvery, Item, ItemState
from programs.checklists.models_asking import HOW_WELL
from programs.checklists.shifting import SHIFT_BY
from programs.checklists.shifting import distance as distance_of
from programs.membership.models import Membership, Program
from programs.phases.forms import ReasonForm, TitledForm
from programs.phases.models import Phase
from programs.phases.queries import phases_of


class ItemForm(TitledForm):
    owner = PersonField(
        queryset=Membership.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody yet")
    )
    due_on = DayField(label=_("Due"), required=False)
    hint = WordsFormField(label=_("Hint"), required=False, rows=3)
    ask_every = forms.TypedChoiceField(
        label=_("Ask again how well it works"), choices=AskEvery, coerce=int, required=False, empty_value="0"
    )

    def __init__(self, *args: Any, program: Program, item: Item | None = None, **more: Any) -> None:
        if item:
            names = ("title", "owner", "due_on", "hint", "ask_every")
            more["initial"] = {name: getattr(item, name) for name in names}
        super().__init__(*args, **more)
        self.fields["owner"].queryset = queries.possible_owners(program, item)  # type: ignore[attr-defined]
        if item:
            self.remember()


class NotApplicableForm(SharedForm, ReasonForm):
    """Why an item does not apply. Whoever has not seen that it was finished in the meantime is told first."""

    state = forms.ChoiceField(choices=ItemState, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, **more: Any) -> None:
        more["initial"] = {"reason": item.reason, "state": item.state}
        super().__init__(*args, **more)
        self.item = item
        self.remember()
        del self.fields["seen"].initial["state"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") not in ("", self.item.state):
            self._put("state", self.item.state)
            says = _("In the meantime, somebody has changed the item to “%(state)s”. To replace that, save again.")
            self.add_error(None, says % {"state": self.item.get_state_display()})
        return cleaned


class ScoreForm(Form):
    """How well it works now, on a scale, with a note if there is one."""

    score = forms.TypedChoiceField(
        label=_("How well does it work now?"), choices=HOW_WELL, coerce=int, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class EvidenceForm(Form):
    """A note, a link, a file, a page or an event, or several of them at once."""

    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=LINK_HELP,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    thing = forms.ChoiceField(
        label=_("Handbook page or event"),
        required=False,
        widget=PeopleSelect,
        help_text=_("Its title stays up to date here."),
    )
    file = AttachmentField(
        label=_("File"),
        required=False,
        help_text=_("A document or a picture, up to 20 MB. Only people who work on this item can open it."),
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[Label, list[tuple[str, str]]]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        if groups := list(offered):
            self.fields["thing"].choices = [("", "–"), *groups]  # type: ignore[attr-defined]
        else:
            del self.fields["thing"]

    def clean_thing(self) -> tuple[str, str] | None:
        """What it points at, and what that is called now."""
        chosen = self.cleaned_data["thing"]
        words = {value: text for _label, rows in self.fields["thing"].choices[1:] for value, text in rows}  # type: ignore[attr-defined]
        return (chosen, words[chosen]) if chosen else None

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link:
            URLValidator(schemes=["https"], message=LINK_ERROR)(link)
            link = "https://" + link[len("https://") :]  # in lower case, whatever was typed
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("note", "link", "thing", "file")):
            raise forms.ValidationError(_("Please write a note, paste a link, or choose a file, a page or an event."))
        return cleaned


def choices_of(owners: Iterable[Membership]) -> list[tuple[str, str]]:
    """The owner field's choices from rows that are there already."""
    return [("", str(_("nobody yet"))), *((str(row.pk), f"{row.user} ({row.get_role_display()})") for row in owners)]


class CellForm(SharedForm):
    """One cell of an item in the list."""

    def __init__(self, *args: Any, program: Program, item: Item | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.initial = getattr(item, name) if item else None
        if "owner" in self.fields:
            self.fields["owner"].queryset = queries.possible_owners(program, item)  # type: ignore[attr-defined]
        if item:
            self.remember()


class OwnerForm(CellForm):
    """Who does an item; nobody is an answer."""

    owner = PersonField(
        queryset=Membership.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody yet")
    )


class DueForm(CellForm):
    """Until when; an empty day takes the date away."""

    due_on = DayField(label=_("Due"), required=False)


class StateForm(CellForm):
    """How far an item is; what does not apply says why."""

    state = forms.ChoiceField(label=_("State"), choices=ItemState)
    reason = forms.CharField(
        label=_("Why it does not apply"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Why, if it does not apply")}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == ItemState.NOT_APPLICABLE and not cleaned.get("reason") and not self.errors:
            self.add_error("reason", _("Please say why in one sentence."))
        return cleaned


CELLS: dict[str, type[CellForm]] = {"owner": OwnerForm, "due": DueForm, "state": StateForm}


class BulkForm(OwnerForm):
    """What the chosen items get. Which of the fields counts depends on the button."""

    DO: ClassVar = ("done", "owner", "due", "shift", "na")

    due_on = DayField(
        label=_("New due date"), required=False, widget=DayInput({"data-must": _("Please choose a day.")})
    )
    shift = forms.IntegerField(
        label=_("Move by"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric", "data-must": _("Please enter by how many.")}),
    )
    unit = forms.ChoiceField(label=_("Direction"), required=False)
    reason = forms.CharField(
        label=_("One reason for all"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"data-must": _("Please say why in one sentence.")}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, auto_id="bulk_%s", **more)
        self.fields["unit"].choices = [(unit, label) for unit, (_days, label) in SHIFT_BY.items()]  # type: ignore[attr-defined]

    @property
    def do(self) -> str:
        return str(self.data.get("do", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.do not in self.DO:
            raise forms.ValidationError(_("Please choose what to do with the selected items."))
        if self.do == "due" and not cleaned.get("due_on") and not self.errors:
            self.add_error("due_on", _("Please choose a day."))
        if self.do == "shift" and not cleaned.get("shift") and not self.errors:
            self.add_error("shift", _("Please enter by how many."))
        if self.do == "na" and not cleaned.get("reason") and not self.errors:
            self.add_error("reason", _("Please say why in one sentence."))
        return cleaned

    @property
    def distance(self) -> timedelta:
        """How far the chosen items are moved."""
        return distance_of(self.cleaned_data["shift"], self.cleaned_data["unit"] or "days")

    @property
    def wanted(self) -> dict[str, Any]:
        """For the service: only what the pressed button is about."""
        match self.do:
            case "done":
                return {"state": ItemState.DONE}
            case "owner":
                return {"owner": self.cleaned_data["owner"]}
            case "due":
                return {"due_on": self.cleaned_data["due_on"]}
        return {"state": ItemState.NOT_APPLICABLE, "reason": self.cleaned_data["reason"]}


class QuickForm(Form):
    """A new item in one line, in the language of its writer."""

    title = forms.CharField(
        label=_("New item"),
        max_length=200,
        widget=forms.TextInput({"placeholder": _("New item")}),
        error_messages={"required": _("Please enter a title.")},
    )
    phase = forms.ModelChoiceField(queryset=Phase.objects.none(), label=_("Phase"))

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["phase"].queryset = phases_of(program)  # type: ignore[attr-defined]
