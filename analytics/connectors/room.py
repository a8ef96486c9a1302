from django.utils.translation import gettext_lazy as _

from analytics.connectors import jobs, news, queries, services, tasks
from analytics.connectors.models import Connection
from analytics.connectors.verbs import ConnectorsVerb
from core.kit.rooms import Action, Belonging, Deed, Every, PublicNumber, Room, Subject
from programs.consents.models import Purpose
from programs.membership.access import Ability

WORDS = _("connection automatic figures Mastodon Bluesky network")

ROOM = Room(
    name="analytics.connectors",
    numbers=(
        PublicNumber("people who connected a network", "operating.networks", "steadily", ("operate:connections",)),
    ),
    verbs=ConnectorsVerb,
    concerns={
        ConnectorsVerb.CONNECTED: _("Public figures of %(thing)s are now fetched automatically once a day."),
        ConnectorsVerb.STARTED: _("Public figures of %(thing)s are now fetched automatically once a day."),
        ConnectorsVerb.STOPPED: _("Public figures of %(thing)s are no longer fetched."),
        ConnectorsVerb.ENDED: _("Public figures of %(thing)s are no longer fetched."),
    },
    belongs_to=("mine", "figures"),
    actions=(
        Action(_("Connect my account"), "analytics:connections", Ability.TAKE_PART, 43, WORDS, "plug"),
        Action(_("Connect the company account"), "analytics:connections", Ability.IMPORT_COMPANY, 53, WORDS, "plug"),
    ),
    subjects=(Subject(Connection, _("connection"), "analytics:connection_detail"),),
    steps={
        "account_connected": Deed(
            _("connects their own account"), queries.brought_by, "analytics:connections", counts_as="figures_brought"
        )
    },
    timetable=(
        Every(tasks.sweep, 60, _("Fetch figures from networks"), keeps_promise=True),
        Every(tasks.remind, 24 * 3600, _("Remind of permissions to read accounts that end soon")),
    ),
    queue="networks",
    belongings=(
        Belonging(
            frozenset({Purpose.OWN_FIGURES, Purpose.PARTICIPATION}), queries.kept, services.forget_person, order=19
        ),
    ),
    retention=(jobs.retention,),
    on_withdrawal={
        Purpose.OWN_FIGURES: (services.end_permits,),
        Purpose.PARTICIPATION: (services.end_permits,),
    },
    on_erasure=(services.forget_everywhere,),
    news=news.NEWS,
)
