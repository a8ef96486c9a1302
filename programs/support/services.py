"""What changes about who helps when. It is the program team's own arrangement, so the journal says who changed it."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.journal import services as journal
from core.kit import shelf
from programs.membership.models import Program
from programs.support.models import Helper
from programs.support.verbs import SupportVerb

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def add_helper(program: Program, *, by: "User", **fields: Any) -> Helper:
    helper = Helper.objects.create(program=program, **fields)
    _record(SupportVerb.ADDED, program, by)
    return helper


@transaction.atomic
def change_helper(helper: Helper, *, by: "User", **fields: Any) -> None:
    for name, value in fields.items():
        setattr(helper, name, value)
    helper.save(update_fields=[*fields])
    _record(SupportVerb.CHANGED, helper.program, by)


@transaction.atomic
def delete_helper(helper: Helper, *, by: "User") -> None:
    helper.put_away()
    _record(SupportVerb.DELETED, helper.program, by)


@transaction.atomic
def restore_helper(helper: Helper, *, by: "User") -> None:
    helper.take_back()
    _record(SupportVerb.RESTORED, helper.program, by)


def _record(verb: SupportVerb, program: Program, by: "User") -> None:
    journal.record(verb, program, by=by)
    shelf.changed(program.pk)
