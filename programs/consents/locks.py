"""One decision on a person's consents at a time."""

from typing import TYPE_CHECKING

from django.db import connection

from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def hold(user: "User", program: Program) -> None:
    """Until the end of the transaction nobody else decides on this person's consents in this program. Whatever decides
    on several things (joining, leaving, coming back) takes this first, so that no two wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"consents:{program.pk}:{user.pk}"])
