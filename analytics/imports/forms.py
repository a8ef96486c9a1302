from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.imports.access import COMPANY, MOST_FILES, OWN, RECORDS
from core.kit.forms import Form

CHOICES = {
    OWN: gettext_lazy("my own figures"),
    COMPANY: gettext_lazy("the company account"),
    RECORDS: gettext_lazy("lists of applications, hires, leads or visits to the website"),
}


class FileWidget(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or several; an empty one among others is said on its own line, and does not stop the others."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = list(data or [])
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Please choose at most %(count)s files.") % {"count": MOST_FILES})
        if len(files) > 1 and any(file.size for file in files):
            return files
        return [super().clean(files[0] if files else None, initial)]


class NameForm(Form):
    """What a post is called by who wrote it; nothing: it has no title any more."""

    title = forms.CharField(label=gettext_lazy("Title of the post"), max_length=120, required=False)


class UploadForm(Form):
    """Files; and whose figures it holds, where a person may bring both."""

    whose = forms.ChoiceField(label=gettext_lazy("Whose figures"), widget=forms.RadioSelect)
    file = SeveralFilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Exports from the network, unchanged, our template, or an archive of your own data: .xlsx, .xls, .csv, "
            ".zip or .tar.gz. You can choose several at once."
        ),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("The file is empty. Please export it again and upload it unchanged."),
        },
        widget=FileWidget(attrs={"accept": ".xlsx,.xls,.csv,.tsv,.txt,.zip,.gz,.tgz,.js"}),
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = cast(forms.ChoiceField, self.fields["whose"])
        whose.choices = [(kind, CHOICES[kind]) for kind in kinds]
        whose.initial = kinds[0]
        if len(kinds) == 1:
            whose.widget, whose.required = forms.HiddenInput(), False
        elif self.is_bound and OWN not in kinds and not self.data.get("whose"):
            # Nobody's own figures can be meant, and a list of people is recognised.
            told = cast(QueryDict, self.data).copy()
            told["whose"] = kinds[0]
            self.data = told
        self.kinds = kinds

    def clean_whose(self) -> str:
        return self.cleaned_data["whose"] or self.kinds[0]

    def refuse_size(self, size: int, limit: int) -> None:
        """Say that the file was cut off at the limit; what else was entered is kept."""
        self.is_valid()
        self.errors.pop("file", None)
        sentence = _(
            "The file is %(size)s MB; the limit is %(limit)s MB. Please split it by month and upload the parts."
        )
        self.add_error("file", sentence % {"size": -(-size // 1048576), "limit": limit // 1048576})
