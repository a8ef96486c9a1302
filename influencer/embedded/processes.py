"""The processes of `make run`: started together, stopped together, nothing left behind.

A child dies with its parent (Linux), and every process is written down with its start time, so that the next run
ends exactly what a killed run left, and never a stranger that got the same number.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from influencer.embedded.servers import EmbeddedError, data_dir

GRACE = 10  # seconds from the polite signal to the last one
SET_PARENT_DEATH_SIGNAL = 1  # prctl(2)
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Part:
    """One process of the site and what people call it."""

    name: str
    process: subprocess.Popen[bytes]


class Crew:
    """What `make run` has started."""

    def __init__(self, register: Path, environment: Mapping[str, str]) -> None:
        self.register, self.environment = register, dict(environment)
        self.parts: list[Part] = []

    def start(self, name: str, *command: str, keep: Sequence[int] = ()) -> None:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches only `up`, which stops the parts in order
            pass_fds=tuple(keep),
            preexec_fn=_die_with(os.getpid()),
        )
        self.parts.append(Part(name, process))
        write_register(self.register, [os.getpid(), *(part.process.pid for part in self.parts)])

    def ended(self) -> Part | None:
        """The first part that is no longer there."""
        return next((part for part in self.parts if part.process.poll() is not None), None)

    def stop(self) -> None:
        for part in self.parts:
            with contextlib.suppress(ProcessLookupError):
                part.process.terminate()
        deadline = time.monotonic() + GRACE
        for part in self.parts:
            with contextlib.suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.0, deadline - time.monotonic()))
        for part in self.parts:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(part.process.pid, signal.SIGKILL)  # also what a part has started itself
            part.process.wait()
        self.register.unlink(missing_ok=True)


def prepare() -> dict[str, str]:
    """Before anything starts: the environment of the site, and a clear sentence where it cannot run."""
    port = os.environ.get("PORT", "").strip() or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise EmbeddedError(f"PORT must be a number from 1 to 65535, not {port!r}.")
    home = data_dir()
    writable(home)
    _only_one(home, port)
    end_leftovers(home / "up.json")
    _check_port(int(port))
    return {
        "PORT": port,
        "SITE_URL": os.environ.get("SITE_URL") or f"http://localhost:{port}",
        "DEMO_SITE": os.environ.get("DEMO_SITE") or "1",
    }


def writable(home: Path) -> None:
    try:
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(0o700)  # before anything of ours lies in it, whatever the umask of the shell is
        probe = home / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise EmbeddedError(
            f"Nothing can be written to {home} ({error.strerror}). Set DATA_DIR to a folder of yours, for example:\n"
            "  DATA_DIR=$HOME/influencer-data make run"
        ) from None


_held: list[TextIOWrapper] = []  # the kernel drops the lock when this process ends, however it ends


def _only_one(home: Path, port: str) -> None:
    file = (home / "up.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        raise EmbeddedError(
            f"The site already runs with the data in {home} (at {file.read() or 'another port'}).\n"
            "Use that one, stop it with Ctrl-C, or choose another folder: DATA_DIR=/another/folder make run"
        ) from None
    file.truncate(0)
    file.write(f"http://localhost:{port}")
    file.flush()
    _held.append(file)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise EmbeddedError(
                f"Port {port} is reserved for the system. Choose one above 1023: PORT=8001 make run"
            ) from None
        except OSError:
            other = 8001 if port == 8000 else port + 1
            raise EmbeddedError(
                f"Port {port} is in use by another program. Stop that program, or choose another port:\n"
                f"  PORT={other} make run"
            ) from None


def write_register(register: Path, pids: Sequence[int]) -> None:
    part = register.with_suffix(".part")
    part.write_text(json.dumps([[pid, start_time(pid)] for pid in pids]))
    part.replace(register)


def end_leftovers(register: Path) -> int:
    """End what a killed run left behind; return how many processes that were."""
    leftovers = list(_leftovers(register))
    for last in (signal.SIGTERM, signal.SIGKILL):
        for pid in leftovers:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, last)
        deadline = time.monotonic() + GRACE
        while any(map(start_time, leftovers)) and time.monotonic() < deadline:
            time.sleep(0.1)
    register.unlink(missing_ok=True)
    return len(leftovers)


def _leftovers(register: Path) -> Iterator[int]:
    try:
        rows = json.loads(register.read_text())
    except (OSError, ValueError):  # no earlier run, or a half-written file of one
        return
    for pid, started in rows:
        if started and start_time(pid) == started and pid != os.getpid():
            yield pid


def start_time(pid: int) -> str:
    """When the process began, as the kernel tells it; empty when there is none (or only its ghost)."""
    if sys.platform == "linux":
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] == "Z" else fields[19]
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607 - ps as found
    return answer.stdout.strip()


def _die_with(parent: int) -> Callable[[], None]:
    """Runs between fork and exec."""

    def ask_kernel() -> None:
        if _libc is not None:
            _libc.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

    return ask_kernel
