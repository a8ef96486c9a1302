"""Memory of web, worker and beat as `make run` starts them: PSS, so that what processes share is counted once."""

import os
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


def run(report: "Report") -> None:
    import psutil

    port = _free_port()
    environment = os.environ | {"PORT": str(port), "LOG_LEVEL": "ERROR", "STATIC_HASHED": "0"}
    environment["DATA_DIR"] = environment["DATA_DIR"] + "/memory"
    Path(environment["DATA_DIR"]).mkdir()
    site = subprocess.Popen(
        [sys.executable, "manage.py", "up", "--no-demo"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _until_ready(port)
        for _ in range(REQUESTS):  # what a page needs is loaded now
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10).read()
        total: list[float] = []
        parts: dict[str, list[float]] = {"web": [], "worker": [], "beat": [], "mail (demo only)": []}
        for _ in range(5):
            sizes = dict.fromkeys(parts, 0.0)
            for process in psutil.Process(site.pid).children(recursive=True):
                with suppress(psutil.Error):
                    sizes[_kind(process)] += process.memory_full_info().pss / 2**20
            for kind, size in sizes.items():
                parts[kind].append(size)
            total.append(sum(size for kind, size in sizes.items() if "demo" not in kind))
            time.sleep(0.5)
        for kind, figures in parts.items():
            report.line(f"memory of {kind}", figures, "MiB PSS")
        report.line("memory of web, worker and beat", total, "MiB PSS")
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(30)


def _kind(process: "psutil.Process") -> str:  # noqa: F821 - imported where it is needed
    command = " ".join(process.cmdline())
    words = {"gunicorn": "web", " worker ": "worker", " beat ": "beat", "sink": "mail (demo only)"}
    return next(kind for word, kind in words.items() if word in command)


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _until_ready(port: int) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with suppress(OSError):
            if urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5).status == 200:
                return
        time.sleep(0.3)
    raise RuntimeError("The site does not answer.")
