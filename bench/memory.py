"""Memory of web, worker and beat as `make run` starts them, against a bare project with the same servers: PSS, so that
what processes share is counted once. Both run without the tools that developers have: some packages load those when
they find them."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness import ROOT

if TYPE_CHECKING:
    from bench.harness import Report

NAME = "memory"
REQUESTS = 60
TARGET = 1.4
WEB = "-m gunicorn bench.bare_site:application -w 2 --threads 4 -k gthread --preload --no-control-socket -b 127.0.0.1:"
WORKER = "-m celery -q -A bench.bare_site worker -c 2 -l WARNING --without-gossip --without-mingle --without-heartbeat"
BEAT = "-m celery -q -A bench.bare_site beat --pidfile= -l WARNING -s "


def run(report: "Report") -> None:
    python = _without_tools(Path(os.environ["DATA_DIR"]) / "python")
    port = _free_port()
    environment = os.environ | {"PORT": str(port), "LOG_LEVEL": "ERROR", "STATIC_HASHED": "0"}
    environment["DATA_DIR"] = environment["DATA_DIR"] + "/memory"
    Path(environment["DATA_DIR"]).mkdir()
    commands = [["manage.py", "up", "--no-demo"]]
    ours = _sizes(python, commands, environment, port, "/health/ready", "/accounts/login/")
    port = _free_port()
    schedule = os.environ["DATA_DIR"] + "/bare-beat"
    commands = [[*WEB.split()[:-1], WEB.split()[-1] + str(port)], WORKER.split(), [*BEAT.split(), schedule]]
    environment = os.environ | {"BARE_BROKER": os.environ["REDIS_URL"].replace("unix://", "redis+socket://")}
    bare = _sizes(python, commands, environment, port, "/page/", "/page/")
    for kind, figures in ours.items():
        report.line(f"memory of {kind}", figures, "MiB PSS", bare[kind] if any(bare[kind]) else None)
    report.line("memory of web, worker and beat", _totals(ours), "MiB PSS", _totals(bare), TARGET)


def _totals(parts: dict[str, list[float]]) -> list[float]:
    return [sum(each) for each in zip(*(parts[kind] for kind in ("web", "worker", "beat")), strict=True)]


def _without_tools(folder: Path) -> str:
    """The Python of an environment as the image has it, which compiles what it installs: who compiles while it starts
    keeps what that took."""
    uv = shutil.which("uv") or str(ROOT / ".venv-uv/bin/uv")
    command = [uv, "sync", "--quiet", "--frozen", "--no-dev", "--python", sys.executable]
    as_in_image = {"UV_PROJECT_ENVIRONMENT": str(folder), "UV_COMPILE_BYTECODE": "1"}
    subprocess.run(command, cwd=ROOT, env=os.environ | as_in_image, check=True)
    packages = ["bench", "core", "programs", "community", "analytics", "influencer"]
    subprocess.run([folder / "bin/python", "-m", "compileall", "-q", *packages], cwd=ROOT, check=True)
    return str(folder / "bin/python")


def _sizes(
    python: str, commands: list[list[str]], environment: dict[str, str], port: int, ready: str, page: str
) -> dict[str, list[float]]:
    """By kind of process, five times, once what a page needs is loaded."""
    import psutil

    started = [
        subprocess.Popen([python, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        _until_ready(port, ready)
        for _ in range(REQUESTS):
            urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=10).read()
        time.sleep(3)  # the worker's pool is there
        parts: dict[str, list[float]] = {"web": [], "worker": [], "beat": [], "mail (demo only)": []}
        for _ in range(5):
            sizes = dict.fromkeys(parts, 0.0)
            for parent in started:
                for process in [psutil.Process(parent.pid), *psutil.Process(parent.pid).children(recursive=True)]:
                    with suppress(psutil.Error, StopIteration):
                        sizes[_kind(process)] += process.memory_full_info().pss / 2**20
            for kind, size in sizes.items():
                parts[kind].append(size)
            time.sleep(0.5)
        return parts
    finally:
        for parent in started:
            parent.send_signal(signal.SIGTERM)
        for parent in started:
            parent.wait(30)


def _kind(process: "psutil.Process") -> str:  # noqa: F821 - imported where it is needed
    command = " ".join(process.cmdline())
    words = {"gunicorn": "web", " worker ": "worker", " beat ": "beat", "sink": "mail (demo only)"}
    return next(kind for word, kind in words.items() if word in command)


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _until_ready(port: int, page: str) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with suppress(OSError):
            if urllib.request.urlopen(f"http://127.0.0.1:{port}{page}", timeout=5).status == 200:
                return
        time.sleep(0.3)
    raise RuntimeError("The site does not answer.")
