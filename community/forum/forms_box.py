from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forum.models import TITLE, Board
from core.kit.forms import Form

MOST = 4000


class BoxForm(Form):
    """A question without a name: plain fields, because drafts, pictures and names would be kept with a person."""

    title = forms.CharField(
        label=_("Your question"),
        max_length=TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Please ask something: one sentence is enough.")},
    )
    text = forms.CharField(
        label=_("What should people know about it?"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Leave out shifts, places and names if only you could know about them."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **({"initial": {"key": uuid4()}} | more))


class ReleaseForm(Form):
    """Where a question from the box goes."""

    do = forms.ChoiceField(choices=[("release", ""), ("discard", "")])
    board = forms.ModelChoiceField(Board.objects.none(), required=False)

    def __init__(self, *args: Any, boards: list[Board], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["board"]
        field.queryset = Board.objects.filter(pk__in=[board.pk for board in boards if board.is_for_everybody])

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("do") == "release" and self.cleaned_data.get("board") is None:
            self.add_error("board", _("Please choose a board."))
        return self.cleaned_data
