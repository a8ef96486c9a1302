from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.newsletters import blocks, queries, sections, together
from community.newsletters.letters import FIRST_NAME
from community.newsletters.models import Issue, NewsletterPart
from community.newsletters.templates import issue_template
from core.kit import languages
from core.kit.forms import Form
from core.kit.moments import MomentField
from core.writing.forms import MarkdownField, MarkdownInput
from core.writing.menu import Insert
from programs.generations.models import Generation
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

PROGRAM, SAVED, LOCKED = _("From the program"), _("Saved parts"), _("Locked parts")
LOCKED_PART = _("Locked part")
TWO_COLUMNS = f"[[{blocks.COLUMNS}]]\n\n\n\n[[{blocks.NEXT_COLUMN}]]\n\n\n\n[[{blocks.COLUMNS_END}]]\n"
LONGEST_TEXT = 60_000


class NewIssueForm(Form):
    """Which template or earlier issue to begin with; empty is one of the choices. The welcome is for a generation."""

    template = forms.CharField(required=False)
    generation = forms.ModelChoiceField(
        label=_("For which generation"),
        queryset=Generation.objects.none(),
        required=False,
        empty_label=_("the whole program"),
        help_text=_("The issue goes to this generation, and its contact person signs. You can change both."),
    )

    def __init__(self, data: Any = None, *, program: Program) -> None:
        rows = Generation.objects.present().filter(program=program, closed_at=None).order_by("-number")
        super().__init__(data, initial={"generation": rows.first()})
        self._program = program
        self.fields["generation"].queryset = rows.select_related("contact")  # type: ignore[attr-defined]

    def clean_template(self) -> str:
        key = self.cleaned_data["template"]
        if key and issue_template(self._program, key) is None:
            raise ValidationError(_("Please choose one of the templates."), code="template")
        return str(key)


def _sections(issue: Issue) -> list[tuple[int, str]]:
    """What can be locked or reused, by its heading in the reader's language, or whatever it is written in."""
    return list(enumerate(each.heading for each in sections.sections_of(languages.in_language(issue.body.texts))))


class PartForm(Form):
    """Which section of an issue is kept, and as what."""

    section = forms.TypedChoiceField(label=_("Section"), coerce=int)
    name = forms.CharField(label=_("Name of the part"), max_length=80)

    def __init__(self, data: Any = None, *, issue: Issue) -> None:
        super().__init__(data, auto_id="part-%s")
        self.fields["section"].choices = _sections(issue)  # type: ignore[attr-defined]


