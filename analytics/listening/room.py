from django.utils.translation import gettext_lazy as _

from analytics.listening import jobs, tasks
from analytics.listening.models import ListenedName, ListeningSearch, Mention
from analytics.listening.verbs import ListeningVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Every, Room, Subject
from programs.membership.access import Ability

ROOM = Room(
    name="analytics.listening",
    verbs=ListeningVerb,
    concerns={
        ListeningVerb.SEARCH_ADDED: _(
            "The feed “%(thing)s” is now read once a day for mentions of companies. Kept are link, title, day and"
            " source for 13 months; names of authors are not stored."
        ),
        ListeningVerb.SEARCH_RESTORED: _("The feed “%(thing)s” is read again for mentions of companies."),
        ListeningVerb.SEARCH_REMOVED: _("The feed “%(thing)s” is no longer read for mentions of companies."),
        ListeningVerb.IMPORTED: _(
            "Mentions of companies were added from a file. Kept are link, title, day and source for 13 months; names"
            " of authors are not stored."
        ),
    },
    belongs_to=("figures",),
    actions=(
        Action(
            _("Listening"),
            "analytics:listening",
            Ability.MANAGE_PROGRAM,
            66,
            _("share of voice mentions rivals tone monitoring"),
            "ear",
        ),
        Action(_("Listening"), "analytics:listening", Ability.DECIDE, 66, _("share of voice mentions rivals"), "ear"),
    ),
    subjects=(
        Subject(ListeningSearch, _("feed to listen to"), "analytics:listening", place=lambda _row: ()),
        Subject(ListenedName, _("company in mentions"), "analytics:listening", place=lambda _row: ()),
        Subject(Mention, _("mention"), "analytics:mentions", place=lambda _row: ()),
    ),
    timetable=(Every(tasks.sweep, 300, _("Read feeds for mentions of companies")),),
    queue="networks",
    retention=(jobs.retention, Purge(Mention), Purge(ListeningSearch), Purge(ListenedName)),
)
