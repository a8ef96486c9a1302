"""Two roles in the database: one owns the tables and changes their shape, the other one is the site at work.

The site signs in with DATABASE_URL, migrations with DATABASE_OWNER_URL. What the site's role may do with a table stands
at its model: `database_may`, everything but TRUNCATE where nothing is said. So a proof that must not be rewritten
cannot be rewritten by the site either, whatever it is made to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, connection, transaction
from psycopg import sql

USUAL = ("SELECT", "INSERT", "UPDATE", "DELETE")
NO_ROLE = (
    "The role {role} of DATABASE_URL is not there, and the role of DATABASE_OWNER_URL may not make it. "
    "Have it made once: CREATE ROLE {role} LOGIN PASSWORD '...';"
)


@contextmanager
def as_owner() -> Iterator[None]:
    """Within, the database is talked to as the owner of its tables. Without DATABASE_OWNER_URL there is one role."""
    owner: dict[str, Any] | None = settings.DATABASE_OWNER
    if owner is None:
        yield
        return
    at_work = dict(connection.settings_dict)
    _sign_in(owner)
    try:
        yield
    finally:
        _sign_in(at_work)


def _sign_in(values: dict[str, Any]) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL's backend
    connection.settings_dict.update({name: values[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")})


@transaction.atomic
def admit(role: str, password: str = "") -> None:
    """Let the site's role do its work: make it where it is missing, and say for every table what it may do there."""
    with connection.cursor() as cursor:
        _make(cursor, role, password)
        name = sql.Identifier(role)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            f"GRANT {', '.join(USUAL)} ON ALL TABLES IN SCHEMA public TO {{}}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(name))
        for label, may in rights_apart():
            table = sql.Identifier(label)
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(table, name))
            rights = sql.SQL(", ").join(map(sql.SQL, may))
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(rights, table, name))


def rights_apart() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tables with rights of their own."""
    for model in apps.get_models(include_auto_created=True):
        may = getattr(model, "database_may", USUAL)
        if may != USUAL:
            yield model._meta.db_table, may


def _make(cursor: Any, role: str, password: str) -> None:
    """A role that is there keeps its right to sign in, with the password of today."""
    verb = "ALTER" if _is_there(cursor, role) else "CREATE"
    statement = sql.SQL("{} ROLE {} LOGIN").format(sql.SQL(verb), sql.Identifier(role))
    if password:  # hashed here: a server that logs statements never sees it
        hashed = cursor.connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(hashed))
    elif verb == "ALTER":
        return
    try:
        with transaction.atomic():
            cursor.execute(statement)
    except DatabaseError as error:  # not allowed to; or somebody made it in this moment
        if not _is_there(cursor, role):
            raise CommandError(NO_ROLE.format(role=role)) from error


def _is_there(cursor: Any, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None
