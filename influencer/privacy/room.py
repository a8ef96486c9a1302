from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Every, Place, PublicNumber, Room
from influencer.privacy import tasks
from influencer.privacy.verbs import PrivacyVerb
from programs.membership.access import Ability

ROOM = Room(
    name="influencer.privacy",
    numbers=(PublicNumber("people behind each consent", "queries.consent_counts", "steadily", ("home:program",)),),
    verbs=PrivacyVerb,
    belongs_to=("council",),
    places=(Place("council", _("What is stored"), "shield-lock", "privacy:council", Ability.SEE_LOGS, 80),),
    actions=(
        Action(_("What is stored about me"), "privacy:mine", Ability.SEE_PROGRAM, 44, icon="shield-lock"),
        Action(_("What is stored"), "privacy:council", Ability.SEE_CONFIGURATION, 82, icon="shield"),
        Action(_("Log"), "privacy:log", Ability.SEE_LOGS, 83, _("changes history views who"), "history"),
    ),
    stays_inside=True,  # what was promised is deleted in time, also while a restored database is looked at
    timetable=(
        Every(tasks.retention, 3600, _("Delete data whose retention period has ended"), keeps_promise=True),
        Every(
            tasks.erase_accounts, 3600, _("Delete accounts whose owners asked for it two weeks ago"), keeps_promise=True
        ),
    ),
)
