"""Keeps one small process ready that has the reading library loaded; each file is read by a copy of it, made by fork.

Starting Python and loading the library takes longer than reading a file, so it is paid once per worker. The process
itself never touches a file. It ends with its worker (its input closes), and when nothing came for some minutes.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

_lock = Lock()  # one file at a time; a worker reads one at a time anyway
LOOK_UP = 0.5  # seconds after which it is asked whether the file is still wanted


class NotWanted(Exception):
    """Nobody waits for this file any more; its reader was ended."""


def always() -> bool:
    return True


class Readers:
    """The ready process of this worker."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.made_for: tuple[int, list[str]] | None = None

    def read(
        self,
        script: Path,
        folders: list[str],
        request: dict[str, object],
        *,
        seconds: float,
        is_wanted: Callable[[], bool] = always,
    ) -> int:
        """The exit status of the copy that read the file (negative: killed by that signal).

        TimeoutError when late, NotWanted when `is_wanted` says so in between.
        """
        line = (json.dumps(request) + "\n").encode()
        with _lock:
            for _ in range(2):  # it may have gone to sleep for good a moment ago
                status = self._ask(self._ready([str(script), *folders]), line, seconds, is_wanted)
                if status is not None:
                    return status
                self.stop()
        raise ChildProcessError("The process that reads files does not start.")

    def stop(self) -> None:
        """With the process goes the copy that is still reading: both are one group."""
        process, self.process = self.process, None
        if process is None or self.made_for is None or self.made_for[0] != os.getpid():
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.wait()

    def _ready(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        wanted = (os.getpid(), arguments)  # after a fork the parent's is not ours
        if self.process is None or self.made_for != wanted or self.process.poll() is not None:
            self.stop()
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
                env={},
            )
            self.made_for = wanted
        return self.process

    def _ask(
        self, process: subprocess.Popen[bytes], line: bytes, seconds: float, is_wanted: Callable[[], bool]
    ) -> int | None:
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(line)
        except BrokenPipeError:
            return None
        end = time.monotonic() + seconds
        while not select.select([process.stdout], [], [], max(0, min(LOOK_UP, end - time.monotonic())))[0]:
            if time.monotonic() >= end:
                self.stop()
                raise TimeoutError
            if not is_wanted():
                self.stop()
                raise NotWanted
        answer = process.stdout.read(16)
        return int(answer) if answer.endswith(b"\n") else None


readers = Readers()
atexit.register(readers.stop)
