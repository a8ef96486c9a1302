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
        ("a", b"words", "mismatch"),
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
