"""A mailbox on the loopback: IMAP over TLS, as much of it as the site speaks."""

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Post:
    """The mails, by their number; `heard` is what the site said."""

    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)
    refuses: tuple[str, ...] = ()  # commands that are answered with NO
    received: str = "28-Nov-2026 10:00:00 +0000"
    port: int = 0

    def put(self, mail: bytes) -> int:
        number = len(self.mails) + 1
        self.mails[number] = mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return number

    def answer(self, command: str, rest: str) -> list[bytes]:
        if command == "SEARCH":
            wanted = re.search(r'TO "([^"]+)"', rest)
            to = re.compile(rb"^To:.*" + re.escape(wanted[1].encode() if wanted else b""), re.IGNORECASE | re.MULTILINE)
            without = re.search(r'NOT TO "([^"]+)"', rest)
            found = [n for n, mail in self.mails.items() if n not in self.seen and to.search(mail)]
            if without:
                found = [n for n in found if without[1].encode() not in self.mails[n]]
            return [b"* SEARCH " + " ".join(map(str, found)).encode()]
        if command == "STORE":
            self.seen |= set(map(int, rest.split()[0].split(",")))
            return []
        return [self._fetched(int(number), rest) for number in rest.split()[0].split(",")]

    def _fetched(self, number: int, rest: str) -> bytes:
        mail = self.mails[number]
        told, part = f"{number} FETCH (UID {number}", mail
        if "HEADER.FIELDS" in rest:
            told += f' RFC822.SIZE {len(mail)} INTERNALDATE "{self.received}"'
            found = re.search(rb"^Message-ID:.*\r\n", mail, re.IGNORECASE | re.MULTILINE)
            part = (found[0] if found else b"") + b"\r\n"
        if part_of := re.search(r"\[\]<0\.(\d+)>", rest):
            part = part[: int(part_of[1])]
        name = "BODY[HEADER.FIELDS (MESSAGE-ID)]" if "HEADER.FIELDS" in rest else "BODY[]<0>" if part_of else "BODY[]"
        return f"* {told} {name} {{{len(part)}}}\r\n".encode() + part + b")"


@contextmanager
def a_mailbox(certificate: Path) -> Iterator[Post]:
    post = Post()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))
    post.port = listening.getsockname()[1]

    def serve() -> None:
        with suppress(OSError):  # closed at the end of the test
            while True:
                plain, _where = listening.accept()
                with suppress(OSError), context.wrap_socket(plain, server_side=True) as spoken:
                    _talk(post, spoken)

    threading.Thread(target=serve, daemon=True).start()
    yield post
    listening.close()


def _talk(post: Post, spoken: ssl.SSLSocket) -> None:
    lines = spoken.makefile("rb")
    spoken.sendall(b"* OK ready\r\n")
    for line in lines:
        tag, _space, said = line.decode().strip().partition(" ")
        post.heard.append(said)
        uid, _space, rest = said.partition(" ") if said.startswith("UID ") else ("", "", said)
        command, _space, rest = rest.partition(" ")
        told = {"CAPABILITY": [b"* CAPABILITY IMAP4rev1"], "SELECT": [b"* 1 EXISTS"], "LOGOUT": [b"* BYE"]}
        if command in post.refuses:
            spoken.sendall(f"{tag} NO not now\r\n".encode())
            continue
        for piece in post.answer(command, rest) if uid else told.get(command, []):
            spoken.sendall(piece + b"\r\n")
        spoken.sendall(f"{tag} OK done\r\n".encode())
        if command == "LOGOUT":
            return
