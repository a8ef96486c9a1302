"""The program's dates as appointments for anybody's calendar."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit.calendars import Appointment, uid_of
from programs.membership.models import Program
from programs.phases.models import Milestone


def appointments(program: Program, milestones: Iterable[Milestone]) -> list[Appointment]:
    """With the name of the program in front: in a calendar they stand among everything else."""
    url = settings.SITE_URL + reverse("programs:timeline", args=[program.slug])
    return [
        Appointment(
            uid=uid_of("milestone", row.pk),
            title=_("%(program)s: %(title)s") % {"program": program.name, "title": row.title},
            start=row.start(program.time_zone),
            end=row.end(program.time_zone),
            changed_at=row.changed_at,
            sequence=row.revision,
            place=row.place,
            url=url,
        )
        for row in milestones
    ]
