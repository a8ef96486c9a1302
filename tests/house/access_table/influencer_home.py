from tests.house.access_table import Row, in_program

EVERYBODY = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)
AGENCY = {"agency": 200}  # a guest has a start page, and finds nothing by searching

ROWS = {
    "home:start": Row(others=302, expect=EVERYBODY | AGENCY | dict.fromkeys(("stranger", "leaver"), 200)),
    "home:program": Row(in_program(), expect=EVERYBODY | AGENCY),
    "set_language": Row(method="post", others=302),
}
ROWS["home:first"] = Row(others=302)  # the site has people: its work is done
ROWS["home:search"] = Row(in_program(), expect=EVERYBODY)
ROWS["home:accent"] = Row(in_program(), expect=EVERYBODY | AGENCY)
SAFE_TWICE = {
    "home:first": "only one account is the first",
}
