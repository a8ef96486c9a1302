from typing import Any

from programs.generations.models import Generation, Roster, Step
from tests.factories.generations import make_generation
from tests.house.access_table import Form, Row, in_program

MEMBERS = dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)
MANAGER_READS = MEMBERS | {"manager": 200}
MANAGER_CHANGES = MEMBERS | {"manager": 302}
PARTICIPANTS = dict.fromkeys(("manager", "coach", "team", "executive", "council"), 403)

GENERATION = in_program(pk=lambda world: world.generation.pk)
ROSTER = in_program(pk=lambda world: world.roster.pk)
INVITATION = in_program(pk=lambda world: world.invitation.pk)
STEP = in_program(pk=lambda world: world.step.pk)


def own_step(world: Any) -> int:
    """A text to write, which the program added."""
    # Its number is the same in each walk, so that two of them can be compared.
    fields = {"id": 700_000_000_000_001, "title": {"en": "Why you"}, "kind": Step.Kind.WRITE, "position": 30}
    return Step.objects.get_or_create(generation=world.generation, key="own-9", defaults=fields)[0].pk


OWN_STEP = WRITES = in_program(pk=own_step)
NEW = {"name": "G", "start_on": "2026-03-01", "places": 3}


def empty(world: Any) -> int:
    """A generation in which nobody ever was."""
    return make_generation(world.program, world.program.generations.count() + 9).pk


def deleted(world: Any) -> int:
    generation = make_generation(world.program, world.program.generations.count() + 9)
    generation.put_away()
    return generation.pk


def _second(world: Any) -> dict[str, Any]:
    return {"generation": world.generation2.pk}


def with_token(world: Any) -> dict[str, Any]:
    return {"token": world.invitation_token}


ROWS = {
    "programs:people": Row(in_program(), expect=MANAGER_READS),
    "programs:generation_new": Row(in_program(), "post", lambda world: NEW, expect=MANAGER_CHANGES),
    "programs:generation_detail": Row(GENERATION, expect=MANAGER_READS),
    "programs:invitations": Row(GENERATION, expect=MANAGER_READS),
    "programs:invitations_change": Row(GENERATION, "post", expect=MANAGER_CHANGES),
    "programs:generation_steps": Row(GENERATION, expect=MANAGER_READS),
    "programs:step_new": Row(GENERATION, expect=MANAGER_READS),
    "programs:step_move": Row(STEP, "post", lambda world: {"to": "down"}, expect=MANAGER_CHANGES),
    "programs:step_remove": Row(OWN_STEP, "post", expect=MANAGER_CHANGES),
    "programs:step_restore": Row(OWN_STEP, "post", expect=MANAGER_CHANGES),
    "programs:step_edit": Row(STEP, expect=MANAGER_READS),
    "programs:invitations_restore": Row(GENERATION, "post", expect=MANAGER_CHANGES),
    "programs:generation_edit": Row(GENERATION, "post", lambda world: NEW, expect=MANAGER_CHANGES),
    "programs:generation_close": Row(GENERATION, "post", expect=MANAGER_CHANGES),
    "programs:people_move": Row(GENERATION, expect=MANAGER_READS),
    "programs:moves_undo": Row(GENERATION, "post", expect=MANAGER_CHANGES),
    "programs:generation_merge": Row(GENERATION, data=_second, expect=MANAGER_READS),
    "programs:generation_unmerge": Row(GENERATION, "post", expect=MANAGER_CHANGES),
    "programs:generation_delete": Row(in_program(pk=empty), "post", expect=MANAGER_CHANGES),
    "programs:generation_restore": Row(in_program(pk=deleted), "post", expect=MANAGER_CHANGES),
    "programs:roster_new": Row(GENERATION, "post", lambda world: {"text": "a@b.de"}, expect=MANAGER_CHANGES),
    "programs:roster_detail": Row(ROSTER, expect=MANAGER_READS),
    "programs:roster_apply": Row(ROSTER, "post", expect=MANAGER_CHANGES),
    "programs:invitation_resend": Row(INVITATION, "post", expect=MANAGER_CHANGES),
    "programs:invitation_revoke": Row(INVITATION, "post", expect=MANAGER_CHANGES),
    # A link is for whoever holds it. Who is signed in as somebody else is told so and cannot join with it.
    "programs:invitation": Row(with_token, others=200, visitor=200),
    "programs:invitation_answer": Row(with_token, "post", lambda world: {"answer": "join"}, others=422, visitor=422),
    "programs:path": Row(in_program(), expect=PARTICIPANTS | {"influencer": 200, "influencer2": 200}),
    # A step of another generation does not exist: influencer2 is in the second one.
    "programs:step_done": Row(STEP, "post", expect=PARTICIPANTS | {"influencer": 302}),
    "programs:step_write": Row(WRITES, expect=PARTICIPANTS | {"influencer": 200}),
    "programs:step_undo": Row(STEP, "post", expect=PARTICIPANTS | {"influencer": 302}),
    "programs:participation_pause": Row(
        in_program(), "post", expect=PARTICIPANTS | {"influencer": 302, "influencer2": 302}
    ),
    # Coming back asks for an own participation, not for a role: who has left has none any more.
    "programs:participation_resume": Row(in_program(), "post", expect={"influencer": 302, "influencer2": 302}),
    # One's own, also after leaving, as long as the fact of having taken part is kept.
    "programs:participation_note": Row(in_program(), expect={"influencer": 200, "influencer2": 200}),
    "programs:participation_leave": Row(in_program(), expect=PARTICIPANTS | {"influencer": 200, "influencer2": 200}),
}

SAFE_TWICE = {"programs:step_write": "the same text again is no other one"}
ONCE = {
    "programs:generation_new": Form(Generation, lambda world: {"name": "Once", "start_on": "2027-03-01", "places": 3}),
    "programs:step_new": Form(Step, lambda world: {"title_en": "Once", "kind": "do", "due_days": 3, "minutes": 10}),
    "programs:roster_new": Form(Roster, lambda world: {"text": "once@example.com"}),
}
TAKEN_BACK_BY = {"programs:generation_unmerge": "programs:generation_merge"}
NEEDS_NO_UNDO = {"programs:generation_restore": "brings back what was deleted; its page deletes it again"}
NOBODY_ELSE_EDITS = {
    "programs:people_move MovingForm": "it chooses who is moved; nothing is stored before it is sent",
}
