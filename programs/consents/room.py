from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Deed, Every, Room
from programs.consents import jobs, queries, tasks
from programs.membership.access import Ability

ROOM = Room(
    name="programs.consents",
    actions=(Action(_("My consents"), "programs:consents", Ability.TAKE_PART, 43, icon="shield-check"),),
    steps={"consents_chosen": Deed(_("gives a consent"), queries.chosen_by, "programs:consents")},
    stays_inside=True,  # what was promised is deleted in time, also while a restored database is looked at
    timetable=(
        Every(tasks.erase_due, 3600, _("Delete data on hold since a consent was withdrawn"), keeps_promise=True),
    ),
    retention=(jobs.retention,),
)
