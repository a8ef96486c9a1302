from typing import Any

from community.events.models import Event, EventState
from community.events.models_guests import Guest
from core.attachments.models import Attachment
from tests.factories.events import make_event
from tests.house.access_table import TITLE, Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE, only
from tests.world import CAST

EVENT = in_program(pk=lambda world: world.event.pk)
DRAFT = in_program(pk=lambda world: make_event(world.program, state=EventState.DRAFT).pk)
EVERYBODY = dict.fromkeys(INSIDE, 200)
PLANS = only(302, "manager")
INVITED = dict.fromkeys(INSIDE, 302) | {"council": 403}
GUEST = in_program(pk=lambda world: world.event.pk, guest=lambda world: world.guest.pk)
# By the link alone, whoever is signed in.
LINK = dict.fromkeys(CAST, 200)
SENDS = dict.fromkeys(CAST, 302)


def by_token(world: Any) -> dict[str, Any]:
    return {"token": world.guest_token}


JUDGES = only(200, "influencer")  # who said yes

ROWS = {
    # Only for who left and stays in touch; nobody of the cast has chosen it (`tests/programs/alumni`).
    "community:event_alumni": Row(in_program(pk=lambda world: world.event.pk), "post"),
    "community:events": Row(in_program(), expect=EVERYBODY),
    "community:events_month": Row(in_program(), expect=EVERYBODY),
    "community:events_week": Row(in_program(), expect=EVERYBODY),
    "community:event_new": Row(in_program(), expect=only(200, "manager")),
    "community:event_detail": Row(EVENT, expect=EVERYBODY),
    "community:event_answer": Row(EVENT, method="post", data=lambda world: {"choice": "maybe"}, expect=INVITED),
    "community:event_series_answer": Row(EVENT, method="post", data=lambda world: {"choice": "yes"}, expect=INVITED),
    "community:event_shown": Row(EVENT, method="post", expect=INVITED),
    "community:event_file": Row(EVENT, expect=EVERYBODY),
    "community:events_attended": Row(in_program(), expect=EVERYBODY),
    "community:event_here": Row(EVENT, expect=dict.fromkeys(INSIDE, 200) | {"council": 403}),
    "community:event_here_sync": Row(EVENT, method="post", expect=dict.fromkeys(INSIDE, 422) | {"council": 403}),
    "community:event_attended": Row(EVENT, method="post", data=lambda world: {"was_there": "on"}, expect=INVITED),
    "community:event_named": Row(EVENT, method="post", expect=INVITED),
    "community:event_wall": Row(EVENT, expect=only(200, "manager")),
    "community:event_after": Row(EVENT, expect=only(200, "manager")),
    "community:event_feedback": Row(EVENT, expect=JUDGES),
    "community:event_feedback_end": Row(EVENT, method="post", expect=JUDGES | {"influencer": 302}),
    "community:event_follow_up": Row(EVENT, expect=only(200, "manager")),
    "community:event_told": Row(EVENT, method="post", expect=PLANS),
    "community:event_edit": Row(EVENT, expect=only(200, "manager")),
    "community:event_files": Row(EVENT, expect=only(200, "manager")),
    "community:event_tick": Row(EVENT, method="post", expect=PLANS),
    "community:event_announce": Row(EVENT, method="post", expect=PLANS),
    "community:event_discard": Row(DRAFT, method="post", expect={"manager": 302}),
    "community:event_restore": Row(EVENT, method="post", expect=PLANS),
    "community:event_cancel": Row(EVENT, method="post", expect=PLANS),
    "community:event_reopen": Row(EVENT, method="post", expect=PLANS),
    "community:event_guests": Row(EVENT, expect=only(200, "manager")),
    "community:event_guests_invite": Row(EVENT, method="post", expect=PLANS),
    "community:event_guest_remove": Row(GUEST, method="post", expect=PLANS),
    "community:event_guest_restore": Row(GUEST, method="post", expect=PLANS),
    "community:guest": Row(by_token, expect=LINK),
    "community:guest_answer": Row(
        by_token, method="post", data=lambda world: {"choice": "yes"}, expect=SENDS, visitor=302
    ),
    "community:guest_file": Row(by_token, expect=LINK),
    "community:guest_forget": Row(by_token, expect=LINK),
}

ONCE = {
    "community:event_new": Form(
        Event,
        lambda world: TITLE | {"kind": "workshop", "on": "2027-02-01", "at": "09:00", "until_at": "12:00"},
        query="?kind=workshop",
    ),
    "community:event_files": Form(Attachment, lambda world: {}, files={"file": b"Agenda"}),
    "community:event_guests": Form(Guest, lambda world: {"guests": "Once <once@elsewhere.example>", "language": "en"}),
}
SAFE_TWICE = {
    "community:event_tick": "done is done",
    "community:event_follow_up": "the same words again change nothing",
    "community:event_told": "they were told already",
    "community:event_guests_invite": "who has an invitation gets no second one",
}
