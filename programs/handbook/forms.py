from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit.editing_together import SharedForm
from core.kit.forms import DayField, Form
from core.kit.word_fields import WordsFormField
from core.people.picker import PersonField
from core.writing.forms import MarkdownField
from programs.handbook import chapters
from programs.handbook.access import KIND
from programs.handbook.models import DEEPEST, Decision, HandbookPage
from programs.membership.access import Ability
from programs.membership.models import Membership, Program
from programs.membership.queries import people_with

MOST_PLACES = 300  # pages that can be chosen as the one above


class PageForm(Form):
    """A page in one language. `based_on` is the version that stood there when the writing began."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    text = MarkdownField(label=gettext_lazy("Text"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What changed and why"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Shown next to this version in the history."),
    )
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 2, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: HandbookPage | None = None, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        editor: Any = self.fields["text"].widget
        editor.attrs |= {"rows": 18, "lang": language}
        self.fields["title"].widget.attrs["lang"] = language
        if page is not None:
            editor.hang_on(KIND, page.pk, names=False)

    def show(self, other: HandbookPage, language: str) -> None:
        """Somebody was faster: what was typed stays, and saving again is meant with the other version in view."""
        self.data = cast("QueryDict", self.data).copy()
        self.data["based_on"] = str(other.version)
        self.add_error(
            None,
            _(
                "%(page)s was changed in the same lines in the meantime. Both texts are shown below: copy over "
                "what you need."
            )
            % {"page": other.title},
        )


def _pages_above(page: HandbookPage) -> Iterable[tuple[str, str]]:
    yield "", _("at the top")
    rows = HandbookPage.objects.present().filter(program=page.program).exclude(pk=page.pk)
    rows = rows.select_related("parent__parent").defer("text", "search").order_by("parent__place", "place", "pk")
    for row in rows[:MOST_PLACES]:
        names = [str(each.title) for each in (row.parent, row) if each]
        yield str(row.pk), " / ".join(names)


class ArrangeForm(SharedForm):
    """Who looks after a page, and where it stands."""

    is_published = forms.BooleanField(
        label=gettext_lazy("Published"),
        required=False,
        help_text=gettext_lazy(
            "Everybody in the program can read it. A draft is only for people who write the handbook."
        ),
    )
    owner = PersonField(
        queryset=Membership.objects.none(),
        label=gettext_lazy("Responsible"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )
    approver = PersonField(
        queryset=Membership.objects.none(),
        label=gettext_lazy("Approved by"),
        required=False,
        empty_label=gettext_lazy("nobody"),
        help_text=gettext_lazy("Each new version waits for this person's approval and can be read in the meantime."),
    )
    check_on = DayField(
        label=gettext_lazy("Check again on"),
        required=False,
        help_text=gettext_lazy(
            "The seal turns grey on this day, until somebody has checked that the page is still true."
        ),
    )
    parent = forms.ChoiceField(label=gettext_lazy("Parent page"), required=False)
    chapter = forms.ChoiceField(
        label=gettext_lazy("Part that updates itself"),
        required=False,
        help_text=gettext_lazy("Shown below the page's own text and always up to date."),
    )

    def __init__(self, *args: Any, page: HandbookPage, **more: Any) -> None:
        names = ("is_published", "owner", "approver", "check_on", "chapter")
        more["initial"] = {name: getattr(page, name) for name in names} | {"parent": str(page.parent_id or "")}
        super().__init__(*args, **more)
        self.program = page.program
        writers: Any = people_with(Ability.WRITE_HANDBOOK, page.program)
        self.fields["owner"].queryset = writers  # type: ignore[attr-defined]
        self.fields["approver"].queryset = writers  # type: ignore[attr-defined]
        self.fields["parent"].choices = list(_pages_above(page))  # type: ignore[attr-defined]
        own = [(each.key, each.label) for each in chapters.every()]
        self.fields["chapter"].choices = [("", _("none")), *own]  # type: ignore[attr-defined]
        self.remember()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "parent" in cleaned:
            rows = HandbookPage.objects.present().filter(program=self.program)
            cleaned["parent"] = rows.filter(pk=cleaned["parent"]).first() if cleaned["parent"] else None
        return cleaned

    def refuse_place(self) -> None:
        text = _(
            "A page cannot be placed below itself or one of its subpages, and there can be at most %(levels)s levels."
        )
        self.add_error("parent", text % {"levels": DEEPEST})


class ApproveForm(Form):
    version = forms.IntegerField(min_value=1, max_value=2**31 - 2, widget=forms.HiddenInput)
    check_on = DayField(label=gettext_lazy("Check again on"), required=False)


class DecisionForm(SharedForm):
    """What was decided, and what was left."""

    text = WordsFormField(label=gettext_lazy("What was decided"), max_length=250, rows=2)
    considered = WordsFormField(label=gettext_lazy("Considered and rejected"), required=False, max_length=2000, rows=3)
    decided_on = DayField(label=gettext_lazy("Decided on"))
    check_on = DayField(label=gettext_lazy("Review on"), required=False)
    page = forms.ModelChoiceField(
        queryset=HandbookPage.objects.none(),
        label=gettext_lazy("Page"),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("The decision also appears on this page."),
    )

    def __init__(self, *args: Any, program: Program, decision: Decision | None = None, **more: Any) -> None:
        if decision:
            names = ("text", "considered", "decided_on", "check_on", "page")
            more["initial"] = {name: getattr(decision, name) for name in names}
        super().__init__(*args, **more)
        pages = HandbookPage.objects.present().filter(program=program).defer("text", "search")
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]
        if decision:
            self.remember()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decided_on, check_on = cleaned.get("decided_on"), cleaned.get("check_on")
        if decided_on and check_on and check_on <= decided_on:
            self.add_error("check_on", ValidationError(_("Please choose a day after the decision.")))
        return cleaned
