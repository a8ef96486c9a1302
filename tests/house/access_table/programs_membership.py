from programs.membership.models import TeamInvitation
from programs.membership.team_letters import token_of
from tests.house.access_table import Form, Row, in_program

INSIDE = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council")


def only(status: int, *members: str) -> dict[str, int]:
    """Named members get `status`, the rest of the program 403; everybody else 404."""
    return dict.fromkeys(INSIDE, 403) | dict.fromkeys(members, status)


DEPUTY = in_program(pk=lambda world: world.deputy_membership.pk)
ROWS = {
    "programs:hand_over": Row(in_program(), expect=dict.fromkeys(INSIDE, 200)),
    "programs:hand_over_undo": Row(in_program(), method="post", expect=dict.fromkeys(INSIDE, 302)),
    "programs:contacts": Row(in_program(), expect=dict.fromkeys(INSIDE, 200)),
    "programs:program_settings": Row(in_program(), expect=only(200, "manager", "council")),
    "programs:logo": Row(in_program(), expect=only(200, "manager")),
    "programs:member_new": Row(in_program(), expect=only(200, "manager")),
    "programs:guest_new": Row(in_program(), expect=only(200, "manager")),
    "programs:member_edit": Row(DEPUTY, expect=only(200, "manager")),
    "programs:member_end": Row(DEPUTY, method="post", expect=only(302, "manager")),
    "programs:member_welcome": Row(DEPUTY, method="post", expect=only(302, "manager")),
    "programs:member_restore": Row(DEPUTY, method="post", expect=only(302, "manager")),
}
INVITED = in_program(pk=lambda world: world.team_invitation.pk)
WAITING = in_program(pk=lambda world: world.waiting_invitation.pk)
LINK = Row(lambda world: {"token": token_of(world.team_invitation)}, others=200, visitor=200)
ROWS |= {
    "programs:team_invitation": LINK,
    "programs:team_agree": Row(WAITING, expect=only(200, "manager", "council") | {"admin": 200}),
    "programs:team_withdraw": Row(INVITED, method="post", expect=only(302, "manager")),
    "programs:team_restore": Row(INVITED, method="post", expect=only(302, "manager")),
}
ROWS["programs:second_factor"] = Row(others=200)

ONCE = {
    "programs:member_new": Form(
        TeamInvitation, lambda world: {"email": "once@example.com", "name": "Once", "role": "coach"}
    ),
    "programs:guest_new": Form(
        TeamInvitation, lambda world: {"email": "once@agency.example", "name": "Once", "language": "en"}
    ),
}
SAFE_TWICE = {
    "programs:logo": "the same picture again is no other one",
}
