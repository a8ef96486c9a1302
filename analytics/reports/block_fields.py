"""The blocks of a report in a form: ticked to choose, moved to order; what is ticked comes first, in its order."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.reports.layouts import ABOUT, STANDARD, Block, Ready, known_blocks


class BlocksInput(forms.CheckboxSelectMultiple):
    class Media:
        js = ("js/blocks.js",)

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        order = [*value, *(each for each in Block.values if each not in value)]
        return sorted(super().optgroups(name, value, attrs), key=lambda group: order.index(group[1][0]["value"]))

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        return super().create_option(name, value, *args, **more) | {"about": ABOUT[Block(value)]}


class BlocksField(forms.MultipleChoiceField):
    """`templates` are offered to start from; `move_url` takes the form when a template or a move is pressed."""

    widget = BlocksInput
    templates: Sequence[Ready] = ()
    move_url = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Blocks"),
            choices=Block.choices,
            initial=STANDARD,
            error_messages={"required": _("Please choose at least one block.")},
            **options,
        )
        self.template_name = "analytics/reports/_blocks.html"

    def clean(self, value: Any) -> list[str]:
        return known_blocks(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != list(data or ())
