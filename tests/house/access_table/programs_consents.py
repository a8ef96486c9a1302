from tests.house.access_table import Row, in_program

MEMBERS = ("manager", "influencer", "influencer2", "coach", "executive", "council")

ROWS = {
    "programs:consents": Row(in_program(), expect=dict.fromkeys(MEMBERS, 200)),
    # The newsletter is offered to every member.
    "programs:consent_set": Row(
        in_program(purpose=lambda world: "newsletter"),
        "post",
        lambda world: {"on": "1"},
        expect=dict.fromkeys(MEMBERS, 302),
    ),
}
