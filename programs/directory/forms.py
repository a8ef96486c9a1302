from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.attachments.forms import AttachmentField
from core.kit.forms import Form
from programs.directory import lines
from programs.directory.models import SENTENCE, Part
from programs.directory.services import Entered
from programs.directory.words import languages

SIDE = 512  # pixels of a photo
SHOW = "show_"
MULTI = (Part.HELPS, Part.TOPICS, Part.NETWORKS)


class OneselfForm(Form):
    """What a person shows: each part with the choice to show it, and the consent as long as it was not given."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    photo = AttachmentField(
        label=gettext_lazy("Photo"),
        required=False,
        only_pictures=True,
        square=SIDE,
        help_text=gettext_lazy("It is cropped to a square. Location and device data are removed from the photo."),
    )
    without_photo = forms.BooleanField(label=gettext_lazy("Remove the photo"), required=False)
    sentence = forms.CharField(
        label=gettext_lazy("A sentence about me"),
        max_length=SENTENCE,
        required=False,
        help_text=gettext_lazy("As you would say it over lunch, e.g. “Better to ask once too often.”"),
    )
    pronouns = forms.CharField(label=gettext_lazy("Pronouns"), max_length=30, required=False)
    department = forms.CharField(
        label=gettext_lazy("Department"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "departments"}),
    )
    site = forms.CharField(
        label=gettext_lazy("Site"), max_length=60, required=False, widget=forms.TextInput(attrs={"list": "sites"})
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=languages, required=False, widget=forms.CheckboxSelectMultiple
    )
    helps = lines.LinesField(
        label=gettext_lazy("I can help with"),
        read=lines.topic,
        most=lines.MOST_TOPICS,
        rows=5,
        help_text=gettext_lazy("One thing per line. Add a few words after a colon: “Photos: also of metal”."),
    )
    topics = lines.LinesField(
        label=gettext_lazy("Topics I know well"),
        read=lines.topic,
        most=lines.MOST_TOPICS,
        help_text=gettext_lazy("One per line."),
    )
    networks = lines.LinesField(
        label=gettext_lazy("Profiles on networks"),
        read=lines.network,
        most=lines.MOST_NETWORKS,
        rows=3,
        help_text=gettext_lazy("One address per line."),
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("I want to be listed in the directory"),
        error_messages={
            "required": gettext_lazy(
                "Nothing is stored without your consent. Tick the box at the end, or leave the page: nobody will know."
            )
        },
    )

    def __init__(self, *args: Any, entered: Entered, version: int, has_photo: bool, asks: bool, **more: Any) -> None:
        super().__init__(*args, **({"initial": {"version": version} | _as_typed(entered)} | more))
        for part in Part:
            self.fields[f"{SHOW}{part}"] = forms.BooleanField(
                label=_("Show to others: %(what)s") % {"what": part.label}, required=False
            )
        if not has_photo:
            del self.fields["without_photo"]
        if not asks:
            del self.fields["agrees"]

    @property
    def parts(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Each part with the choice beside it."""
        return ((part.value, self[part.value], self[f"{SHOW}{part}"]) for part in Part)

    @property
    def entered(self) -> Entered:
        data = self.cleaned_data
        return Entered(
            shown=[part.value for part in Part if data[f"{SHOW}{part}"]],
            **{name: data[name] for name in ("sentence", "pronouns", "department", "site")},
            languages=sorted(data["languages"]),
            **{part: data[part] for part in MULTI},
        )

    def tell_difference(self, saved: Entered, version: int) -> None:
        """Something else was saved meanwhile: say at each part what stands there now, and keep what was typed. Who
        sends the form again has seen it."""
        mine, theirs = _as_typed(self.entered), _as_typed(saved)
        told = _("Saved in the meantime, e.g. in another tab: %(what)s")
        for part in Part:
            show = f"{SHOW}{part}"
            if mine.get(part) != theirs.get(part):
                what = theirs[part] if isinstance(theirs[part], str) else ", ".join(theirs[part])
                self.add_error(part.value, told % {"what": what or "–"})
            elif mine[show] != theirs[show]:
                self.add_error(part.value, told % {"what": _("shown") if theirs[show] else _("not shown")})
        self.add_error(
            None,
            _(
                "Your page has changed since you opened this form. Nothing is lost: each field shows what is stored "
                "now. Save again to keep what is in the form; please choose a photo again."
            ),
        )
        self.data = self.data.copy()  # type: ignore[attr-defined]  # of a request
        self.data["version"] = str(version)  # type: ignore[index]


def _as_typed(entered: Entered) -> dict[str, Any]:
    """What the fields of the form hold."""
    typed: dict[str, Any] = {f"{SHOW}{part}": part in entered.shown for part in Part}
    for name in ("sentence", "pronouns", "department", "site", "languages"):
        typed[name] = getattr(entered, name)
    typed["networks"] = "\n".join(entered.networks)
    for name in ("helps", "topics"):
        typed[name] = "\n".join(each.line for each in getattr(entered, name))
    return typed
