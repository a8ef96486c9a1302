from community.barcamp.models import Proposal
from tests.house.access_table import Form, Row, in_program
from tests.house.access_table.programs_membership import INSIDE, only

BOARD = in_program(pk=lambda world: world.barcamp.pk)
OWN = in_program(pk=lambda world: world.barcamp.pk, number=lambda world: world.proposal.pk)
WISH = in_program(pk=lambda world: world.barcamp.pk, number=lambda world: world.wish.pk)
ROOM = in_program(pk=lambda world: world.barcamp.pk, number=lambda world: world.camp_room.pk)
SLOT = in_program(pk=lambda world: world.barcamp.pk, number=lambda world: world.camp_slot.pk)
CELL = in_program(
    pk=lambda world: world.barcamp.pk, room=lambda world: world.camp_room.pk, slot=lambda world: world.camp_slot.pk
)
SEEN = dict.fromkeys(INSIDE, 200) | {"council": 403}
DONE = dict.fromkeys(INSIDE, 302) | {"council": 403}
OF_AUTHOR = dict.fromkeys(INSIDE, 403)
PLANS = only(302, "manager")

ROWS = {
    "community:barcamp": Row(BOARD, expect=SEEN),
    "community:barcamp_live": Row(BOARD, expect=SEEN),
    "community:barcamp_proposal_new": Row(BOARD, expect=SEEN),
    "community:barcamp_proposal_edit": Row(OWN, expect=OF_AUTHOR | {"influencer": 200}),
    "community:barcamp_proposal_withdraw": Row(
        OWN, method="post", expect=OF_AUTHOR | {"influencer": 302, "manager": 302}
    ),
    "community:barcamp_vote": Row(WISH, method="post", data=lambda world: {"wants": "on"}, expect=DONE),
    "community:barcamp_lead": Row(WISH, method="post", expect=DONE),
    "community:barcamp_cell": Row(CELL, expect=only(200, "manager")),
    "community:barcamp_place_undo": Row(BOARD, method="post", expect=PLANS),
    "community:barcamp_voting_end": Row(BOARD, expect=only(200, "manager")),
    "community:barcamp_file": Row(BOARD, expect=only(200, "manager")),
    "community:barcamp_setup": Row(BOARD, expect=only(200, "manager")),
    "community:barcamp_room_new": Row(BOARD, method="post", data=lambda world: {"room-name": "Attic"}, expect=PLANS),
    "community:barcamp_room_edit": Row(ROOM, expect=only(200, "manager")),
    "community:barcamp_room_remove": Row(ROOM, method="post", expect=PLANS),
    "community:barcamp_slot_new": Row(
        BOARD, method="post", data=lambda world: {"slot-starts": "14:00", "slot-ends": "14:45"}, expect=PLANS
    ),
    "community:barcamp_slot_edit": Row(SLOT, expect=only(200, "manager")),
    "community:barcamp_slot_remove": Row(SLOT, method="post", expect=PLANS),
}

ONCE = {
    "community:barcamp_proposal_new": Form(Proposal, lambda world: {"title": "Once", "kind": "wish"}, by="influencer"),
}
SAFE_TWICE = {
    "community:barcamp_proposal_edit": "the same words again change nothing",
    "community:barcamp_room_new": "a room of that name is there already, and says so",
    "community:barcamp_room_edit": "the same words again change nothing",
    "community:barcamp_slot_new": "a time like that is there already, and says so",
    "community:barcamp_slot_edit": "the same words again change nothing",
}
