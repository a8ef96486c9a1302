from tests.house.access_table import Row, in_program

EVERYBODY = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)

ROWS = {"analytics:targets": Row(in_program(), expect=EVERYBODY)}
