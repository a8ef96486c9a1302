"""The company's own slides under a program's reports: given, removed, restored."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from analytics.reports.models_master import ReportMaster
from analytics.reports.spots import MASTER
from analytics.reports.verbs import ReportsVerb
from core.attachments import services as attachments
from core.attachments.inspection import Inspected
from core.journal import services as journal
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def set_master(program: Program, file: Inspected, offers: dict[str, Any], *, by: "User") -> ReportMaster:
    """In the place of the one before, which can be restored. Raises ValidationError when there is no space for it."""
    _clear(program)
    kept = attachments.attach(file, kind=MASTER, target_id=program.pk, program_id=program.pk, by=by)
    master = ReportMaster.objects.create(program=program, file=kept, offers=offers)
    journal.record(ReportsVerb.MASTER_ADDED, master, by=by)
    return master


@transaction.atomic
def remove_master(master: ReportMaster, *, by: "User") -> ReportMaster:
    """Harmless twice."""
    if master.deleted_at is None:
        _put_away(master)
        journal.record(ReportsVerb.MASTER_REMOVED, master, by=by)
    return master


@transaction.atomic
def restore_master(master: ReportMaster, *, by: "User") -> ReportMaster:
    """In the place of the one that is used now; harmless twice."""
    if master.deleted_at is not None:
        _clear(master.program)
        master.take_back()
        attachments.follow(master.file, deleted_at=None)
        journal.record(ReportsVerb.MASTER_ADDED, master, by=by)
    return master


def _clear(program: Program) -> None:
    Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    for other in ReportMaster.objects.present().filter(program=program).select_related("file"):
        _put_away(other)


def _put_away(master: ReportMaster) -> None:
    master.put_away()
    attachments.follow(master.file, deleted_at=timezone.now())
