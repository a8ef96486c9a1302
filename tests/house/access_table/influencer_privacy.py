from tests.house.access_table import Row, in_program

MEMBERS = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "executive", "council"), 200)

ROWS = {
    # Whoever has left keeps this page as long as anything is kept.
    "privacy:mine": Row(in_program(), expect=MEMBERS | {"leaver": 200}),
    "privacy:left": Row(others=200, visitor=200),
    "privacy:export": Row(others=200),
    "privacy:council": Row(
        in_program(),
        expect={"manager": 200, "council": 200, "influencer": 403, "influencer2": 403, "coach": 403, "executive": 403},
    ),
    "privacy:log": Row(
        in_program(),
        expect={"council": 200, "manager": 403, "influencer": 403, "influencer2": 403, "coach": 403, "executive": 403},
    ),
}
