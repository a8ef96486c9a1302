from analytics.benefits.models import Benefit
from tests.house.access_table import Form, Row, in_program

# Who takes part tells; program managers and executives read; nobody withdraws what somebody else told.
NAMES = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council")
NOBODY = dict.fromkeys(NAMES, 403)
TELLING = NOBODY | {"influencer": 200, "influencer2": 200}
OWN = dict.fromkeys(NAMES, 404) | {"influencer": 302}

ROWS = {
    "analytics:benefits": Row(in_program(), expect=NOBODY | {"manager": 200, "executive": 200}),
    "analytics:benefits_mine": Row(in_program(), expect=TELLING),
    "analytics:benefit_new": Row(in_program(), expect=TELLING),
    "analytics:benefit_withdraw": Row(in_program(pk=lambda world: world.benefit.pk), "post", expect=OWN),
    "analytics:benefit_restore": Row(in_program(pk=lambda world: world.withdrawn_benefit.pk), "post", expect=OWN),
}

ONCE = {
    "analytics:benefit_new": Form(Benefit, lambda world: {"text": "Once", "readers": "lead"}, by="influencer"),
}
