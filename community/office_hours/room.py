from django.utils.translation import gettext_lazy as _

from community.office_hours import (
    calendar,
    charges,
    host_day,
    jobs,
    leaving,
    news,
    news_queue,
    people,
    queue_page,
    services_hosts,
    tasks,
)
from community.office_hours.models import HoursWindow, SpecialDay
from community.office_hours.verbs import OfficeHoursVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Belonging, Every, PublicNumber, Room, Tab, Tile
from programs.consents.models import Purpose
from programs.membership.access import Ability
from programs.membership.models import Role

ROOM = Room(
    name="community.office_hours",
    numbers=(
        PublicNumber(
            "people in the queue, for who serves it", "queue_page.board_of", "named", ("community:queue_host",)
        ),
        PublicNumber("topics that nobody asked for yet", "topics.asked_for", "guarded", ("community:hours_topics",)),
        PublicNumber("people who asked about a topic", "topics.asked_for", "steadily", ("community:hours_topics",)),
    ),
    verbs=OfficeHoursVerb,
    belongs_to=("events",),
    tabs=(Tab("events", _("Office hours"), "community:office_hours", Ability.BOOK_HOURS, 20),),
    actions=(
        Action(
            _("Book office hours"),
            "community:office_hours",
            Ability.BOOK_HOURS,
            44,
            _("coach appointment slot help talk"),
            "calendar-plus",
        ),
        Action(
            _("My office hours"),
            "community:hours_day",
            Ability.OFFER_HOURS,
            45,
            _("today coach bookings slots"),
            "calendar-time",
        ),
        Action(
            _("Help getting started"),
            "community:hours_help",
            Ability.TAKE_PART,
            47,
            _("onboarding coach mentor start first step"),
            "lifebuoy",
        ),
        Action(
            _("My notes"),
            "community:hours_notes",
            Ability.BOOK_HOURS,
            48,
            _("note after an hour share coach follow up"),
            "pencil",
        ),
        Action(
            _("Drop-in hour"),
            "community:queue",
            Ability.BOOK_HOURS,
            43,
            _("queue number wait now coach without appointment"),
            "messages",
        ),
        Action(
            _("Run a drop-in hour"),
            "community:queue_host",
            Ability.OFFER_HOURS,
            47,
            _("queue open next call several"),
            "users",
        ),
        Action(
            _("What people ask about"),
            "community:hours_topics",
            Ability.OFFER_HOURS,
            50,
            _("topics workshop train next quarter"),
            "chart-bar",
        ),
        Action(
            _("Away today"),
            "community:hours_away",
            Ability.OFFER_HOURS,
            46,
            _("ill sick absent holiday away cancel"),
            "calendar-off",
        ),
    ),
    tiles=(
        Tile("community/office_hours/_next.html", frozenset({Role.INFLUENCER}), host_day.next_hour, 5),
        Tile("community/office_hours/_today.html", frozenset({Role.COACH}), host_day.tile, 6, is_wide=True),
        Tile("community/office_hours/_today.html", frozenset({Role.MANAGER}), host_day.tile, 6),
        Tile("community/office_hours/_today.html", frozenset({Role.INFLUENCER}), host_day.mentor_tile, 7),
        Tile(
            "community/office_hours/_open_now.html",
            frozenset({Role.INFLUENCER, Role.COACH, Role.MANAGER}),
            queue_page.open_now,
            4,
        ),
        Tile("community/office_hours/_helped.html", frozenset({Role.COACH}), host_day.helped_tile, 8, is_wide=True),
    ),
    timetable=(
        Every(
            tasks.sweep,
            60,
            _("Remind people of office hours, and end those of people who have left"),
            keeps_promise=True,
        ),
    ),
    queue="mail",
    engagements=charges.ENGAGEMENTS,
    retention=(jobs.retention, Purge(HoursWindow), Purge(SpecialDay)),
    on_withdrawal={Purpose.PARTICIPATION: (services_hosts.end_for,)},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=33),),
    on_erasure=(leaving.forget_everywhere,),
    news=news.NEWS + news_queue.NEWS,
    ways_to_ask=(people.book,),
    appointments=(calendar.appointments,),
    diary=(calendar.booked_between,),
)
