from core.kit.rooms import Belonging, Room
from programs.alumni import services
from programs.consents.models import Purpose

ROOM = Room(
    name="programs.alumni",
    belongs_to=("home",),
    on_consent={Purpose.PARTICIPATION: (services.settle,)},
    keeps_account=(services.keeps_account,),
    belongings=(Belonging(frozenset({Purpose.ALUMNI}), lambda user, program: (), services.let_account_go, order=90),),
    on_erasure=(services.forget_everywhere,),
)
