"""The two roles of the embedded PostgreSQL have a password each, kept in the data folder for its owner only.

So a process that was given the site's password and nothing else cannot become the owner of the tables. Whoever may
read the whole folder can: for such people the files of the database lie open as well.
"""

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

OWNER, SITE = "influencer", "influencer_app"
BY_PASSWORD = "local all all scram-sha-256\n"  # noqa: S105  # a way to sign in
BY_TRUST = "local all influencer trust\n"
PATIENCE = 10.0  # seconds until the server has read its rules again


def kept(home: Path, name: str, make: Callable[[], str]) -> str:
    """A secret of this data folder: made once, readable by its owner only."""
    file = home / name
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(make())
    return file.read_text()


def secure(
    home: Path, data: Path, run: Path, as_user: dict[str, Any], read_again: Callable[[], object]
) -> dict[str, str]:
    """The password of each role, on a server that runs: it lets nobody in without. A folder from before, whose server
    asked for none, and one whose passwords were lost get new ones; the owner of the folder may do that."""
    rules = data / "pg_hba.conf"
    files = {role: f"password_{role}" for role in (OWNER, SITE)}
    is_new = rules.read_text() != BY_PASSWORD or not all((home / name).exists() for name in files.values())
    found = {role: kept(home, name, secrets.token_urlsafe) for role, name in files.items()}
    if is_new:
        _rule(rules, BY_TRUST, as_user)
        read_again()
        with _signed_in(run) as connection:
            _make(connection, found)
        _rule(rules, BY_PASSWORD, as_user)
        read_again()
        _until_shut(run)
    return found


def _rule(rules: Path, text: str, as_user: dict[str, Any]) -> None:
    """Whole or not at all: without a rule PostgreSQL does not start."""
    part = rules.with_name("pg_hba.new")
    part.write_text(text)
    part.chmod(0o600)
    if as_user:
        shutil.chown(part, user=as_user["user"])
    part.rename(rules)


def _make(connection: "psycopg.Connection", passwords: dict[str, str]) -> None:
    from psycopg import sql  # noqa: PLC0415

    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role, password in passwords.items():
        verb = sql.SQL("ALTER" if role in there else "CREATE")
        hashed = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        statement = sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, sql.Identifier(role), sql.Literal(hashed))
        connection.execute(statement)
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OWNER]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(OWNER)))


@contextlib.contextmanager
def _signed_in(run: Path) -> Iterator["psycopg.Connection"]:
    import psycopg  # noqa: PLC0415  # who brings servers of their own needs none of this

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection = psycopg.connect(host=str(run), user=OWNER, dbname="postgres", autocommit=True)
            break
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    with connection:
        yield connection


def _until_shut(run: Path) -> None:
    import psycopg  # noqa: PLC0415

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(run), user=OWNER, dbname="postgres", password="").close()
        except psycopg.OperationalError:
            return
        time.sleep(0.02)
    raise TimeoutError("PostgreSQL still lets its owner in without a password.")
