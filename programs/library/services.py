"""What changes about templates. Every change is a new version; no program made from one is rewritten."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.journal import services as journal
from core.kit.languages import localised
from programs.checklists.models_uses import TemplateUse
from programs.library import shape, starting
from programs.library.models import PlanTemplate, PlanVersion
from programs.library.shape import Content
from programs.library.verbs import LibraryVerb
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_TEMPLATES = 300  # of a program


class LibraryIsFull(Exception):
    """A program keeps so many templates and no more."""


class VersionMoved(Exception):
    """Somebody else changed the template in the meantime."""


@transaction.atomic
def add_template(
    program: Program, content: Content, *, by: "User", verb: LibraryVerb = LibraryVerb.SAVED
) -> PlanTemplate:
    """A new one of this program, under a key of its own; it begins with the version it says it has."""
    Program.objects.select_for_update().get(pk=program.pk)
    taken = set(PlanTemplate.objects.present().filter(program=program).values_list("key", flat=True))
    if len(taken) >= MOST_TEMPLATES:
        raise LibraryIsFull
    content = shape.completed(content)
    content["key"] = shape.free_key(content["key"], taken, 60)
    row = PlanTemplate(program=program, key=content["key"])
    _write(row, content, content["version"])
    journal.record(verb, row, by=by)
    return row


@transaction.atomic
def revise(
    row: PlanTemplate, content: Content, *, based_on: int, by: "User", verb: LibraryVerb = LibraryVerb.EDITED
) -> PlanTemplate:
    """The next version. `based_on`: the one that was read; another one since then is not overwritten."""
    row = PlanTemplate.objects.select_for_update(of=("self",)).select_related("program").get(pk=row.pk)
    if row.version != based_on:
        raise VersionMoved
    content = shape.completed(content) | {"key": row.key}
    if content | {"version": row.version} == latest(row):
        return row
    _write(row, content, max(row.version + 1, content["version"]))
    journal.record(verb, row, by=by, version=row.version)
    return row


def latest(row: PlanTemplate) -> Content:
    content: Content = PlanVersion.objects.get(template=row, number=row.version).content
    return shape.completed(content)


def content_at(row: PlanTemplate, number: int) -> Content:
    """What it said in a version; nothing of what it says now where that one is not known."""
    version = PlanVersion.objects.filter(template=row, number=number).first()
    return shape.completed(version.content) if version else latest(row)


def _write(row: PlanTemplate, content: Content, number: int) -> None:
    row.title, row.version = content["name"], number
    row.phase_count, row.item_count = len(content["phases"]), shape.item_count(content)
    row.save()
    PlanVersion.objects.create(template=row, number=number, content=content | {"version": number})


def copy_template(program: Program, content: Content, *, by: "User") -> PlanTemplate:
    """One's own to change; it says where it comes from as the other did."""
    name = starting.name_of_copy(content["name"])
    return add_template(program, content | {"name": name, "version": 1}, by=by, verb=LibraryVerb.COPIED)


@transaction.atomic
def delete_template(row: PlanTemplate, *, by: "User") -> None:
    """Gone at once, back with `restore_template` within 30 days. Programs keep what they took from it."""
    if row.deleted_at is not None:
        return
    row.put_away()
    journal.record(LibraryVerb.DELETED, row, by=by)


@transaction.atomic
def restore_template(row: PlanTemplate, *, by: "User") -> None:
    """Under another key where its own is taken by now."""
    if row.deleted_at is None:
        return
    Program.objects.select_for_update().get(pk=row.program_id)
    others = PlanTemplate.objects.present().filter(program_id=row.program_id)
    key = shape.free_key(row.key, set(others.values_list("key", flat=True)), 60)
    row.take_back(key=key)
    journal.record(LibraryVerb.RESTORED, row, by=by)


@transaction.atomic
def note_version(use: TemplateUse, content: Content, *, version: int, by: "User") -> None:
    """Somebody looked at the difference: from now on the program is as new as this version."""
    use.version, use.content = version, content
    use.save(update_fields=["version", "content"])
    journal.record(
        LibraryVerb.NOTED, use.program, by=by, name=localised(use.content["name"]), template=use.key, version=version
    )
