from tests.house.access_table import Row

# Whoever leads no program and reads no reports of one has nothing to compare; a stranger leads one of their own.
ROWS = {"analytics:portfolio": Row(others=403, expect=dict.fromkeys(("manager", "executive", "stranger"), 200))}
