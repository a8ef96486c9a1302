from tests.house.access_table import Row, in_program

MEMBERS = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)
READERS = dict.fromkeys(("influencer", "influencer2", "executive"), 200)  # of the newsletter
RESTING = in_program(purpose=lambda world: "participation")

ROWS = {
    # Whoever has left keeps the pages of the own rights as long as anything is kept.
    "programs:consents": Row(in_program(), expect=MEMBERS | {"agency": 200, "leaver": 200}),
    # The newsletter is offered to every member.
    "programs:consent_set": Row(
        in_program(purpose=lambda world: "newsletter"),
        "post",
        lambda world: {"on": "1"},
        expect=dict.fromkeys(MEMBERS, 302),
    ),
    "programs:consent_withdraw": Row(
        in_program(purpose=lambda world: "newsletter"),
        expect=READERS | {"pioneer": 404},  # never agreed
    ),
    # Only what rests of oneself can be taken back or deleted; who left comes back by another door.
    "programs:consent_restore": Row(RESTING, "post", expect={"leaver": 403}),
    "programs:consent_erase": Row(RESTING, expect={"leaver": 200}),
}
