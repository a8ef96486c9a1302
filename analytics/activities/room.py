from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from analytics.activities import queries, services
from analytics.activities.models import Activity, ActivityTopic
from analytics.activities.verbs import ActivitiesVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, Deed, Place, PublicNumber, Room, Subject, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role

ROOM = Room(
    name="analytics.activities",
    verbs=ActivitiesVerb,
    belongs_to=("log", "home", "figures"),
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
    actions=(
        Action(_("Log an activity"), "analytics:activity_list", Ability.TAKE_PART, 40, icon="pencil"),
        Action(_("Your week"), "analytics:own_week", Ability.TAKE_PART, 42, _("moment reflection"), "calendar-stats"),
        Action(
            _("Social Selling Index"),
            "analytics:own_score",
            Ability.TAKE_PART,
            43,
            _("ssi linkedin score"),
            "chart-line",
        ),
        Action(
            _("Activities of the group"),
            "analytics:activities_group",
            Ability.MANAGE_PROGRAM,
            65,
            _("topics kinds"),
            "list-check",
        ),
    ),
    numbers=(
        PublicNumber(
            "people who logged a kind or a topic",
            "logged_by_group.counts_of",
            "steadily",
            ("analytics:activities_group",),
        ),
    ),
    subjects=(Subject(ActivityTopic, _("topic for the log"), "analytics:activities_group", place=lambda _topic: ()),),
    steps={"activity_logged": Deed(_("logs an activity"), queries.logged_by, "analytics:activity_new")},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), queries.kept, services.forget_person, order=10),),
    titles_of_links=queries.noted,
    retention=(Purge(Activity, kept=timedelta(days=1)), Purge(ActivityTopic)),
)
