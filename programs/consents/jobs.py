from django.db import connection, transaction

# Grants first: the database lets a line go only while an old withdrawal that came after it can still be seen.
SQL = """
    DELETE FROM programs_consentevent line WHERE action = %s AND at < now() - interval '3 years'
    AND EXISTS (SELECT 1 FROM programs_consentevent later
                WHERE later.program_id = line.program_id AND later.person_ref = line.person_ref
                AND later.purpose = line.purpose AND later.action = 'withdrawn' AND later.id >= line.id
                AND later.at < now() - interval '3 years')
"""


@transaction.atomic
def retention() -> int:
    """Proof of a consent is kept until three years after it was withdrawn: so long somebody may ask for it."""
    removed = 0
    with connection.cursor() as cursor:
        for action in ("granted", "withdrawn"):
            cursor.execute(SQL, [action])
            removed += cursor.rowcount
    return removed
