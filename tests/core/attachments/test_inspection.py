"""What a file is comes from its content; what is taken is drawn anew or kept as it is, and nothing else is taken."""

import io
import socket
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.attachments.inspection import LIMIT, Inspected, inspect, shown_name
from core.kit.workplace import workplace
from tests.factories.attachments import picture_bytes

OFFICE = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}


def look(name: str, content: bytes, **more: Any) -> Inspected:
    return inspect(SimpleUploadedFile(name, content), **more)


def refusal(name: str, content: bytes, **more: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        look(name, content, **more)
    assert refused.value.messages[0]
    return str(refused.value.code)


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", f"{folder}/document.xml": b"<x/>", **more})


def huge_png(side: int) -> bytes:
    head = struct.pack("!IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    begin = struct.pack("!I", len(head)) + chunk + struct.pack("!I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + begin + struct.pack("!I", 100) + b"IDAT" + bytes(104)


def kept(file: Inspected) -> Image.Image:
    return Image.open(io.BytesIO(file.content.read()))


def test_a_photo_keeps_nothing_but_the_picture() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of Mara", 6  # the maker, and lying on its side
    exif.get_ifd(0x8825)[2] = (50.0, 56.0, 33.0)  # where it was taken
    hidden = picture_bytes(size=(60, 40), exif=exif, comment=b"secret") + packed({"evil.exe": b"MZ"})
    file = look("Mara am Rhein.JPEG", hidden)
    assert (file.name, file.content_type, file.width, file.height) == ("Mara am Rhein.jpg", "image/jpeg", 40, 60)
    content = file.content.read()
    assert not any(word in content for word in (b"Exif", b"Mara", b"secret", b"evil.exe"))
    assert not any(word in file.thumbnail.read() for word in (b"EXIF", b"Mara"))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "name", "content_type"),
    [("PNG", "a.png", "image/png"), ("GIF", "a.png", "image/png"), ("WEBP", "a.jpg", "image/jpeg")],
)
def test_pictures_become_what_every_mail_program_shows(kind: str, name: str, content_type: str) -> None:
    file = look("a.jpg", picture_bytes(kind))
    assert (file.name, file.content_type) == (name, content_type)
    assert kept(file).size == (60, 40)


