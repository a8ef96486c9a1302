"""Everything about a person as one ZIP file (Art. 15 and 20 GDPR): a page to read and print, the same as tables for a
spreadsheet, and the bare rows for other programs. Secrets are left out, and so is whoever else is named in a row."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DateField, Field, ForeignKey, Model
from django.db.models.fields import AutoFieldMixin
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.kit import rooms
from core.kit.drawn import drawn, mark
from core.kit.exports import Table, as_csv
from core.kit.templatetags.ui import clock, day, number
from core.people.models import User
from influencer.privacy import map as privacy_map
from influencer.privacy.fields import context_word, personal_word
from influencer.privacy.queries import OF_OTHERS, SECRET, rows_about

SHOWN = 500  # rows of a table on the page; the tables beside it hold all of them
LONGEST = 300  # characters of a cell that a person reads
STYLE = Path(__file__).with_name("data") / "export.css"


@dataclass(frozen=True)
class Sheet:
    """One table as a person reads it."""

    rule: privacy_map.ModelRule
    header: list[str]
    shown: list[list[str]]
    count: int

    @property
    def file(self) -> str:
        return f"tables/{self.rule.label}.csv"

    @property
    def hidden(self) -> int:
        return self.count - len(self.shown)


def write(user: User, file: IO[bytes]) -> None:
    """The ZIP file, written table by table: however much there is, little of it is held at once."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("data.json", "w") as out:
            _write_rows(user, out)
        sheets = [sheet for rule in _rules() if (sheet := _write_table(user, rule, archive))]
        context = {"person": user, "sheets": sheets, "now": timezone.now(), "language": get_language()}
        archive.writestr("index.html", render_to_string("privacy/export.html", context))
        archive.writestr("style.css", STYLE.read_text())


def _rules() -> Iterator[privacy_map.ModelRule]:
    return (rule for rule in privacy_map.rules().values() if rule.person)


def _write_rows(user: User, out: IO[bytes]) -> None:
    """The rows as they are stored, for programs."""
    text = TextIOWrapper(out, encoding="utf-8")
    head = json.dumps({"exported_at": timezone.now(), "person": user.email}, cls=DjangoJSONEncoder)
    text.write(head[:-1] + ', "tables": {')
    first = True
    for rule in _rules():
        columns = [field.attname for field in _stored(rule)]
        counted = _counted(rule)
        rows = rows_about(user, rule).order_by("pk").values(*columns).iterator(chunk_size=2000)
        for place, row in enumerate(rows):
            text.write((("" if first else "],\n") + f"{json.dumps(rule.label)}: [") if place == 0 else ",")
            plain = {name: mark(counted[name], value) if name in counted else value for name, value in row.items()}
            text.write("\n " + json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False))
            first = False
    text.write("}}" if first else "]}}")
    text.flush()
    text.detach()


def _counted(rule: privacy_map.ModelRule) -> dict[str, str]:
    """Columns that hold counted numbers, of the row or of what it belongs to, and whose they are."""
    found: dict[str, str] = {}
    for field in _stored(rule):
        of = field.related_model if isinstance(field, ForeignKey) else rule.model if field.primary_key else None
        if isinstance(of, type) and isinstance(of._meta.pk, AutoFieldMixin):
            found[field.attname] = of._meta.label
    return found


def _stored(rule: privacy_map.ModelRule) -> "list[Field[Any, Any]]":
    fields = rule.model._meta.concrete_fields
    left_out = SECRET | OF_OTHERS
    return [field for field in fields if not {field.name, f"{rule.label}.{field.name}"} & left_out]


def _write_table(user: User, rule: privacy_map.ModelRule, archive: zipfile.ZipFile) -> Sheet | None:
    """The rows in words, for people: what is personal, and what one has to know to read it."""
    whose = rule.person.split("|")[0].split("__")[0]  # every row is the person's own: no need to say it in each
    personal = [field.name for field in rule.fields if field.name != whose or not _is_person(rule, whose)]
    fields = [field for name in (*rule.context, *personal) for field in _stored(rule) if field.name == name]
    words = [(personal_word if f.name in personal else context_word)(rule.label, f.name) for f in fields]
    header = [str(capfirst(word)) for word in words]
    related = [field.name for field in fields if field.is_relation and field.related_model is not User]
    rows = (
        rows_about(user, rule).select_related(*related).order_by(*_newest_first(rule.model)).iterator(chunk_size=2000)
    )
    shown: list[list[str]] = []
    count = 0

    def lines() -> Iterator[list[str]]:
        nonlocal count
        for row in rows:
            line = [_words(row, field, user) for field in fields]
            if count < SHOWN:
                shown.append(line)
            count += 1
            yield line

    start = lines()
    first = list(islice(start, 1))
    if not first:
        return None
    table = Table(rule.label, header, (line for part in (first, start) for line in part))
    archive.writestr(f"tables/{rule.label}.csv", as_csv(table))
    return Sheet(rule, header, shown, count)


def _newest_first(model: type[Model]) -> list[str]:
    """A drawn number says nothing of time: then by the day or moment that the row has."""
    times = [field for field in model._meta.concrete_fields if isinstance(field, DateField)]
    times.sort(key=lambda field: not (field.auto_now_add or field.has_default()))  # when it was made, before others
    return [*(f"-{field.name}" for field in times[:1]), "pk"] if model._meta.pk.default is drawn else ["-pk"]


def _is_person(rule: privacy_map.ModelRule, name: str) -> bool:
    return name != "pk" and rule.model._meta.get_field(name).related_model is User


def _words(row: Model, field: "Field[Any, Any]", user: User) -> str:
    """A value as a person reads it."""
    if field.related_model is User:
        of = getattr(row, field.attname)
        return "" if of is None else _("you") if of == user.pk else _("somebody else")
    value = getattr(row, field.name)
    if value is None or value == "":
        return ""
    if field.is_relation and not rooms.may_read(user, value):
        return _("deleted, or no longer for you to read")
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if field.name == "verb":
        return rooms.words_of(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{day(value, 'long')}, {clock(value)}"
    if isinstance(value, date):
        return day(value, "long")
    if isinstance(value, int):
        return number(value)
    if isinstance(value, FieldFile):
        return Path(value.name or "").name
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)[:LONGEST]
    if isinstance(value, bytes | memoryview):
        return _("%(count)s bytes") % {"count": len(value)}
    return str(value)[:LONGEST]
