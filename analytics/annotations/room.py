from django.utils.translation import gettext_lazy as _

from analytics.annotations.models import TimelineNote
from analytics.annotations.verbs import AnnotationsVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Room, Subject
from programs.membership.access import Ability

ROOM = Room(
    name="analytics.annotations",
    verbs=AnnotationsVerb,
    belongs_to=("figures",),
    actions=(
        Action(
            _("Notes on the time line"),
            "analytics:timeline_notes",
            Ability.SEE_AGGREGATES,
            66,
            _("annotations marks of charts"),
            "pin",
        ),
    ),
    subjects=(Subject(TimelineNote, _("note on the time line"), "analytics:timeline_notes", place=lambda _note: ()),),
    retention=(Purge(TimelineNote),),
)
