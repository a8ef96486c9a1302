from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from analytics.benefits import blocks, queries, services
from analytics.benefits.models import Benefit
from core.kit.deleting import Purge
from core.kit.newsletter_blocks import NewsletterBlock
from core.kit.rooms import Action, Belonging, Room
from programs.consents.models import Purpose
from programs.membership.access import Ability

ROOM = Room(
    name="analytics.benefits",
    belongs_to=("mine", "figures"),
    actions=(
        Action(_("Tell a success"), "analytics:benefit_new", Ability.TAKE_PART, 43, _("benefit story quote"), "quote"),
        Action(_("My successes"), "analytics:benefits_mine", Ability.TAKE_PART, 44, icon="quote"),
    ),
    newsletter_blocks=(
        NewsletterBlock(
            "told",
            _("Told success"),
            _("a participant in the own words; it vanishes when they withdraw it"),
            blocks.none_chosen,
            choices=blocks.told,
            fill_one=blocks.one,
            icon="quote",
        ),
    ),
    on_withdrawal={Purpose.PARTICIPATION: (services.rest,)},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), queries.kept, services.forget_person, order=12),),
    on_erasure=(services.forget_everywhere,),
    retention=(Purge(Benefit, kept=timedelta(days=1)),),
)
