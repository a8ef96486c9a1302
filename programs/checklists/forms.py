from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.attachments.forms import AttachmentField
from core.kit.forms import DayInput
from programs.checklists import access
from programs.checklists.models import Item, ItemState
from programs.membership.models import Membership, Program
from programs.phases.forms import TitledForm, within_reason


class StartForm(forms.Form):
    """The day the preview of a new program is drawn for."""

    start_on = forms.DateField(validators=[within_reason])


class OwnerField(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return f"{membership.user} ({membership.get_role_display()})"


class ItemForm(TitledForm):
    owner = OwnerField(
        queryset=Membership.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody yet")
    )
    due_on = forms.DateField(label=_("Due"), required=False, widget=DayInput, validators=[within_reason])
    hint_de = forms.CharField(label=_("Hint in German"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    hint_en = forms.CharField(label=_("Hint in English"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, program: Program, item: Item | None = None, **more: Any) -> None:
        if item:
            names = ("title_de", "title_en", "owner", "due_on", "hint_de", "hint_en")
            more["initial"] = {name: getattr(item, name) for name in names}
        super().__init__(*args, **more)
        self.fields["owner"].queryset = access.possible_owners(program, item)  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """A note, a link or a file, or several of them at once."""

    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("An address that starts with https://"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    file = AttachmentField(
        label=_("File"),
        required=False,
        help_text=_("A document or a picture, up to 20 MB. Only people who work on this item can open it."),
    )

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link:
            URLValidator(schemes=["https"], message=_("Only addresses that start with https:// are taken."))(link)
            link = "https://" + link[len("https://") :]  # in lower case, whatever was typed
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("note", "link", "file")):
            raise forms.ValidationError(_("Please write a note, paste a link or choose a file."))
        return cleaned


class FilterForm(forms.Form):
    """The filters of the checklists page; what the address cannot mean is taken as not said."""

    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("open", _("open")), ("overdue", _("overdue")), *ItemState.choices[1:], ("all", _("all"))],
    )
    phase = forms.ChoiceField(label=_("Phase"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        super().__init__(*args, **more)
        phases = [(str(phase.pk), f"{phase.position} {phase.title}") for phase in access.phases_with_progress(program)]
        owners = [(str(row.user_id), str(row.user)) for row in access.possible_owners(program)]
        self.fields["phase"].choices = [("", _("all")), *phases]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("everybody")),
            ("me", _("me")),
            ("nobody", _("nobody yet")),
            *owners,
        ]

    @property
    def chosen(self) -> dict[str, str]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields} | {
            "state": self.cleaned_data.get("state") or "open"
        }

    def as_filters(self) -> list[dict[str, Any]]:
        """As the filter bar wants them."""
        chosen = self.chosen
        return [
            {"name": name, "label": field.label, "choices": field.choices, "value": chosen[name]}  # type: ignore[attr-defined]
            for name, field in self.fields.items()
        ]
