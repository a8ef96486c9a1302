"""The shared parts that act, with invented people: list and cells, comments, a form, the palette. Nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone

from core.attachments.forms import AttachmentField
from core.comments.forms import CommentForm
from core.comments.models import Comment
from core.comments.thread import Said
from core.kit.forms import Form
from core.kit.markdown import render
from core.kit.moments import MomentField
from core.kit.rooms import Act, Spot
from core.lists.declared import Bulk, Column, Empty, Filter, ListOf
from core.people.picker import PeopleBoxes, PeopleSelect
from core.writing.forms import MarkdownField

if TYPE_CHECKING:
    from core.people.models import User

NAMES = ("Aylin Demir", "Ben Okafor", "Carla Nowak", "David Roth", "Elena Weiß", "Farid Haddad", "Greta Lindqvist")
TASKS = (("talk", "Talks"), ("write", "Writes"))
PLACES = tuple((name, name) for name in ("Aachen", "Bremen", "Cottbus"))


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def task(self) -> str:
        return TASKS[self.pk % 2][0]

    @property
    def place(self) -> str:
        return PLACES[self.pk % 3][0]


PEOPLE = [Somebody(pk, name) for pk, name in enumerate(NAMES, 1)]
MANY = tuple((name, name) for name in (*NAMES, "Hanna Sørensen", "Ines Yıldız"))
PERSONS = (("", "nobody"), *((str(each.pk), each.name) for each in PEOPLE))


class CellForm(Form):
    """One cell; which one goes with it."""

    place = forms.ChoiceField(label="Place", choices=PLACES)
    cell = forms.ChoiceField(choices=[(each.pk, each.name) for each in PEOPLE], widget=forms.HiddenInput)


class ActingForm(Form):
    """The fields that are more than a browser's own."""

    words = MarkdownField(label="Text in Markdown", help_text="A toolbar, a menu after / and a preview.")
    moment = MomentField(label="Day and time")
    person = forms.ChoiceField(label="Person", choices=PERSONS, widget=PeopleSelect, required=False)
    people = forms.MultipleChoiceField(label="People", choices=MANY, widget=PeopleBoxes, required=False)
    file = AttachmentField(label="File", required=False)


def people_list(path: str) -> ListOf:
    """Seven people with all that a list can do."""
    return ListOf(
        label="People",
        columns=(
            Column(name="name", label="Name", order=("name",), value=str),
            Column(name="place", label="Place", order=("place",), value=lambda row: row.place),
        ),
        filters=(
            Filter(
                name="task", label="Task", choices=(("", "all"), *TASKS),
                narrow=lambda rows, value: [row for row in rows if row.task == value],
            ),
        ),
        search=lambda rows, words: [row for row in rows if words.casefold() in row.name.casefold()],
        search_label="Find a person",
        count=lambda number: f"{number} people",
        empty=Empty(title="Nobody yet"),
        sort="name",
        per_page=4,
        row="embedded/_kit_row.html",
        below="embedded/_kit_add.html",
        bulk=(Bulk(name="greet", label="Greet", icon="mail", key="g"),),
        bulk_url=path,
        name="people",
    )  # fmt: skip


def thread(add_url: str, *, by: "User", said: str = "", form: CommentForm | None = None) -> dict[str, Any]:
    """Two comments, and a third when one was just written: as `core.comments.thread.Thread` is for its template."""
    lines = [
        ("Aylin Demir", "AD", "Who takes the **second** date?"),
        ("Ben Okafor", "BO", "I do.\n\n- room\n- invitation"),
    ]
    written = [(by.name, by.initials, said)] if said else []
    rows = [
        Said(
            Comment(id=UUID(int=number), text=text, at=timezone.now()),
            {"name": name, "initials": initials, "id": number}, render(text), may_edit=False, may_delete=False,
        )
        for number, (name, initials, text) in enumerate([*lines, *written], 1)
    ]  # fmt: skip
    spot = Spot(program_id=0, title="Shared parts", url=add_url, may_write=True)
    return {"said": rows, "count": len(rows), "spot": spot, "form": form or comment_form(), "add_url": add_url}


def comment_form(sent: Any = None) -> CommentForm:
    """Without names and pictures: they hang on an object, and here is none."""
    form = CommentForm(sent, kind="kit", target_id=0, initial={"key": uuid4()})
    form.fields["text"].widget.hang_on("", 0, pictures=False, names=False)
    form.fields["text"].widget.keep_draft("", None)
    return form


def found(path: str, words: str) -> Iterable[dict[str, Any]]:
    """What the palette offers here."""
    acts = [
        Act("Go to the list", f"{path}#list", icon="list"),
        Act("Go to the comments", f"{path}#comments", icon="message"),
    ]
    fitting = [act for act in acts if words.casefold() in str(act.label).casefold()]
    return [{"label": "Go to", "acts": fitting}] if fitting else []
