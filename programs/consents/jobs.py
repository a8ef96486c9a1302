from django.db import connection

from core.schedule.each import Outcome, each
from programs.consents import erasures
from programs.consents.locks import hold
from programs.consents.models import Erasure


def erase_due() -> Outcome:
    """Destroy what has rested long enough since a consent was withdrawn, each person's in a transaction of its own."""
    rows = Erasure.objects.select_related("program", "user").order_by("due_on", "pk")
    due = [row for row in rows if not row.may_be_taken_back]
    return each("consents.erase_due", due, _erase, key=lambda row: row.pk)


def _erase(erasure: Erasure) -> None:
    hold(erasure.user, erasure.program)  # a return in this very moment waits, or was faster
    held = Erasure.objects.select_for_update(of=("self",)).select_related("program", "user")
    found = held.filter(pk=erasure.pk).first()
    if found is not None and not found.may_be_taken_back:
        erasures.destroy(found)


def retention() -> int:
    """Proof of a consent is kept until three years after it was withdrawn: so long somebody may ask for it. The site's
    role cannot delete a line; a function of the tables' owner does, and it knows no other case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programs_forget_old_consents()")
        return int(cursor.fetchone()[0])
