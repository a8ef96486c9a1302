from django.db import connection


def retention() -> int:
    """Proof of a consent is kept until three years after it was withdrawn: so long somebody may ask for it. The site's
    role cannot delete a line; a function of the tables' owner does, and it knows no other case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programs_forget_old_consents()")
        return int(cursor.fetchone()[0])
