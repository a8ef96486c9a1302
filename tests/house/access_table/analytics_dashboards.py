from tests.house.access_table import Row, in_program

EVERYBODY = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)
#: Own figures are for those who take part; the address names nobody.
OWN = {
    "influencer": 200,
    "influencer2": 200,
    "manager": 403,
    "coach": 403,
    "team": 403,
    "executive": 403,
    "council": 403,
}

ROWS = {
    "analytics:dashboard": Row(in_program(), expect=EVERYBODY),
    "analytics:dashboard_export": Row(in_program(), expect=EVERYBODY),
    "analytics:kpi_catalogue": Row(in_program(), expect=EVERYBODY),
    "analytics:kpi": Row(in_program(key=lambda world: "impressions"), expect=EVERYBODY),
    "analytics:mine": Row(in_program(), expect=OWN),
    "analytics:mine_export": Row(in_program(), expect=OWN),
}
