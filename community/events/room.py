from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from community.events import (
    alumni,
    answers_by_mail,
    at_hand,
    blocks,
    calendar,
    following_up,
    guest_letters,
    guest_of_program,
    guest_services,
    jobs,
    leaving,
    mergers,
    news,
    next_event,
    queries,
    signs,
    spots,
    tasks,
)
from community.events.models import DEED_KICK_OFF, FILES, PICTURE, Event
from community.events.models_guests import Guest
from community.events.verbs import EventsVerb
from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.references import Reference
from core.kit.rooms import Action, Belonging, Deed, Every, Place, PublicNumber, Room, Tab, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.standing import CountsOf

ROOM = Room(
    name="community.events",
    numbers=(
        PublicNumber("people who were there", "attending._all", "guarded", ("community:event_after",)),
        PublicNumber(
            "people who come, each by name",
            "event_page.Counts",
            "named",
            ("community:event_detail", "community:event_after"),
        ),
        PublicNumber("people who come, without their names", "event_page.named_yes", "named", ("home:program",)),
        PublicNumber("people who have not answered", "event_page.counts_of", "named", ("community:event_detail",)),
        PublicNumber("people who said no", "event_page.counts_of", "steadily", ("community:event_detail",)),
        PublicNumber("people who gave feedback", "feedback._answered", "guarded", ("community:event_after",)),
        PublicNumber("people who said yes to an event", "signs.said_yes", "guarded", ("programs:early_check",)),
    ),
    verbs=EventsVerb,
    belongs_to=("events",),
    signs=signs.SIGNS,
    spots={FILES: spots.files, PICTURE: spots.picture},
    places=(Place("events", _("Events"), "calendar-event", "community:events", Ability.SEE_PROGRAM, 33),),
    tabs=(Tab("events", _("Events"), "community:events", Ability.SEE_PROGRAM, 10),),
    actions=(
        Action(
            _("Events"),
            "community:events",
            Ability.SEE_PROGRAM,
            43,
            _("agenda calendar workshop kick-off meet-up appointments"),
            "calendar-event",
        ),
        Action(
            _("New event"), "community:event_new", Ability.EDIT_EVENTS, 44, _("workshop kick-off plan invite"), "plus"
        ),
        Action(
            _("My events"),
            "community:events_attended",
            Ability.JOIN_EVENTS,
            45,
            _("I was there attended record certificate"),
            "calendar-check",
        ),
    ),
    acts=(at_hand.acts,),
    references=(Reference("event", _("Event"), "calendar-event", queries.referred, queries.there),),
    steps={
        DEED_KICK_OFF: Deed(
            _("attends a kick-off"), queries.attendances_of_kick_offs, "community:events", needs_a_date=True
        ),
        "event_attended": Deed(_("attends an event"), queries.attendances, "community:events"),
    },
    tiles=(
        Tile(
            "community/events/_next.html",
            frozenset({Role.MANAGER, Role.INFLUENCER, Role.COACH}),
            next_event.tile,
            4,
        ),
        Tile("community/events/_as_guest.html", frozenset({Role.GUEST}), guest_of_program.tile, 10, is_wide=True),
        Tile("community/events/_following_up.html", frozenset({Role.MANAGER}), following_up.tile, 5),
    ),
    timetable=(
        Every(tasks.sweep, 60, _("Notify people of changes to events, and remind them")),
        Every(tasks.read_answers, 60, _("Read answers that people give in their calendar program")),
    ),
    queue="mail",
    retention=(
        jobs.retention,
        guest_services.retention,
        answers_by_mail.retention,
        Purge(Guest, kept=timedelta(days=1)),
        CountsOf("event", Event),
    ),
    withholds=dict.fromkeys(guest_letters.REASONS[:-1], guest_letters.is_withheld)
    | {alumni.REASON: alumni.is_withheld},
    newsletter_blocks=(
        NewsletterBlock(
            "events",
            _("Upcoming events"),
            _("the next events for everybody, each with yes and no to press"),
            blocks.events,
            icon="calendar-event",
        ),
    ),
    for_alumni=(alumni.open_to,),
    news=news.NEWS,
    appointments=(calendar.own,),
    records=(queries.record,),
    pages_of_dates=queries.pages_of_dates,
    on_merger=(mergers.MERGER,),
    keeps_generation=(mergers.keeps,),
    on_pause=(leaving.pause,),
    on_withdrawal={Purpose.PARTICIPATION: (leaving.withdraw,), Purpose.ALUMNI: (alumni.end,)},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_all, order=35),),
    on_erasure=(leaving.forget_everywhere, guest_services.forget_everywhere),
)
