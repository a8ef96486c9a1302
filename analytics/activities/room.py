from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from analytics.activities import queries, services
from analytics.activities.models import Activity
from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, Deed, Place, Room, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role

ROOM = Room(
    name="analytics.activities",
    belongs_to=("log", "home"),
    places=(
        Place(
            "log",
            _("My activities"),
            "pencil",
            "analytics:activity_list",
            Ability.TAKE_PART,
            38,
            on_home_of=Role.INFLUENCER,
        ),
    ),
    tiles=(Tile("analytics/activities/_tile.html", frozenset({Role.MANAGER}), queries.my_part, 10),),
    actions=(Action(_("Log an activity"), "analytics:activity_list", Ability.TAKE_PART, 40, icon="pencil"),),
    steps={"activity_logged": Deed(_("logs an activity"), queries.logged_by, "analytics:activity_new")},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), queries.kept, services.forget_person, order=10),),
    titles_of_links=queries.noted,
    retention=(Purge(Activity, kept=timedelta(days=1)),),
)
