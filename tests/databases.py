"""Every test finds the database it asks for as if it had just been made.

`blank` has its tables and nothing else. The furnished ones (`world`, `demo`) are made once per process, when the first
test asks for them. A test that is rolled back works in one of these; a test that commits gets a copy of its own. What
it did there the database itself has counted: its tables get back their rows, and the next test the copy under another
name. So no table is ever emptied during a test, and what the database forbids stays forbidden in tests too.
"""

import hashlib
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from psycopg import sql
from redis import Redis

from core.kit.owner import admit, rights_apart
from tests import draws, roles
from tests.copies import Copy
from tests.house.code import PACKAGES, ROOT

TEMPLATE = "test_template_"  # kept from run to run, until a migration or a package changes
NOWHERE = "test_nowhere"  # does not exist: whoever asks between two tests is told so
LOCK = 0x7E57


@dataclass(frozen=True)
class Furnished:
    name: str
    day: date
    things: bytes  # what the furnishing gave back; each test unpacks objects of its own
    files: Path


class Databases:
    def __init__(self, name: str, folder: Path, furniture: dict[str, Callable[[], Any]]) -> None:
        self.name, self.folder, self.furniture = name, folder, furniture
        self.media = folder / "media"
        self.furnished: dict[str, Furnished] = {}
        self.laid_out: tuple[Path | None, Any] = (None, None)
        self.copies = 0
        self.used: dict[str, Copy] = {}  # by their names: those in which somebody works
        self.spare: dict[str, Copy] = {}  # by their sources: in order, for the next test
        parts = connection.get_connection_params()
        self.server = {key: parts[key] for key in parts.keys() - {"cursor_factory", "context"}}
        with self._admin() as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            template = _template(admin)
            if template is None:
                template = self._make_template(admin)
            _copy(admin, template, name)
        roles.work_as_the_site()

    def enter(self, kind: str, *, alone: bool = False) -> None:
        """Work in this one from now on; `alone`: in a copy, where may be committed. `leave` gives it back."""
        found = self._furnished(kind) if kind in self.furniture else None
        name = found.name if found else self.name
        if alone:
            name = self._copy_of(name)
        self._connect(name)
        self._lay_out(found)
        forget_cache()  # numbers of rows come back, and must find nothing of the database before

    def leave(self) -> None:
        """Put the copy in order for the next test, if this one had one; drop it where that cannot be done."""
        copy = self.used.pop(connection.settings_dict["NAME"], None)
        if copy is None:
            return
        self._connect(NOWHERE)
        if copy.source in self.spare or not copy.put_in_order():
            self._drop(copy.name)
        else:
            self.spare[copy.source] = copy

    def _copy_of(self, source: str) -> str:
        """One that nobody else knows: what a test before left running finds no database of its name any more."""
        self.copies += 1
        name = f"{self.name}_copy{self.copies}"
        self._connect(NOWHERE)
        if copy := self.spare.pop(source, None):
            copy.rename(name)
        else:
            self._copy(source, name)
            copy = Copy(self.server, source, name)
        self.used[name] = copy
        return name

    def _drop_spare(self, source: str) -> None:
        if copy := self.spare.pop(source, None):
            self._drop(copy.name)

    def things(self, kind: str) -> Any:
        return pickle.loads(self.furnished[kind].things)  # noqa: S301 - packed a moment ago, by us

    def close(self) -> None:
        for name in (self.name, *(each.name for each in self.furnished.values())):
            self._drop_spare(name)
            self._drop(name)

    def _furnished(self, kind: str) -> Furnished:
        """Made for today: what lies "tomorrow" must not have become today at midnight."""
        if kind not in self.furnished or self.furnished[kind].day != date.today():
            name = f"{self.name}_{kind}"
            self._drop_spare(name)
            self._copy(self.name, name)
            self._connect(name)
            self._lay_out(None)
            day = date.today()
            with transaction.atomic(), roles.owner(), draws.of(kind):  # only the owner can give the demo a past
                things = pickle.dumps(self.furniture[kind]())
                connection.run_on_commit.clear()  # nobody is woken, as nobody is in a test that is rolled back
            files = self.folder / kind
            shutil.rmtree(files, ignore_errors=True)
            shutil.copytree(self.media, files)
            self.furnished[kind] = Furnished(name, day, things, files)
        return self.furnished[kind]

    def _lay_out(self, furnished: Furnished | None) -> None:
        """Uploads are furniture too. Most tests touch none: what still lies there as it was put there stays."""
        if self.laid_out == (furnished and furnished.files, _files_in(self.media)):
            return
        shutil.rmtree(self.media, ignore_errors=True)
        if furnished:
            shutil.copytree(furnished.files, self.media)
        else:
            self.media.mkdir(parents=True)
        self.laid_out = (furnished and furnished.files, _files_in(self.media))

    def _connect(self, name: str) -> None:
        if connection.settings_dict["NAME"] != name:
            connection.close()
            connection.close_pool()
            connection.settings_dict["NAME"] = name

    def _copy(self, source: str, name: str) -> None:
        self._connect(NOWHERE)  # a database can be copied while nobody is in it
        with self._admin() as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
            _copy(admin, source, name)

    def _drop(self, name: str) -> None:
        if connection.settings_dict["NAME"] == name:
            self._connect(NOWHERE)
        with self._admin() as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def _admin(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(**self.server, autocommit=True) as admin:
            yield admin

    def _make_template(self, admin: psycopg.Connection) -> str:
        """Migrated once for all processes and runs; under its name only when it is complete."""
        for (old,) in admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE]):
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        half, whole = f"{TEMPLATE}half", TEMPLATE + _tables()
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
        self._connect(half)
        call_command("migrate", verbosity=0)
        admit(roles.SITE)
        self._connect(NOWHERE)
        admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, whole))))
        return whole


def forget_cache() -> None:
    """Empty this worker's part of the cache; the other workers keep theirs in the same database."""
    found = _valkey(settings.CACHES["default"]["LOCATION"])
    if keys := list(found.scan_iter(f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=10_000)):
        found.delete(*keys)


@cache
def _valkey(location: str) -> Redis:
    """One for all tests: making a client reads the files of its package."""
    return Redis.from_url(location)


def _files_in(folder: Path) -> frozenset[tuple[str, int, int, int]]:
    """What lies there, and which of it is no longer what it was."""
    found = ((str(path), path.stat()) for path in folder.rglob("*"))
    return frozenset((path, stat.st_ino, stat.st_size, stat.st_mtime_ns) for path, stat in found)


def _template(admin: psycopg.Connection) -> str | None:
    name = TEMPLATE + _tables()
    return name if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() else None


def _copy(admin: psycopg.Connection, source: str, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, source))))


def _tables() -> str:
    """A word for what the tables look like: it changes with every migration, of ours or of a package."""
    found = hashlib.sha256((ROOT / "uv.lock").read_bytes() + (ROOT / "core/kit/owner.py").read_bytes())
    found.update(repr(sorted(rights_apart())).encode())
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("migrations/*.py")):
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]
