"""The two roles of the database in tests. They sign in as the owner of the tables, because they make and drop whole
databases; but every connection works as the site's role, with no right that production does not give it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

SITE = str(settings.DATABASES["default"]["USER"]) if settings.DATABASE_OWNER else "influencer_app"
AS_SITE = f"-c role={SITE}"  # what libpq tells the server when it connects


@contextmanager
def signed_in_as_owner() -> Iterator[None]:
    """For the whole run. A command that wants to be the owner need not sign in anew."""
    if settings.DATABASE_OWNER:
        names = ("USER", "PASSWORD", "HOST", "PORT")
        connection.settings_dict.update({name: settings.DATABASE_OWNER[name] for name in names})
        settings.DATABASE_OWNER = None
    yield


def work_as_the_site() -> None:
    """From now on: this connection and every other one of the process."""
    connection.close()
    connection.close_pool()
    connection.settings_dict["OPTIONS"]["options"] = AS_SITE


@contextmanager
def owner(*, guards: bool = True) -> Iterator[Any]:
    """A cursor with the rights of the owner; `guards=False` puts triggers to sleep, as only a superuser can."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        if not guards:
            cursor.execute("SET session_replication_role = replica")
        try:
            yield cursor
        finally:
            if not connection.needs_rollback:
                cursor.execute("RESET session_replication_role")
                cursor.execute("RESET ROLE")
