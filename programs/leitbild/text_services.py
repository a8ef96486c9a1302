"""What changes the text that the team agrees on."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from core.journal import services as journal
from core.journal.changes import changes_of
from programs.leitbild import queries, services
from programs.leitbild.models import LeitbildState, LeitbildVersion, LeitbildWorkshop
from programs.leitbild.verbs import LeitbildVerb

if TYPE_CHECKING:
    from core.people.models import User


class NothingToPublish(Exception):
    """No text yet, or the same as in the last version."""


@transaction.atomic
def write(workshop: LeitbildWorkshop, *, text: Mapping[str, str], by: "User") -> None:
    row = services.locked(workshop)
    row.text = text
    if changed := changes_of(row, ("text",)):
        row.save(update_fields=["text"])
        journal.record(LeitbildVerb.WRITTEN, row, by=by, changes=changed)


@transaction.atomic
def publish(workshop: LeitbildWorkshop, *, by: "User") -> LeitbildVersion:
    row = services.locked(workshop)
    if row.state not in (LeitbildState.CLOSED, LeitbildState.PUBLISHED):
        raise services.NotNow
    last = queries.latest(row.program)
    if not row.text.texts or (last and last.text == row.text):
        raise NothingToPublish
    number = last.number + 1 if last else 1
    version = LeitbildVersion.objects.create(program=row.program, number=number, text=row.text)
    row.state = LeitbildState.PUBLISHED
    row.save(update_fields=["state"])
    journal.record(LeitbildVerb.PUBLISHED, row, by=by, version=number)
    return version
