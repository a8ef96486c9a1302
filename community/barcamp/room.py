from community.barcamp import charges, jobs, leaving
from community.barcamp.models import CampRoom, CampSlot, Proposal
from community.barcamp.verbs import BarcampVerb
from core.kit.deleting import Purge
from core.kit.rooms import Belonging, PublicNumber, Room
from programs.consents.models import Purpose

ROOM = Room(
    name="community.barcamp",
    numbers=(PublicNumber("votes for a session", "services.end_voting", "people", ("community:barcamp",)),),
    verbs=BarcampVerb,
    belongs_to=("events",),
    engagements=charges.ENGAGEMENTS,
    retention=(jobs.retention, Purge(Proposal), Purge(CampRoom), Purge(CampSlot)),
    on_pause=(leaving.forget_votes,),
    on_withdrawal={Purpose.PARTICIPATION: (leaving.forget_votes, leaving.withdraw_offers)},
    belongings=(Belonging(frozenset({Purpose.PARTICIPATION}), leaving.kept, leaving.forget_person, order=36),),
    on_erasure=(leaving.forget_everywhere,),
)
