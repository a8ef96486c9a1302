from typing import Any

from community.journeys.models import Journey, JourneyLetter
from core.notify.models import OutgoingMail
from tests.house.access_table import TITLE, Form, Row, in_program

ONLY_MEMBERS = dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)
LETTER = {"days": "2", "unless": "", "version": "1", "subject_en": "Once", "body_en": "Once is enough."}


def shown(world: Any) -> int:
    return world.journey.pk


def letter(world: Any) -> int:
    return world.journey_letter.pk


def deleted(world: Any) -> int:
    world.journey.put_away()
    return world.journey.pk


def deleted_letter(world: Any) -> int:
    world.journey_letter.put_away()
    return world.journey_letter.pk


def _leads(pk: Any = None, status: int = 302, **more: Any) -> Row:
    args = in_program(pk=pk) if pk else in_program()
    return Row(args, expect=ONLY_MEMBERS | {"manager": status}, **more)


ROWS = {
    "community:journeys": _leads(status=200),
    "community:journey_new": _leads(status=200),
    "community:journey_welcome_new": _leads(method="post"),
    "community:journey": _leads(shown, 200),
    "community:journey_edit": _leads(shown, 200),
    "community:journey_on": _leads(shown, method="post"),
    "community:journey_off": _leads(shown, method="post"),
    "community:journey_delete": _leads(shown, method="post"),
    "community:journey_restore": _leads(deleted, method="post"),
    "community:letter_new": _leads(shown, 200),
    "community:letter_edit": _leads(letter, 200),
    "community:letter_mail": _leads(letter, 200),
    "community:letter_test": _leads(letter, method="post"),
    "community:letter_delete": _leads(letter, method="post"),
    "community:letter_restore": _leads(deleted_letter, method="post"),
}

ONCE = {
    "community:journey_new": Form(Journey, lambda world: TITLE | {"start": "joined"}),
    "community:journey_welcome_new": Form(Journey, lambda world: {}, page="community:journeys"),
    "community:letter_new": Form(JourneyLetter, lambda world: LETTER),
    "community:letter_test": Form(OutgoingMail, lambda world: {"language": "en"}, page="community:letter_edit"),
}
EDITING = {"community:journey_edit": ()}
