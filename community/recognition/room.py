from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from community.recognition import blocks, news, people, queries, services
from community.recognition.access import SAY
from community.recognition.models import Kudos, Portrait
from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Action, Belonging, Room
from programs.consents.models import Purpose
from programs.membership.access import Ability

ROOM = Room(
    name="community.recognition",
    belongs_to=("directory", "home"),
    actions=(
        Action(_("Say thanks"), "community:kudos_new", SAY, 44, _("kudos praise"), "heart"),
        Action(_("Thanks"), "community:thanks", Ability.SEE_DIRECTORY, 45, _("kudos praise"), "heart"),
        Action(_("My portrait"), "community:portrait", Ability.TAKE_PART, 46, _("newsletter about me"), "user-circle"),
    ),
    ways_to_ask=(people.thank,),
    news=news.NEWS,
    newsletter_blocks=(
        NewsletterBlock(
            "kudos",
            _("Thanks"),
            _("thanks of the last five weeks that people show to everybody"),
            blocks.kudos,
            icon="heart-handshake",
        ),
        NewsletterBlock(
            "portrait",
            _("Portrait"),
            _("a person in the own words; it vanishes when they withdraw it"),
            blocks.no_portrait,
            choices=blocks.portraits,
            fill_one=blocks.portrait,
            icon="user-circle",
        ),
    ),
    on_withdrawal={Purpose.PARTICIPATION: (services.rest,)},
    on_role_end=(services.role_ended,),
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), queries.kept, services.forget_person, order=39),),
    on_erasure=(services.forget_everywhere,),
    retention=(services.retention, Purge(Kudos, kept=timedelta(days=1)), Purge(Portrait, kept=timedelta(days=1))),
)
