from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.dashboards.period import Stretch, choices, month_choices
from core.kit.forms import Form


def filters_of(
    generations: Sequence[tuple[str, str]], chosen: int | None, stretch: Stretch, query: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Period and generation. They choose among published cells and never make a new one."""
    groups = [("", _("all")), *generations]
    return [
        {"name": "months", "label": _("Period"), "choices": choices(), "value": stretch.key},
        {"name": "from", "label": _("From"), "choices": month_choices(), "value": query.get("from", "")},
        {"name": "until", "label": _("Until"), "choices": month_choices(), "value": query.get("until", "")},
        {"name": "generation", "label": _("Generation"), "choices": groups, "value": chosen or ""},
    ]


class PostNoteForm(Form):
    """What worked about an own post; nothing: the note goes."""

    worked = forms.CharField(
        label=gettext_lazy("What worked"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
