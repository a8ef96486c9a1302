from tests.house.access_table import Row, in_program
from tests.house.access_table.programs_membership import INSIDE

EVERYBODY = dict.fromkeys(INSIDE, 200)

ROWS = {
    "community:events": Row(in_program(), expect=EVERYBODY),
}
