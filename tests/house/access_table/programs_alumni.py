from tests.house.access_table import Row, in_program

ROWS = {
    # For who left, as long as they may think again, and for who stays in touch. Members have nothing to choose here.
    "programs:alumni": Row(in_program(), expect={"leaver": 200}),
    "programs:alumni_stay": Row(in_program(), "post", expect={"leaver": 302}),
    "programs:alumni_end": Row(in_program(), "post", expect={"leaver": 302}),
}
