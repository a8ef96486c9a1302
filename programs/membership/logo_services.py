"""The program's logo: one at a time; the former one goes after the usual time."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.attachments import services as attachments
from core.attachments.inspection import Inspected
from core.attachments.models import Attachment
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from programs.membership.access import forget_roles
from programs.membership.models import Program
from programs.membership.sender import KIND
from programs.membership.verbs import MembershipVerb

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def set_logo(program: Program, *, picture: Inspected | None, by: "User") -> Program:
    """This picture from now on, or none; the same again changes nothing. Raises ValidationError when there is no space
    for it."""
    program = Program.objects.select_for_update(of=("self",)).select_related("logo").get(pk=program.pk)
    if (picture is None and program.logo is None) or (picture and attachments.is_same(program.logo, picture)):
        return program
    if program.logo is not None:
        attachments.follow(program.logo, deleted_at=timezone.now())
    program.logo = _attached(program, picture, by) if picture else None
    changed = changes_of(program, ["logo"], unsaid=["logo"])  # that it changed; a picture has no words
    program.save(update_fields=["logo"])
    journal.record(MembershipVerb.LOGO_CHANGED, program, by=by, changes=changed)
    page_cache.changed(program.pk)
    forget_roles(by)
    return program


def _attached(program: Program, picture: Inspected, by: "User") -> Attachment:
    return attachments.attach(picture, kind=KIND, target_id=program.pk, program_id=program.pk, by=by)
