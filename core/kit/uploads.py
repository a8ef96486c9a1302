"""Uploaded files: how large they may be, and where they lie. Names are ours: a file's name may hold a person's."""

import fcntl
import uuid
from contextlib import suppress
from pathlib import PurePath
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from core.kit.workplace import workplace

ENVELOPE = 64 * 1024  # what the other fields of a form and the borders between them may take


class LimitedUpload(FileUploadHandler):
    """Stops reading at `UPLOAD_LIMIT`, while the file comes in. The view asks `too_large(request)`.

    The fields that stand before the file in the form are kept, so that the page can show them again.
    """

    received = 0  # of all files of the form together

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        announced = int(self.request.META.get("CONTENT_LENGTH") or 0) if self.request else 0
        if announced > settings.UPLOAD_LIMIT + ENVELOPE:
            self._stop(announced)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT:
            self._stop(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps the file."""

    def _stop(self, size: int) -> None:
        if self.request is not None:
            self.request.upload_too_large = size  # type: ignore[attr-defined]  # asked by `too_large`
        raise StopUpload(connection_reset=True)


class UploadAtWork(UploadedFile):  # type: ignore[type-arg]
    """An upload too large for memory, in the private folder while its request lasts."""

    def __init__(self, name: str | None, content_type: str | None, charset: str | None, extra: Any) -> None:
        file = NamedTemporaryFile(suffix=".upload", dir=workplace())  # noqa: SIM115 - closed by the request
        fcntl.flock(file, fcntl.LOCK_EX)
        super().__init__(file, name, content_type, 0, charset, extra)

    def temporary_file_path(self) -> str:
        """Storage moves the file from here; it is not copied."""
        return str(self.file.name)  # type: ignore[union-attr]  # it is open until the request ends

    def close(self) -> None:
        with suppress(FileNotFoundError):  # it was moved
            self.file.close()  # type: ignore[union-attr]


class PrivateUpload(TemporaryFileUploadHandler):
    """As Django's own, but not in the system's temporary folder."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = UploadAtWork(self.file_name, self.content_type, self.charset, self.content_type_extra)  # type: ignore[assignment]


def too_large(request: HttpRequest) -> int:
    """How large an upload was that was cut off (as far as it is known), or 0."""
    _ = request.FILES  # reading the body is what notices it
    return getattr(request, "upload_too_large", 0)


def private_path(instance: Any, filename: str) -> str:
    """`<room's model>/<random>.<extension>`; the extension is kept for the reader, nothing else is."""
    extension = PurePath(filename).suffix.lower()[:8]
    return f"{instance._meta.model_name}/{uuid.uuid4().hex}{extension}"