def test_holes_stay_holes_and_words_in_a_picture_go() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(stream, "WEBP", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00")
    image = kept(look("logo.webp", stream.getvalue()))
    assert (image.format, image.mode, image.getpixel((5, 5))[3]) == ("PNG", "RGBA", 0)  # type: ignore[index]


def test_a_large_picture_is_made_smaller() -> None:
    file = look("wide.png", picture_bytes("PNG", (6000, 100)))
    assert (file.width, file.height) == (4096, 68)
    assert file.thumbnail
    assert Image.open(file.thumbnail).size == (480, 8)


def test_a_picture_of_too_many_pixels_is_never_unpacked() -> None:
    assert refusal("bomb.png", huge_png(60_000)) == "pixels"


@pytest.mark.parametrize("cut", [20, 200, 600])
def test_half_a_picture_is_damaged(cut: int) -> None:
    assert refusal("half.jpg", picture_bytes()[:cut]) == "damaged"


@pytest.mark.parametrize(("ending", "folder"), OFFICE.items())
def test_documents_are_kept_as_they_are(ending: str, folder: str) -> None:
    content = office(folder)
    file = look(f"Plan.{ending}", content)
    assert (file.name, file.content.read(), file.width) == (f"Plan.{ending}", content, None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.odt", packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""})),
        ("a.TXT", "Größe".encode()),
        ("a.csv", "Größe;1".encode("cp1252")),
        ("a.md", b"# Title"),
    ],
)
def test_these_are_taken(name: str, content: bytes) -> None:
    assert look(name, content).size == len(content)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF" + b"x" * LIMIT, "too_large"),
        ("setup.pdf", b"MZ\x90\x00", "program"),
        ("run.txt", b"#!/bin/sh\nrm", "program"),
        ("page.txt", b"\xef\xbb\xbf <!-- --><html>", "program"),
        ("logo.svg", b"<svg onload=x>", "program"),
        ("feed.csv", b"<?xml version='1.0'?><!DOCTYPE x>", "program"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        ("a.docx", office("word", **{"word/vbaProject.bin": b"x"}), "macros"),
        ("a.docx", packed({"[Content_Types].xml": b"ms-word.document.macroEnabled", "word/d.xml": b""}), "macros"),
        ("a.ods", packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "Basic/x": b""}), "macros"),
        ("a.docx", packed({"photo.jpg": b"x"}), "archive"),
        ("a.docx", packed({"[Content_Types].xml": b"", "word/d.xml": b"", "xl/d.xml": b""}), "archive"),
        ("a.docx", packed({"word/document.xml": bytes(201 * 1024 * 1024)}), "unpacked_size"),
        ("a.docx", office("word")[:-30], "damaged"),
        ("a.zip", packed({"a": b"b"}), "archive"),
        ("a.jpg", b"\x00\x00\x00\x18ftypheic\x00\x00", "heic"),
        ("a.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00", "video"),
        ("a.rtf", b"{\\rtf1", "rtf"),
        ("a.txt", b"a\x00b", "unknown"),
        ("a.docx", b"%PDF-1.7", "mismatch"),
        ("a.exe", b"words", "mismatch"),
        ("a", b"words", "no_ending"),
    ],
)
def test_these_are_refused(name: str, content: bytes, code: str, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert refusal(name, content) == code
    assert list(workplace().iterdir()) == []


def test_a_document_is_no_picture() -> None:
    assert refusal("a.pdf", b"%PDF-1.7", only_pictures=True) == "no_picture"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mara\\plan.pdf", "plan.pdf"),
        ("a\r\nb\u202e.pdf", "a b.pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_shown_name_is_only_a_name(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.fixture
def clamd(settings: Any, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """A scanner that says what a test wants and remembers what it was given."""
    said = {"answer": b"stream: OK\0", "got": b""}
    settings.CLAMD = f"unix:{tmp_path}/c"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{tmp_path}/c")
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!I", stream.read(4))[0]:
                    said["got"] += stream.read(size)
                connection.sendall(said["answer"])

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield said
        thread.join(5)


def test_the_scanner_sees_the_whole_file(clamd: dict[str, bytes]) -> None:
    content = b"%PDF-1.7" + bytes(200_000)
    assert look("a.pdf", content).size == len(content)
    assert clamd["got"] == content


@pytest.mark.parametrize(
    ("answer", "code"),
    [(b"stream: Eicar-Test-Signature FOUND\0", "virus"), (b"INSTREAM size limit. ERROR\0", "not_checked")],
)
def test_what_the_scanner_does_not_pass_is_not_taken(answer: bytes, code: str, clamd: dict[str, bytes]) -> None:
    clamd["answer"] = answer
    assert refusal("a.pdf", b"%PDF-1.7") == code


@pytest.mark.parametrize("where", ["unix:/nowhere/clamd.ctl", "tcp://127.0.0.1:9"])
def test_a_scanner_that_is_away_lets_nothing_pass(where: str, settings: Any) -> None:
    settings.CLAMD = where
    assert refusal("a.pdf", b"%PDF-1.7") == "not_checked"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + b"," + bytes(9) + b"\x02\x00;"


JPEG = picture_bytes()
START = JPEG.index(b"\xff\xc0") + 5  # where a JPEG says how high and wide it is
WEBP = picture_bytes("WEBP")
HOSTILE = {
    "a bomb of 3.6 thousand million pixels": ("a.png", huge_png(60_000)),
    "the largest size that a head can say": ("a.png", png(2**31 - 1, 2**31 - 1)),
    "one line as long as a book": ("a.png", png(2**30, 1)),
    "no width": ("a.png", png(0, 10)),
    "no picture in it": ("a.png", png(10, 10)),
    "a head alone": ("a.png", b"\x89PNG\r\n\x1a\n"),
    "data that unpack to far more": ("a.png", png(50_000, 50_000, chunk(b"IDAT", zlib.compress(bytes(5_000_000))))),
    "data that cannot be unpacked": ("a.png", png(100, 100, chunk(b"IDAT", b"\x00\xff" * 50))),
    "a GIF of four thousand million pixels": ("a.gif", gif(65_535, 65_535)),
    "a GIF cut off": ("a.gif", gif(10, 10)[:16]),
    "a JPEG that calls itself enormous": ("a.jpg", JPEG[:START] + b"\xff\xff\xff\xff" + JPEG[START + 4 :]),
    "a JPEG without a height": ("a.jpg", JPEG[:START] + b"\x00\x00" + JPEG[START + 2 :]),
    "a JPEG cut off": ("a.jpg", JPEG[: len(JPEG) // 2]),
    "a WebP cut off": ("a.webp", WEBP[: len(WEBP) // 2]),
    "a WebP of noise": ("a.webp", WEBP[:20] + bytes(range(256)) * 2),
    "a script that draws": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "a script called a photo": ("a.jpg", b"<svg><script>alert(1)</script></svg>"),
    "a page called a photo": ("a.png", b"<!doctype html><script>alert(1)</script>"),
    "a program called a photo": ("a.png", b"MZ\x90\x00" + bytes(200)),
    "PostScript called a photo": ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n(r) file\n"),
    "commands for a converter": ("a.mvg", b"push graphic-context\nfill 'url(https://127.0.0.1/\"|id\")'\npop"),
    "a TIFF that points into nothing": ("a.tif", b"II*\x00" + b"\xff" * 40),
    "an icon of icons": ("a.ico", b"\x00\x00\x01\x00\xff\xff" + b"\xff" * 100),
    "a film": ("a.jpg", b"\x00\x00\x00\x18ftypisom" + bytes(200)),
    "an archive called a photo": ("a.png", packed({"a.png": b"x"})),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_picture_is_refused(what: str, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    refusal(*HOSTILE[what])
    assert list(workplace().iterdir()) == [], "nothing of it is left lying about"


def test_there_are_twenty_hostile_pictures_and_more() -> None:
    assert len(HOSTILE) >= 20
