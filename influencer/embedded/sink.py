"""The mail server of `make run`: takes every mail and puts it into a folder, where the inbox page reads it.

    python -m influencer.embedded.sink FOLDER DESCRIPTOR

DESCRIPTOR is a listening socket that the parent has opened, so the port is known before this process runs.
"""

import asyncio
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

KEEP = 10_000  # mails; older ones go, so that a demo that runs for weeks does not fill the disk
_numbers = count()


class Folder:
    """Writes each accepted mail to its own file, complete or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known = len(list(folder.glob("*.eml")))

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        name = f"{time.time_ns():020d}-{next(_numbers) % 1_000_000:06d}"
        to = ", ".join(address.replace("\n", "") for address in envelope.rcpt_tos)
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        part = self.folder / f"{name}.part"
        part.write_bytes(f"X-Envelope-To: {to}\r\n".encode() + content)
        part.rename(self.folder / f"{name}.eml")
        self.known += 1
        if self.known > KEEP * 1.1:
            self._forget_the_oldest()
        return "250 Message accepted for delivery"

    def _forget_the_oldest(self) -> None:
        files = sorted(self.folder.glob("*.eml"))
        for file in files[:-KEEP]:
            file.unlink(missing_ok=True)
        self.known = min(len(files), KEEP)


def open_socket() -> socket.socket:
    """A free port on this machine only."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    listener.set_inheritable(True)
    return listener


async def serve(folder: Path, listener: socket.socket) -> None:
    handler = Folder(folder)
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="localhost", enable_SMTPUTF8=True, loop=loop), sock=listener
    )
    await stopped.wait()
    server.close()


def main() -> None:
    folder, descriptor = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    os.umask(0o077)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(folder, socket.socket(fileno=descriptor)))


if __name__ == "__main__":
    main()
