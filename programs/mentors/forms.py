from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.forms import SEVERAL, Form
from programs.directory import lines
from programs.directory.words import nearby_first
from programs.mentors.models import MOST, SITE, TOPIC, PairingCard, PairKind

GIVEN = ("topics", "languages", "site", "is_mentor", "is_buddy", "most")


def _topic(line: str) -> str:
    if len(line) > TOPIC:
        raise forms.ValidationError(_("Please keep each topic short."))
    return line


class CardForm(Form):
    """What one gives to be matched. Everything is voluntary; less is known, less can be matched."""

    topics = lines.LinesField(label=_("Topics"), read=_topic, most=12, rows=4, help_text=_("One on each line."))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=nearby_first,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=SEVERAL,
    )
    site = forms.CharField(label=_("Site"), max_length=SITE, required=False)
    is_buddy = forms.BooleanField(
        label=_("I would like a buddy"), required=False, help_text=_("Others from your generation can ask you.")
    )
    is_mentor = forms.BooleanField(
        label=_("I accompany newer people as a mentor"),
        required=False,
        help_text=_(
            "People from later generations can ask you. You decide about each one, and you can end it at any time."
        ),
    )
    most = forms.IntegerField(label=_("How many at once"), min_value=1, max_value=MOST)

    def __init__(self, *args: Any, card: PairingCard, **more: Any) -> None:
        values = {name: getattr(card, name) for name in GIVEN}
        more["initial"] = values | {"topics": "\n".join(card.topics)}
        super().__init__(*args, **more)


class PairingAskForm(Form):
    person = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    kind = forms.ChoiceField(choices=PairKind.choices)
