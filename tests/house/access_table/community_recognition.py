from community.recognition.models import Kudos, Portrait
from tests.house.access_table import Form, Row, in_program

# Those who help each other say thanks; who is thanked shows it; either of the two takes it back. A portrait is its
# person's own.
NAMES = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council")
NOBODY = dict.fromkeys(NAMES, 403)
HELPING = NOBODY | {"manager": 200, "influencer": 200, "influencer2": 200, "coach": 200}
TAKING_PART = NOBODY | {"influencer": 200, "influencer2": 200}
GONE = dict.fromkeys(NAMES, 404)
OF_THE_TWO = GONE | {"influencer": 302, "influencer2": 302, "pioneer": 404}

ROWS = {
    "community:thanks": Row(in_program(), expect=HELPING),
    "community:kudos_new": Row(in_program(), expect=HELPING),
    "community:kudos_show": Row(
        in_program(pk=lambda world: world.kudos.pk),
        "post",
        expect=NOBODY | {"manager": 404, "coach": 404, "influencer": 302, "influencer2": 404},
    ),
    "community:kudos_take_back": Row(in_program(pk=lambda world: world.kudos.pk), "post", expect=OF_THE_TWO),
    "community:kudos_restore": Row(in_program(pk=lambda world: world.kudos.pk), "post", expect=OF_THE_TWO),
    "community:portrait": Row(in_program(), expect=TAKING_PART),
    "community:portrait_new": Row(in_program(), expect=TAKING_PART),
    "community:portrait_take_back": Row(
        in_program(pk=lambda world: world.portrait.pk), "post", expect=GONE | {"influencer": 302}
    ),
    "community:portrait_restore": Row(
        in_program(pk=lambda world: world.gone_portrait.pk), "post", expect=GONE | {"influencer2": 302, "pioneer": 404}
    ),
}

ONCE = {
    "community:kudos_new": Form(Kudos, lambda world: {"to": world.influencer.pk, "text": "Once"}, by="influencer2"),
    "community:portrait_new": Form(Portrait, lambda world: {"text_en": "Once"}, by="influencer2"),
}
