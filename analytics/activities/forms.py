from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.activities.links import cleaned
from analytics.activities.models import MOST_TOPICS, Activity
from analytics.channels.hosts import is_comment, network_of
from core.kit.forms import Form, ModelForm
from core.people.device import mark_on_device

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.activities.from_archives import ArchivedPost
    from core.people.models import User

LONGEST = 600  # minutes; a longer day is several activities
OLDEST = timedelta(days=400)
LONGEST_PASTED = 2000  # characters, before the tracking parts go


class KnownWords(forms.MultipleChoiceField):
    """Words of a list that may have become shorter since the page was made: what is not on it any more is left out."""

    def to_python(self, value: Any) -> list[str]:
        return [word for word in super().to_python(value) if self.valid_value(word)]


class ActivityForm(ModelForm):
    """A link or a kind is enough; everything else has a default."""

    kind = forms.ChoiceField(choices=Activity.Kind.choices, required=False)
    url = forms.URLField(max_length=LONGEST_PASTED, required=False, assume_scheme="https")
    minutes = forms.IntegerField(min_value=0, max_value=LONGEST, required=False)
    topics = KnownWords(required=False)

    class Meta:
        model = Activity
        fields: ClassVar = ["url", "kind", "purpose", "label", "minutes", "channel", "on", "note", "topics"]

    def __init__(self, *args: Any, topics: "Sequence[str]" = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(KnownWords, self.fields["topics"]).choices = [(word, word) for word in topics]
        for name in ("purpose", "label", "channel", "on"):
            self.fields[name].required = False

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise forms.ValidationError(_("Links start with https:// or http://."))
        url = cleaned(str(url))
        MaxLengthValidator(Activity._meta.get_field("url").max_length)(url)
        return url

    def clean_on(self) -> Any:
        on, today = self.cleaned_data["on"] or timezone.localdate(), timezone.localdate()
        if on > today:
            raise forms.ValidationError(_("This day is in the future. Please log it once it is done."))
        if on < today - OLDEST:
            raise forms.ValidationError(_("This day was more than a year ago. Please choose a later one."))
        return on

    def clean_purpose(self) -> str:
        return self.cleaned_data["purpose"] or Activity.Purpose.VALUE

    def clean_label(self) -> str:
        return self.cleaned_data["label"] or Activity.Label.OPEN

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        return 10 if minutes is None else minutes

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        url = data.get("url", "")
        if not url and not data.get("kind") and "url" not in self.errors and "kind" not in self.errors:
            raise forms.ValidationError(_("Please paste a link or pick what you did."))
        if url and not data.get("kind"):
            data["kind"] = Activity.Kind.COMMENT if is_comment(url) else Activity.Kind.POST
        # The link knows best; without one the chosen channel counts.
        data["channel"] = (
            (url and network_of(url)) or data.get("channel") or Activity._meta.get_field("channel").default
        )
        return data

    def sentences(self) -> list[str]:
        """What is wrong, each with the name of its field."""
        labels = {
            "url": _("Link"),
            "kind": _("Kind"),
            "on": _("Day"),
            "minutes": _("Minutes"),
            "note": _("Note to myself"),
            "channel": _("Channel"),
            "purpose": _("Content"),
            "label": _("Labelling"),
        }
        return [
            f"{labels[name]}: {error}" if name in labels else str(error)
            for name, errors in self.errors.items()
            for error in errors
        ]


class ArchivedForm(Form):
    """Posts of an archive that go into the log; none is chosen beforehand."""

    posts = forms.MultipleChoiceField(error_messages={"required": gettext_lazy("Please choose at least one post.")})
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes for each, if you want to count them"),
        min_value=0,
        max_value=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, posts: "Sequence[ArchivedPost]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = posts
        chosen = cast(forms.MultipleChoiceField, self.fields["posts"])
        chosen.choices = [(post.number, post.title) for post in posts]

    @property
    def ticked(self) -> list[str]:
        return self.data.getlist("posts") if isinstance(self.data, QueryDict) else []

    def chosen(self) -> "list[ArchivedPost]":
        return [post for post in self.offered if post.number in self.cleaned_data["posts"]]


class OnceForm(Form):
    """What says that two that came are one, and of whom the device thinks that it is."""

    once = forms.UUIDField(required=False)
    whose = forms.CharField(max_length=64, required=False)

    @property
    def key(self) -> UUID | None:
        """Without one, or with something else in its place, it is logged as it comes."""
        self.is_valid()
        return self.cleaned_data.get("once")

    def is_of(self, person: "User") -> bool:
        self.is_valid()
        return bool(self.cleaned_data.get("whose") == mark_on_device(person))


class TopicForm(Form):
    """One more topic of the program, in a word or two."""

    word = forms.CharField(
        label=gettext_lazy("Topic"),
        max_length=40,
        help_text=gettext_lazy("Something the program wants to be known for: “Apprenticeships”, “Research”."),
    )

    def __init__(self, *args: Any, taken: "Sequence[str]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean_word(self) -> str:
        word = " ".join(str(self.cleaned_data["word"]).split())
        is_there = word.casefold() in (each.casefold() for each in self.taken)
        if len(self.taken) >= MOST_TOPICS and not is_there:
            raise forms.ValidationError(
                _("There are %(most)s topics already. Please remove one first.") % {"most": MOST_TOPICS}
            )
        return word


class WeekNoteForm(Form):
    """One sentence for oneself."""

    text = forms.CharField(label=gettext_lazy("Your sentence"), max_length=300, required=False)
