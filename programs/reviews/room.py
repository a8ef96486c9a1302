from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Purge
from core.kit.rooms import Action, Every, Room, Subject, Tab, Tile
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.reviews import charges, jobs, news, tasks, tile
from programs.reviews.models import Finding, Review, ReviewAction
from programs.reviews.verbs import ReviewsVerb

ROOM = Room(
    name="programs.reviews",
    verbs=ReviewsVerb,
    belongs_to=("program", "home"),
    tabs=(Tab("program", _("Reviews"), "programs:reviews", Ability.WRITE_REVIEWS, 24),),
    actions=(
        Action(
            _("Reviews"),
            "programs:reviews",
            Ability.SEE_PROGRAM,
            32,
            _("minutes traffic light meeting actions findings"),
            "clipboard-check",
        ),
        Action(_("Plan a review"), "programs:review_new", Ability.MANAGE_PROGRAM, 61, _("weekly meeting"), "plus"),
    ),
    tiles=(
        Tile("programs/reviews/_tile.html", frozenset({Role.MANAGER, Role.COACH, Role.TEAM}), tile.build, 9),
        Tile("programs/reviews/_next.html", frozenset({Role.TEAM}), tile.build_next, 7),
    ),
    subjects=(Subject(Review, _("review"), "programs:review_detail", related=("milestone",)),),
    news=news.NEWS,
    charges=charges.CHARGES,
    timetable=(Every(tasks.tell_moved, 60, _("Notify people of reviews that were moved or cancelled")),),
    queue="mail",
    retention=(Purge(Review), Purge(Finding), Purge(ReviewAction), jobs.retention),
)
