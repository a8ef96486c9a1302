"""The internet for tests: a name service that says what it is told, a server on the loopback behind every address."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.kit.public_hosts import Address

PUBLIC = "93.184.216.34"
Answer = Callable[[BaseHTTPRequestHandler], None]


class Outside:
    """`answers[path]`, with its question or without, is called with the request; `names[host]` is a list of answers,
    each used once but the last."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.names: dict[str, list[list[str]]] = {}
        self.connected: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.port = 0

    def resolve(self, host: str, port: int) -> list[Address]:
        told = self.names.get(host, [[PUBLIC]])
        return list(map(ip_address, told.pop(0) if len(told) > 1 else told[0]))

    def connect(self, address: Address, port: int, seconds: float) -> socket.socket:
        self.connected.append(str(address))
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    @property
    def wiring(self) -> dict[str, Any]:
        return {"resolve": self.resolve, "connect": self.connect}


def says(body: bytes = b"ok", status: int = 200, type: str = "text/plain", **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content-Type": type, **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def certificate_for(host: str, folder: Path, *more: str) -> Path:
    """A certificate that names `host` (and `more`), its own authority, and the key, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    # Tests may have stopped their clock; the library under TLS reads the real one.
    valid = datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in (host, *more)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "both.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*pem))
    return path


@contextmanager
def an_outside(certificate: Path | None = None) -> Iterator[Outside]:
    outside = Outside()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            outside.asked.append({name.lower(): value for name, value in self.headers.items()})
            outside.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            with suppress(BrokenPipeError, ConnectionResetError):  # the other side had enough
                found = outside.answers.get(self.path, None)
                (found or outside.answers.get(self.path.partition("?")[0], says(status=404)))(self)

        do_POST = do_PROPFIND = do_REPORT = do_GET

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    outside.port = server.server_address[1]
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True)
    thread.start()
    yield outside
    server.shutdown()
    server.server_close()