class TemplateNameForm(Form):
    name = forms.CharField(
        label=_("Name of the template"),
        max_length=80,
        help_text=_("Your team can start other issues from it. This issue stays as it is."),
    )
    locks = forms.TypedMultipleChoiceField(
        label=_("Locked sections"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody can change them in an issue made from this template."),
    )

    def __init__(self, data: Any = None, *, issue: Issue) -> None:
        super().__init__(data, auto_id="template-%s")
        self.fields["locks"].choices = _sections(issue)  # type: ignore[attr-defined]


class NewsletterRulesForm(Form):
    needs_approval = forms.BooleanField(label=_("A second person approves each issue"), required=False)


class TestForm(Form):
    """Who gets a test, and in which languages. The writer alone, unless others are ticked."""

    people = forms.TypedMultipleChoiceField(
        label=_("To"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("In"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, team: "Sequence[User]", me: "User", language: str) -> None:
        super().__init__(data, initial={"people": [me.pk], "languages": [language]})
        self._known, self._me, self._language = {person.pk: person for person in (me, *team)}, me, language
        fields: Any = self.fields
        fields["people"].choices = [(pk, str(person)) for pk, person in self._known.items()]
        fields["languages"].choices = languages.choices()

    @property
    def readers(self) -> "list[User]":
        return [self._known[pk] for pk in self.cleaned_data["people"]] or [self._me]

    @property
    def spoken(self) -> list[str]:
        return list(self.cleaned_data["languages"]) or [self._language]


class SubjectField(forms.CharField):
    """One line; a pasted line break is refused, never turned into a header of the mail."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=120, required=False, **options)


class TextField(MarkdownField):
    """A text of an issue. Its links are looked at before sending, so that a half-written one can be saved."""

    def __init__(self, **options: Any) -> None:
        widget = MarkdownInput(rows=22, has_preview=False)  # the mail itself stands beside it
        super().__init__(max_length=LONGEST_TEXT, required=False, checks_links=False, widget=widget, **options)


class IssueForm(Form):
    """An issue in every language of the site, and the version that the writer had before the eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for language in languages.codes():
            self.fields[f"subject_{language}"] = SubjectField(label=_("Subject"))
            self.fields[f"body_{language}"] = TextField(label=_("Text"))
            for part in together.PARTS:  # what the page showed of each, so that what another one changed is kept
                self.fields[f"seen_{part}_{language}"] = forms.CharField(
                    required=False, max_length=16, widget=forms.HiddenInput
                )

    def hang_on(self, issue: Issue) -> Self:
        """Pictures belong to the issue; `/` offers its blocks."""
        for widget in self._texts():
            widget.hang_on("issue", issue.pk, names=False)
        program, locked = issue.program, sections.lines_of(issue.locked)
        return self.offer_blocks(program, parts=queries.parts_of(program), locked=locked)

    def offer_blocks(
        self, program: Program | None = None, *, parts: Sequence[NewsletterPart] = (), locked: Sequence[str] = ()
    ) -> Self:
        for language, widget in zip(languages.codes(), self._texts(), strict=True):
            widget.inserts = [
                *(
                    Insert(block.label, f"[[{block.name}]]\n", block.text, block.icon, PROGRAM)
                    for block in blocks.offered(program)
                ),
                *(
                    Insert(part.name, languages.in_language(part.body.texts, language) + "\n", "", "bookmark", SAVED)
                    for part in parts
                ),
                *(Insert(LOCKED_PART, f"{line}\n", line, "lock", LOCKED) for line in locked),
                Insert(_("Button"), "**[" + str(_("What to do")) + "](https://)**\n", _("what comes next"), "link"),
                Insert(_("Two columns"), TWO_COLUMNS, _("beside each other; on a phone they stack"), "layout-grid"),
                Insert(_("The reader's first name"), FIRST_NAME, _("filled in for each reader"), "user"),
            ]
        return self

    def _texts(self) -> list[Any]:
        return [self.fields[f"body_{language}"].widget for language in languages.codes()]

    @classmethod
    def of(cls, issue: Issue) -> Self:
        form = cls.showing(issue.subject.texts, issue.body.texts, version=issue.version)
        return form.having_seen(issue)

    @classmethod
    def showing(cls, subject: Mapping[str, str], body: Mapping[str, str], *, version: int) -> Self:
        subjects = {f"subject_{language}": text for language, text in subject.items()}
        return cls(
            initial=subjects | {f"body_{language}": text for language, text in body.items()} | {"version": version}
        )

    def having_seen(self, issue: Issue) -> Self:
        """Its page shows what is stored of this issue."""
        found = together.marks(together.texts_of(issue)).items()
        self.initial = {**self.initial, **{f"seen_{name}": mark for name, mark in found}}
        return self

    @property
    def seen(self) -> dict[str, str]:
        """The marks of what the page showed, by field."""
        fields = [f"{part}_{language}" for part in together.PARTS for language in languages.codes()]
        return {name: self.cleaned_data[f"seen_{name}"] for name in fields}

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """What was written, as `subject` and `body` by language."""
        return {
            part: {language: self.cleaned_data[f"{part}_{language}"] for language in languages.codes()}
            for part in ("subject", "body")
        }

    def columns(
        self, stored: Any = None, missing: Mapping[str, int] | None = None, *, clashes: Iterable[str] | None = None
    ) -> list["Column"]:
        """The fields of each language beside each other, with the other version where somebody else saved one.
        `missing`: how much is left to mend in each; `clashes`: the languages of which both are shown, all of them if
        nothing is said."""
        both = languages.codes() if clashes is None else clashes
        return [
            Column(
                code,
                languages.name_of(code),
                self[f"subject_{code}"],
                self[f"body_{code}"],
                f"{stored.subject.texts.get(code, '')}\n\n{stored.body.texts.get(code, '')}"
                if stored and code in both
                else "",
                (missing or {}).get(code, 0),
                [self[f"seen_{part}_{code}"] for part in together.PARTS],
            )
            for code in languages.codes()
        ]


class MoveForm(Form):
    """Which part goes where, in the order that the page showed: language, from, to, and the mark of that order."""

    move = forms.RegexField(r"^[a-z-]{2,7}:\d{1,3}:\d{1,3}:[0-9a-f]{12}$")

    def clean(self) -> dict[str, Any]:
        if "move" not in self.cleaned_data:
            return {}
        language, start, to, seen = self.cleaned_data["move"].split(":")
        return {"language": language, "start": int(start), "to": int(to), "seen": seen}


class MoveBackForm(Form):
    """The same the other way, with the parts as they were then, by their lines in each language."""

    back = forms.RegexField(
        r"^\d{1,3}:\d{1,3}:[0-9a-f]{12}:[a-z-]{2,7}=\d{1,5}(\.\d{1,5})*(;[a-z-]{2,7}=\d{1,5}(\.\d{1,5})*)*$",
        max_length=4000,
    )

    def clean(self) -> dict[str, Any]:
        if "back" not in self.cleaned_data:
            return {}
        start, to, seen, sizes = self.cleaned_data["back"].split(":")
        return {"start": int(start), "to": int(to), "seen": seen, "sizes": sizes}


@dataclass(frozen=True)
class Column:
    """What is written in one language."""

    code: str
    name: str
    subject: BoundField
    body: BoundField
    other: str
    missing: int
    seen: list[BoundField]


class ScheduleForm(Form):
    """When the sending begins, on the writer's own clock."""

    when = MomentField(label=_("Day and time"))

    def __init__(self, data: Any = None, *, issue: Issue | None = None) -> None:
        planned = issue.scheduled_at if issue else None
        super().__init__(data, initial={"when": planned or _next_morning(timezone.localdate())})
        self.fields["when"].widget.attrs["form"] = "issue-form"  # so that what is typed is saved with it

    def clean_when(self) -> datetime:
        when: datetime = self.cleaned_data["when"]
        if when < timezone.now():
            raise ValidationError(_("This time has passed. Choose one in the future."), code="past")
        return when


def _next_morning(today: date) -> datetime:
    """Nine o'clock on the next working day."""
    day = today + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(9)))
