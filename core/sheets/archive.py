"""Archives that people download of their own data: which parts they have, and the few that are read, one by one.

Nothing is unpacked to the disk under a name of theirs; every part is read within a limit, whatever its head says.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO

from .cells import Unreadable
from .package import MAX_DIRECTORY, MAX_RATIO, RATIO_FROM, GuardedReader
from .sizes import MEGABYTE

ENDINGS = (".zip", ".tar.gz", ".tgz", ".gz")
MOST_PARTS = 20_000
LARGEST_PART = 50 * MEGABYTE
#: Its own table of contents: each part takes some fifty bytes and its name, twice that with folders and dates.
LONGEST_CONTENTS = 4 * MEGABYTE
LONGEST_PART_NAME = 200
#: A compressed tape is read from its beginning, pictures and all.
LONGEST_TAPE = 400 * MEGABYTE
Wanted = Callable[[str], bool]


def parts_of(path: Path, wanted: Wanted) -> tuple[dict[str, bytes], list[str]]:
    """The wanted parts by name, and the names of all others."""
    try:
        if zipfile.is_zipfile(path):
            return _zip(path, wanted)
        with path.open("rb") as file, gzip.GzipFile(fileobj=file) as tape:
            return _tape(Metered(tape), wanted)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, struct.error):
        raise Unreadable("damaged") from None
    except (OSError, ValueError):
        raise Unreadable("damaged") from None
    except RuntimeError:  # the zip module says so when a part is encrypted
        raise Unreadable("archive_encrypted") from None


class Metered(io.RawIOBase):
    """What comes out of a compressed file, up to a limit."""

    def __init__(self, source: BinaryIO | gzip.GzipFile) -> None:
        self.source, self.seen = source, 0

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(min(size, MEGABYTE) if size >= 0 else MEGABYTE)
        self.seen += len(piece)
        if self.seen > LONGEST_TAPE:
            raise Unreadable("unpacked_size", limit=LONGEST_TAPE // MEGABYTE)
        return piece


class Contents(GuardedReader):
    """The pictures of years are many parts, and their names a long table; of a part little is asked for at once."""

    most, parts = LONGEST_CONTENTS, MOST_PARTS


def _zip(path: Path, wanted: Wanted) -> tuple[dict[str, bytes], list[str]]:
    found: dict[str, bytes] = {}
    others: list[str] = []
    with Contents(io.FileIO(path)) as file, zipfile.ZipFile(file) as archive:
        parts = [part for part in archive.infolist() if not part.is_dir()]
        if len(parts) > MOST_PARTS:
            raise Unreadable("too_many_parts", limit=MOST_PARTS)
        for part in parts:
            refuse_path(part.orig_filename)
            if part.flag_bits & 1:
                raise Unreadable("archive_encrypted")
            if not wanted(part.filename):
                others.append(part.filename[:LONGEST_PART_NAME])
                continue
            if part.file_size > LARGEST_PART or (
                part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)
            ):
                raise Unreadable("unpacked_size", limit=LARGEST_PART // MEGABYTE)
            with archive.open(part) as stream:
                _keep(found, part.filename, _in_pieces(stream))
    return found, others


def _tape(tape: Metered, wanted: Wanted) -> tuple[dict[str, bytes], list[str]]:
    found: dict[str, bytes] = {}
    others: list[str] = []
    with tarfile.open(fileobj=tape, mode="r|") as archive:
        for number, part in enumerate(archive):
            if number > MOST_PARTS:
                raise Unreadable("too_many_parts", limit=MOST_PARTS)
            refuse_path(part.name)
            if part.isdir():
                continue
            if not part.isfile() or not wanted(part.name):  # a link leads nowhere here
                others.append(part.name[:LONGEST_PART_NAME])
                continue
            if part.size > LARGEST_PART:
                raise Unreadable("unpacked_size", limit=LARGEST_PART // MEGABYTE)
            stream = archive.extractfile(part)
            _keep(found, part.name, stream.read(LARGEST_PART + 1) if stream else b"")
    return found, others


def _in_pieces(stream: IO[bytes]) -> bytes:
    """The zip module asks the file for as much at once as it is asked for itself."""
    content = io.BytesIO()
    while content.tell() <= LARGEST_PART and (piece := stream.read(MAX_DIRECTORY)):
        content.write(piece)
    return content.getvalue()


def _keep(found: dict[str, bytes], name: str, content: bytes) -> None:
    if sum(map(len, found.values())) + len(content) > LARGEST_PART:
        raise Unreadable("unpacked_size", limit=LARGEST_PART // MEGABYTE)
    if name in found:
        raise Unreadable("damaged")
    found[name] = content


def refuse_path(name: str) -> None:
    """A name that leads out of a folder is the sign of an archive that means harm."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or ".." in plain.split("/") or ":" in plain.split("/")[0] or "\x00" in name:
        raise Unreadable("unsafe_names")
