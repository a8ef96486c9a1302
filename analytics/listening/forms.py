from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.activities.queries import topics_of
from analytics.connectors.networks import feeds
from analytics.listening import mentions_reading
from analytics.listening.counting import words_of
from analytics.listening.models import ListenedName, Mention
from analytics.listening.queries import KEPT, MOST_NAMES, MOST_SEARCHES, names_of, searches_of, somebody_named
from core.kit.editing_together import SharedForm
from core.kit.forms import Form
from programs.membership.models import Program


def require_no_person(program: Program, *said: str) -> None:
    """Companies are counted, never a colleague."""
    if name := somebody_named(program, [word for each in said for word in words_of(each)]):
        raise forms.ValidationError(
            _("“%(name)s” is the name of somebody in the program. Listening is about companies, not about colleagues.")
            % {"name": name}
        )


class SearchForm(Form):
    """A feed to listen to."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    url = forms.URLField(
        label=gettext_lazy("Address of the feed"),
        max_length=200,
        assume_scheme="https",
        help_text=gettext_lazy(
            "RSS or Atom, for example of a trade journal or of a search that a service saves for you."
        ),
    )
    words = forms.CharField(
        label=gettext_lazy("Words to look for in titles"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("With commas between them. Without words everything in the feed is kept."),
    )
    about = forms.ModelChoiceField(
        ListenedName.objects.none(),
        label=gettext_lazy("Everything in it counts for"),
        required=False,
        empty_label=gettext_lazy("Only companies that a title names"),
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program
        about = cast("forms.ModelChoiceField[ListenedName]", self.fields["about"])
        about.queryset = ListenedName.objects.present().filter(program=program)

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if feeds.place(url) is None:
            raise forms.ValidationError(_("Feeds start with https:// and lie on a public server."))
        return url

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if len(searches_of(self.program)) >= MOST_SEARCHES:
            raise forms.ValidationError(_("There are %(most)s feeds already.") % {"most": MOST_SEARCHES})
        require_no_person(self.program, str(values.get("words", "")))
        return values


class CompanyForm(Form):
    """A company that is counted."""

    name = forms.CharField(
        label=gettext_lazy("Company"),
        max_length=60,
        help_text=gettext_lazy("Our own, or one we are compared with. Never the name of an employee."),
    )
    spellings = forms.CharField(
        label=gettext_lazy("Other spellings"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("With commas between them."),
    )
    is_own = forms.BooleanField(label=gettext_lazy("This is our own company"), required=False)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program = program

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        known = names_of(self.program)
        is_there = str(values.get("name", "")).casefold() in (each.name.casefold() for each in known)
        if len(known) >= MOST_NAMES and not is_there:
            raise forms.ValidationError(_("There are %(most)s companies already.") % {"most": MOST_NAMES})
        require_no_person(self.program, str(values.get("name", "")), str(values.get("spellings", "")))
        return values


class MentionsFileForm(Form):
    """A list of mentions, as a service or a press office keeps it."""

    file = forms.FileField(
        label=gettext_lazy("File (CSV or Excel)"),
        help_text=gettext_lazy(
            "With the columns Link, Title and Date; Source, Topic and Tone if you have them. Other columns, such as"
            " names of authors, are not read."
        ),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if file := values.get("file"):
            try:
                values["listed"] = mentions_reading.of_file(file)
            except forms.ValidationError as error:
                self.add_error("file", error)
        return values

    @property
    def rows(self) -> list[Any]:
        """What is neither too old to be kept nor of a day that has not come."""
        today = timezone.localdate()
        return [each for each in self.cleaned_data["listed"].rows if today - KEPT <= each.on <= today]

    @property
    def left_out(self) -> int:
        listed = self.cleaned_data["listed"]
        return int(listed.left_out + len(listed.rows) - len(self.rows))


class MentionForm(SharedForm):
    """Tone and topic, set by hand."""

    tone = forms.ChoiceField(
        label=gettext_lazy("Tone"),
        choices=[("", gettext_lazy("not set")), *Mention.Tone.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)

    def __init__(self, *args: Any, mention: Mention, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, initial={"tone": mention.tone, "topic": mention.topic}, **kwargs)
        offered = dict.fromkeys([*topics_of(program), *([mention.topic] if mention.topic else [])])
        cast(forms.ChoiceField, self.fields["topic"]).choices = [("", _("none")), *((each, each) for each in offered)]
        self.remember()


class ToneForm(Form):
    """One press in the list."""

    tone = forms.ChoiceField(choices=Mention.Tone.choices)
