"""Runs as a script of its own, without Django: looks at one uploaded file under tight limits, whatever it does.

    inspection_child.py FILE PICTURE THUMBNAIL SIDE     prints {"type": ...} or {"refused": code, "params": {...}}

The type comes from the content, never from the name. A picture is drawn anew, so that nothing is left in it but the
picture: no place, no camera, no hidden second file. It becomes a square of at most SIDE pixels, unless SIDE is 0.
"""

import io
import json
import re
import resource
import sys
import zipfile
from typing import Any

MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
WRITTEN = 64 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4096
THUMBNAIL_SIDE = 480
HEAD = (0.5, 0.35)  # of an upright photo of somebody: a little above the middle
MOST_PARTS = 2000
MOST_UNPACKED = 200 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # as `core.sheets.ole.MAGIC`: this script imports nothing of ours
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
OTHERS = {  # known by their first bytes and named in the refusal
    b"MZ": "program",
    b"\x7fELF": "program",
    b"#!": "program",
    b"\xca\xfe\xba\xbe": "program",
    b"\xcf\xfa\xed\xfe": "program",
    b"dex\n": "program",
    b"L\x00\x00\x00\x01\x14\x02\x00": "program",
    b"{\\rtf": "rtf",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
OFFICE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
ACTS = re.compile(r"vbaproject|vbadata|macrosheets/|activex/|^basic/|^scripts/", re.IGNORECASE)
MACRO_TYPE = re.compile(rb"macroEnabled", re.IGNORECASE)
MARKUP = re.compile(rb"\s*(?:<\?xml|<!--|<!doctype|<html|<svg|<script|<head|<body|<iframe)", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Refused(Exception):
    def __init__(self, code: str, **params: object) -> None:
        self.answer = {"refused": code, "params": params}


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def look(path: str, picture: str, thumbnail: str, side: int) -> dict[str, Any]:
    with open(path, "rb") as file:
        head = file.read(4096)
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return draw(path, picture, thumbnail, side)
    if head.startswith(b"%PDF-"):
        return {"type": "pdf"}
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return {"type": packed(path)}
    if head.startswith(OLE):
        raise Refused("old_office")
    if head[4:8] == b"ftyp":
        raise Refused("heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "video")
    for start, kind in OTHERS.items():
        if head.startswith(start):
            raise Refused(kind)
    return {"type": text(path)}


def packed(path: str) -> str:
    """Which kind of document a zip is; only its table of contents and its declarations are read."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused("unpacked_size")
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("encrypted")
            names = [part.filename for part in parts]
            if any(ACTS.search(name) for name in names):
                raise Refused("macros")
            if names[:1] == ["mimetype"]:
                return OPEN_DOCUMENTS.get(first_bytes(archive, "mimetype").strip(), "") or refuse("archive")
            if "[Content_Types].xml" not in names:
                raise Refused("archive")
            if MACRO_TYPE.search(first_bytes(archive, "[Content_Types].xml")):
                raise Refused("macros")
            found = {kind for folder, kind in OFFICE.items() if any(name.startswith(folder) for name in names)}
            return found.pop() if len(found) == 1 else refuse("archive")
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        raise Refused("damaged") from None


def first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(1024 * 1024)


def refuse(code: str) -> str:
    raise Refused(code)


def text(path: str) -> str:
    """Plain words, in UTF-8 or as Windows writes them; never a page that a browser would run."""
    with open(path, "rb") as file:
        content = file.read()
    if MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("program")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", errors="replace")
    if CONTROL.search(words) or "\ufffd" in words:
        raise Refused("unknown")
    return "text"


def draw(path: str, picture: str, thumbnail: str, side: int) -> dict[str, Any]:
    """The picture again, upright, in ordinary colours, and small enough for a screen."""
    from PIL import Image, ImageCms, ImageOps  # documents do without

    Image.MAX_IMAGE_PIXELS = None  # our own limit, asked before anything is unpacked
    try:
        with Image.open(path, formats=["JPEG", "PNG", "GIF", "WEBP"]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused("pixels", width=found.width, height=found.height)
            found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            profile = found.info.get("icc_profile")
            has_holes = found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info
            upright = ImageOps.exif_transpose(found)
            image = upright.convert("RGBA" if has_holes else "RGB")
            if profile and not has_holes and found.mode == "RGB":
                try:
                    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
                    image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
                except ImageCms.PyCMSError:
                    pass  # a profile nobody understands: the numbers are shown as they are
            is_drawing = has_holes or found.format in ("PNG", "GIF")
    except (OSError, ValueError, SyntaxError, EOFError, ZeroDivisionError, IndexError, KeyError, TypeError):
        raise Refused("damaged") from None
    image.info.clear()
    if side:
        side = min(side, *image.size)
        image = ImageOps.fit(image, (side, side), centering=HEAD)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if is_drawing:
        image.save(picture, "PNG", optimize=False)
    else:
        image.save(picture, "JPEG", quality=88, progressive=True)
    size = image.size
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    image.save(thumbnail, "WEBP", quality=80)
    return {"type": "png" if is_drawing else "jpg", "width": size[0], "height": size[1]}


def main(path: str, picture: str, thumbnail: str, side: str) -> dict[str, Any]:
    limit()
    try:
        return look(path, picture, thumbnail, int(side))
    except Refused as refusal:
        return refusal.answer
    except MemoryError:
        return {"refused": "too_complex", "params": {}}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:5])))
