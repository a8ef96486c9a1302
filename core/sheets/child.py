"""Runs in a process of its own, without Django: reads each file in a copy of itself and writes what it understood.

Started by `process.py` as a plain script. The reading library may abort the whole process on a hostile file (it does:
512 GiB asked for by a file of 1.5 kB); then only that file's copy is gone. A request names a reader: a function of the
site's that needs no Django, such as `programs.generations.roster_file:read`. Its answer is JSON, and bounded.
"""

import gc
import importlib
import json
import os
import re
import resource
import select
import sys
from typing import Any

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 40
FILE_SIZE = 1024 * 1024 * 1024
OPEN_FILES = 32
MAX_ANSWER = 16 * 1024 * 1024
IDLE_SECONDS = 600
LONGEST_REQUEST = 65_536
UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
PERHAPS_UNSTORABLE = re.compile(r"\\u(?:0000|d[89a-f])")


def limit() -> None:
    """The limits are set before the file is touched, and cannot be raised again."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def read(request: dict[str, Any]) -> int:
    """Reads one file within the limits; what is in it goes to the file `answer`. The exit status."""
    limit()
    gc.disable()  # of a hundred thousand rows none is garbage before the end, and then the process is
    module, _, name = request["reader"].partition(":")
    try:
        found = getattr(sys.modules[module], name)(**request["args"])
        text = json.dumps(found)
        if PERHAPS_UNSTORABLE.search(text):
            text = json.dumps(storable(found))
    except MemoryError:
        text = '{"refused":"too_complex","params":{}}'
    except BaseException as error:  # noqa: BLE001 - a panic of the library is no Exception
        # Which one it was says nothing that anybody could use.
        return 4 if isinstance(error, KeyboardInterrupt | SystemExit) else 3
    if len(text) > MAX_ANSWER:
        text = '{"refused":"too_complex","params":{}}'
    with open(request["answer"], "w", encoding="ascii") as file:
        file.write(text)
    return 0


def storable(found: Any) -> Any:
    """Names of files and what stands in them may hold what no database takes: half a character, and NUL."""
    if isinstance(found, str):
        return UNSTORABLE.sub("", found)
    if isinstance(found, dict):
        return {storable(key): storable(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [storable(each) for each in found]
    return found


def copy(request: dict[str, Any]) -> int:
    """The exit status of a copy of this process that reads one file; negative when a signal ended it."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 0), os.dup2(nowhere, 1)
            status = read(request)
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def known(reader: str, loaded: set[str]) -> None:
    """Loads the reader before the copies are made: what it needs is loaded once and shared by them."""
    module = reader.partition(":")[0]
    if module not in loaded:
        importlib.import_module(module)
        loaded.add(module)
        gc.collect()
        gc.freeze()


def main(site: str, root: str) -> None:
    """Waits for files until there is nobody left to ask, or nobody has asked for long."""
    sys.path[:0] = [root]
    sys.path.append(site)
    loaded: set[str] = set()
    while select.select([0], [], [], IDLE_SECONDS)[0]:
        asked = b""
        while not asked.endswith(b"\n"):
            piece = os.read(0, LONGEST_REQUEST)
            if not piece:
                return
            asked += piece
        request = json.loads(asked)
        known(request["reader"], loaded)
        os.write(1, b"%d\n" % copy(request))


if __name__ == "__main__":
    main(*sys.argv[1:3])
