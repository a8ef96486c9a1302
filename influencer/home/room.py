from django.utils.translation import gettext_lazy as _

from core.kit.rooms import Action, Place, Room
from influencer.home.acts import acts
from programs.membership.access import Ability

ROOM = Room(
    name="influencer.home",
    belongs_to=("home",),
    places=(Place("home", _("Home"), "home", "home:program", Ability.ENTER, 10),),
    actions=(Action(_("Home"), "home:program", Ability.ENTER, 10, icon="home"),),
    acts=(acts,),
)
