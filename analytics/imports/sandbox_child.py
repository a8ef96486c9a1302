"""Runs in a process of its own, without Django: reads each file in a copy of itself and writes what is in it as JSON.

Started by `sandbox_process.py` as a plain script with as few imports as possible. The reading library may abort the
whole process on a hostile file (it does: 512 GiB asked for by a file of 1.5 kB); then only that file's copy is gone.
"""

import gc
import os
import resource
import select
import sys

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 20
FILE_SIZE = 1024 * 1024 * 1024
OPEN_FILES = 32
MAX_OUTPUT = 48 * 1024 * 1024
MAX_CELLS = 1_000_000
IDLE_SECONDS = 600


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


def tagged(cell: object) -> object:
    """Date cells travel as {"date": "2026-10-03"}, everything else that is odd as text."""
    isoformat = getattr(cell, "isoformat", None)
    return {"date": isoformat()} if isoformat and hasattr(cell, "year") else str(cell)


def encoded(value: object) -> str:
    # The C encoder alone: importing `json` would cost more than reading the file.
    try:
        import _json  # noqa: PLC0415 - an internal of Python, absent in other builds

        encode = _json.make_encoder(None, tagged, _json.encode_basestring_ascii, None, ":", ",", False, False, True)
        return "".join(encode(value, 0))
    except (ImportError, AttributeError, TypeError):
        import json  # noqa: PLC0415 - only where the fast way is missing

        return json.dumps(value, default=tagged)


def cells(path: str) -> dict[str, object]:
    """Every visible worksheet, from its cell A1."""
    import python_calamine  # noqa: PLC0415 - found only after main() has set the path

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets = []
        total = 0
        for meta in book.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            total += sheet.total_height * sheet.total_width
            if total > MAX_CELLS:
                return {"refused": "too_many_cells", "params": {"limit": MAX_CELLS}}
            sheets.append({"name": meta.name, "rows": sheet.to_python(skip_empty_area=False)})
    except python_calamine.PasswordError:
        return {"refused": "encrypted", "params": {}}
    except (python_calamine.CalamineError, OSError, ValueError):
        return {"refused": "damaged", "params": {}}
    return {"sheets": sheets}


def lines(path: str, out: str, posts: str, root: str) -> dict[str, object]:
    """A table of readings: its rows and posts go to files, only the summary is printed."""
    sys.path.insert(0, root)
    from analytics.imports.sources import readings_csv  # noqa: PLC0415 - found only after the path is set

    return readings_csv.read_to_json(path, out, posts)


def read(mode: str, root: str, path: str, out: str, posts: str, answer: str) -> int:
    """Reads one file within the limits; what is in it goes to the file `answer`. The exit status."""
    limit()
    try:
        found = cells(path) if mode == "cells" else lines(path, out, posts, root)
        text = encoded(found)
    except MemoryError:
        text = '{"refused":"too_complex","params":{}}'
    except BaseException as error:  # noqa: BLE001 - a panic of the library is no Exception
        # Which one it was says nothing that anybody could use.
        return 4 if isinstance(error, KeyboardInterrupt | SystemExit) else 3
    if len(text) > MAX_OUTPUT:
        text = encoded({"refused": "too_many_cells", "params": {"limit": MAX_CELLS}})
    with open(answer, "w", encoding="ascii") as file:
        file.write(text)
    return 0


def copy(root: str, request: bytes) -> int:
    """The exit status of a copy of this process that reads one file; negative when a signal ended it."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 0), os.dup2(nowhere, 1)
            mode, path, out, posts, answer = os.fsdecode(request).removesuffix("\n").split("\0")
            status = read(mode, root, path, out, posts, answer)
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(site: str, root: str) -> None:
    """Waits for files until there is nobody left to ask, or nobody has asked for long."""
    sys.path.append(site)
    import python_calamine  # noqa: F401, PLC0415 - loaded here, before the copies are made

    encoded([])
    gc.freeze()  # the copies share what is loaded now
    while select.select([0], [], [], IDLE_SECONDS)[0]:
        request = os.read(0, 65536)
        if not request:
            return
        os.write(1, b"%d\n" % copy(root, request))


if __name__ == "__main__":
    main(*sys.argv[1:3])
