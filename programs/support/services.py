"""What changes about who helps when. It is the program team's own arrangement, so the journal says who changed it."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from programs.membership.models import Program
from programs.support.models import Helper
from programs.support.verbs import SupportVerb

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def add_helper(program: Program, *, by: "User", **fields: Any) -> Helper:
    helper = Helper.objects.create(program=program, **fields)
    _record(SupportVerb.ADDED, helper, by)
    return helper


@transaction.atomic
def change_helper(helper: Helper, *, by: "User", **fields: Any) -> None:
    for name, value in fields.items():
        setattr(helper, name, value)
    changed = changes_of(helper, fields, unsaid=("name", "phone", "email", "member"))
    helper.save(update_fields=[*fields])
    _record(SupportVerb.CHANGED, helper, by, changes=changed)


@transaction.atomic
def delete_helper(helper: Helper, *, by: "User") -> None:
    helper.put_away()
    _record(SupportVerb.DELETED, helper, by)


@transaction.atomic
def restore_helper(helper: Helper, *, by: "User") -> None:
    helper.take_back()
    _record(SupportVerb.RESTORED, helper, by)


def _record(verb: SupportVerb, helper: Helper, by: "User", **data: Any) -> None:
    journal.record(verb, helper, by=by, **data)
    page_cache.changed(helper.program_id)
