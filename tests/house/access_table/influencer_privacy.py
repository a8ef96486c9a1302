from tests.house.access_table import Row, in_program

MEMBERS = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)

ROWS = {
    # Whoever has left keeps this page as long as anything is kept.
    "privacy:mine": Row(in_program(), expect=MEMBERS | {"agency": 200, "leaver": 200}),
    "privacy:left": Row(others=200, visitor=200),
    "privacy:export": Row(others=200),
    "privacy:account_delete": Row(others=200, expect={"executive": 302}),  # who can prove it, does so first
    "privacy:account_leaving": Row(others=302),
    "privacy:account_stay": Row(method="post", others=302),
    "privacy:account_asked": Row(others=200, visitor=200),
    "privacy:account_keep": Row(lambda world: {"token": "made-up"}, others=410, visitor=410),
    "privacy:council": Row(
        in_program(),
        expect={
            "manager": 200,
            "council": 200,
            "influencer": 403,
            "influencer2": 403,
            "coach": 403,
            "team": 403,
            "executive": 403,
        },
    ),
    "privacy:decisions": Row(
        in_program(),
        expect={
            "council": 200,
            "manager": 403,
            "influencer": 403,
            "influencer2": 403,
            "coach": 403,
            "team": 403,
            "executive": 403,
        },
    ),
    "privacy:decisions_past": Row(
        in_program(),
        expect={
            "council": 200,
            "manager": 403,
            "influencer": 403,
            "influencer2": 403,
            "coach": 403,
            "team": 403,
            "executive": 403,
        },
    ),
    "privacy:log": Row(
        in_program(),
        expect={
            "council": 200,
            "manager": 403,
            "influencer": 403,
            "influencer2": 403,
            "coach": 403,
            "team": 403,
            "executive": 403,
        },
    ),
}
