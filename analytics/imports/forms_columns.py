"""Which column is what, and how the file writes days and numbers: suggestions where the cells prove them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.channels.models import Network
from analytics.imports import assigning
from analytics.imports.access import MOST_FILES
from analytics.imports.models import ImportRun
from analytics.metrics.models import RECORDED, Metric
from analytics.sources import guessing
from analytics.sources.mapping import DAY, POST, UNITS, Mapping, amount, shape
from core.kit.forms import Form
from core.kit.templatetags.ui import day, number

MARKS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical line |"),
}
ENCODINGS = {"cp1252": "Windows (1252)", "cp1250": "Windows (1250)", "mac_roman": "Mac"}
HEADS = 12
EVERY = "*"  # account after account


def role_choices() -> list[tuple[str, Any]]:
    about = [
        ("date", _("Day or date of publication")),
        ("post_url", _("Address of the post")),
        ("title", _("Title or text of the post")),
        ("account", _("Account, one per row")),
        ("metric", _("Name of the figure (one figure per row)")),
        ("value", _("Value of that figure")),
        ("segment", _("Organic, sponsored ...")),
    ]
    figures = [(metric.name.lower(), capfirst(str(metric.label))) for metric in Metric if metric not in RECORDED]
    return [("", _("leave out")), (_("What it is about"), about), (_("Figures"), figures)]


class ColumnsForm(Form):
    """Everything is an answer of the person; a suggestion is one the cells prove."""

    encoding = forms.ChoiceField(label=gettext_lazy("How is this word spelled correctly?"), widget=forms.RadioSelect)
    delimiter = forms.ChoiceField(label=gettext_lazy("What separates the columns?"), widget=forms.RadioSelect)
    sheet = forms.ChoiceField(label=gettext_lazy("Which sheet?"))
    head = forms.TypedChoiceField(label=gettext_lazy("Which row names the columns?"), coerce=int)
    network = forms.ChoiceField(label=gettext_lazy("Which network are the figures from?"))
    rows = forms.ChoiceField(label=gettext_lazy("What does one row contain?"), widget=forms.RadioSelect)
    order = forms.ChoiceField(label=gettext_lazy("How are dates written?"), widget=forms.RadioSelect)
    decimal = forms.ChoiceField(label=gettext_lazy("How are numbers written?"), widget=forms.RadioSelect)
    account = forms.ChoiceField(label=gettext_lazy("Which account do you want to import?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, run: ImportRun, told: Mapping, asked: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        self.told = self._entered(told)
        self.table = assigning.first_rows(run, self.told)
        self.columns = assigning.labels_of(self.table, self.told.head)
        self._choices()
        for name in ("encoding", "delimiter", "sheet", "head", "rows", "order", "decimal", "account"):
            if name in self.fields and name not in asked:
                self.initial.setdefault(name, getattr(self.told, name))
        for place, label, _examples in self.columns:
            self.fields[f"role_{place}"] = forms.ChoiceField(
                label=_("What is “%(name)s”?") % {"name": label or place + 1}, choices=role_choices(), required=False
            )
            self.fields[f"unit_{place}"] = forms.TypedChoiceField(
                label=_("Unit of “%(name)s”") % {"name": label or place + 1},
                coerce=int,
                required=False,
                choices=list(zip(UNITS, (_("as it is"), _("in thousands"), _("in millions")), strict=True)),
            )
            self.initial.setdefault(f"role_{place}", self.told.roles.get(place, ""))
            self.initial.setdefault(f"unit_{place}", self.told.unit(place))

    def _entered(self, told: Mapping) -> Mapping:
        """The table to show is the one that was asked for last, also where the rest is not complete."""
        if self.is_bound:
            outline = self.run.preview["outline"]
            sheets = [name for name, _rows in outline["sheets"]]
            for name, known in (("encoding", outline["texts"]), ("delimiter", MARKS), ("sheet", sheets)):
                if (said := self.data.get(name, "")) in known:
                    setattr(told, name, said)
            head = self.data.get("head", "")
            told.head = int(head) if head.isascii() and head.isdigit() and len(head) < 3 else told.head
        return told

    def _choices(self) -> None:
        outline = self.run.preview["outline"]
        texts, sheets = outline["texts"], [name for name, _rows in outline["sheets"]]
        self._offer("encoding", [(name, _word(text, ENCODINGS.get(name, name))) for name, text in texts.items()])
        self._offer("delimiter", list(MARKS.items()) if texts else [])
        self._offer("sheet", [(name, name) for name in sheets])
        self._offer(
            "head",
            [
                (number, f"{number + 1}: {Truncator(' | '.join(filter(None, row))).chars(70)}")
                for number, row in enumerate(self.table[:HEADS])
                if any(row)
            ],
        )
        networks = [(each.value, each.label) for each in Network if each is not Network.OTHER]
        self._offer("network", [("", "–"), *networks], least=0)
        self.fields["network"].required = False
        self._offer("rows", [(DAY, _("the figures of one day")), (POST, _("a post and what it has reached so far"))])
        self._offer("order", [(order, self._dates_as(order)) for order in ("dmy", "mdy")])
        self._offer("decimal", [(mark, self._numbers_as(mark)) for mark in (",", ".")])
        named = self.run.preview.get("accounts", [])
        every = [(EVERY, _("all of them, each as an import of its own"))] if 1 < len(named) <= MOST_FILES else []
        self._offer("account", [*every, *((name, name) for name in named)])

    def _cells(self) -> list[str]:
        return [cell.strip() for row in self.table[self.told.head + 1 :] for cell in row]

    def _dates_as(self, order: str) -> str:
        """With a day of the file that can be read in two ways, where it has one."""
        word = _("day first") if order == "dmy" else _("month first")
        differs = (cell for cell in self._cells() if guessing.day(cell, "dmy") != guessing.day(cell, "mdy"))
        both = next(differs, "03/10/2026")
        when = guessing.day(both, order)
        return f"{word}: {both} = {day(when)}" if when else word

    def _numbers_as(self, mark: str) -> str:
        """With a number of the file that has a mark, where it has one."""
        word = _("comma before decimals") if mark == "," else _("point before decimals")
        marked = (cell for cell in self._cells() if guessing.is_number(cell) and ("." in cell or "," in cell))
        example = next((cell for cell in marked if guessing.day(cell, "dmy") is None), "1.234")
        try:
            return f"{word}: {example} = {number(amount(example, mark))}"
        except ValueError:
            return _("%(mark)s: %(example)s is not a whole number") % {"mark": word, "example": example}

    def _offer(self, name: str, choices: list[tuple[Any, Any]], *, least: int = 2) -> None:
        """A question with one answer is none."""
        if len(choices) < least:
            del self.fields[name]
        else:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def parts(self) -> Iterator[dict[str, Any]]:
        """Each column with its two fields."""
        for place, label, examples in self.columns:
            role, unit = self[f"role_{place}"], self[f"unit_{place}"]
            yield {"label": label or str(place + 1), "examples": examples, "role": role, "unit": unit}

    def labels(self) -> list[str]:
        return self.table[self.told.head] if self.told.head < len(self.table) else []

    def shape(self) -> str:
        """Of the columns that are shown: answers about other columns would be about other things."""
        return shape(self.labels())

    def is_about_other_columns(self) -> bool:
        return self.is_bound and self.data.get("seen") != self.shape()

    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith(("role_", "unit_"))]

    def mapping(self) -> Mapping:
        """As far as it was answered: what is open stays empty and shows no preview."""
        said = {name: self._said(name) for name in self.fields}
        told = self.told
        places = [place for place, _label, _examples in self.columns]
        return Mapping(
            encoding=told.encoding,
            delimiter=told.delimiter,
            sheet=told.sheet,
            head=told.head,
            order=said.get("order") or "",
            decimal=said.get("decimal") or "",
            rows=said.get("rows") or DAY,
            roles={place: role for place in places if (role := said.get(f"role_{place}"))},
            units={place: unit for place in places if (unit := int(said.get(f"unit_{place}") or 1)) != 1},
            account=said.get("account") or "",
            network=said.get("network") or "",
        )

    @property
    def every_account(self) -> list[str]:
        """The accounts of which each is to be an import of its own."""
        return list(self.run.preview["accounts"]) if self.mapping().account == EVERY else []

    def _said(self, name: str) -> Any:
        if not self.is_bound:
            return self.initial.get(name, "")
        return self.cleaned_data.get(name, "") if self.is_valid() or self.cleaned_data else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        roles = [data.get(f"role_{place}") for place, _label, _examples in self.columns]
        used = [role for role in roles if role]
        for place, label, _examples in self.columns:
            role = data.get(f"role_{place}")
            if role and used.count(role) > 1:
                self.add_error(f"role_{place}", _("“%(name)s” is not the only column for this. Please keep one.")
                               % {"name": label or place + 1})  # fmt: skip
        if data.get("rows") == POST and "post_url" not in used:
            self.add_error("rows", _("Please say which column is the address of the post."))
        elif data.get("rows") == DAY and "date" not in used:
            self.add_error("rows", _("Please say which column is the day."))
        if ("metric" in used) != ("value" in used):
            self.add_error(None, _("The name of the figure and its value are needed together."))
        elif "value" not in used and not set(used) & {metric.name.lower() for metric in Metric}:
            self.add_error(None, _("Please say for at least one column which figure it is."))
        if "account" not in used and not data.get("network"):
            self.add_error("network", _("Please choose the network, or the column that names the account."))
        return data


def _word(text: str, encoding: str) -> str:
    """A word that tells the encodings apart."""
    word = next((each for each in text.replace(";", " ").replace(",", " ").split() if not each.isascii()), "")
    return f"{word[:30]} ({encoding})" if word else encoding
