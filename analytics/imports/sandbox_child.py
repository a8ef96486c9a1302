"""Runs in a process of its own, without Django: reads one file and prints what is in it as JSON.

Started by `sandbox.py` as a plain script with as few imports as possible, because its start is most of the
time an import takes.  The reading library may abort the whole process on a hostile file (it does: 512 GiB
asked for by a file of 1.5 kB); then only this process is gone.
"""

import resource
import sys

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 20
FILE_SIZE = 1024 * 1024 * 1024
OPEN_FILES = 32
MAX_OUTPUT = 48 * 1024 * 1024
MAX_CELLS = 1_000_000


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


def lines(path: str, out: str, root: str) -> dict[str, object]:
    """A table of readings: its rows go to a file, only the summary is printed."""
    sys.path.insert(0, root)
    from analytics.imports.sources import readings_csv  # noqa: PLC0415 - found only after the path is set

    return readings_csv.read_to_json(path, out)


def main(mode: str, site: str, root: str, path: str, out: str) -> int:
    limit()
    sys.path.append(site)
    try:
        answer = cells(path) if mode == "cells" else lines(path, out, root)
        text = encoded(answer)
    except MemoryError:
        answer, text = {}, '{"refused":"too_complex","params":{}}'
    except BaseException as error:
        # A panic of the library is no Exception; what went wrong is the kind of error, never a cell's content.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        sys.stderr.write(type(error).__name__)
        return 3
    if len(text) > MAX_OUTPUT:
        text = encoded({"refused": "too_many_cells", "params": {"limit": MAX_CELLS}})
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
