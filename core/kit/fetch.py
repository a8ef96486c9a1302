"""The only way out: every request that leaves the site goes through `fetch`.

Addresses come from people (a calendar, a feed), and the server sees more of the company's network than they do. So the
operator names the hosts (`OUTGOING_HOSTS`, nobody by default), a name is looked up once and the connection goes to the
address that was checked, redirects begin again, and neither time nor size is the other side's choice. Nothing of ours
goes along: no cookies, no sign-in, no referrer; headers a caller gives stay behind when a redirect leaves the host.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from core.kit.characters import HIDDEN
from core.kit.product import NAME
from core.kit.public_hosts import Address, is_listed, is_public, plain_host, resolve

PORTS = {"https": 443, "http": 80}
HOPS = 3
SECONDS = 5.0
LIMIT = 2 * 1024 * 1024
PIECE = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
ONLY_ASKS = {"GET", "HEAD", "PROPFIND", "REPORT"}  # methods that change nothing there, so that they may be sent again
AGENT = NAME

Resolver = Callable[[str, int], Collection[Address]]
Connector = Callable[[Address, int, float], socket.socket]


class NotFetched(Exception):
    """Why there is no answer, in a sentence for the person who gave the address."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Fetched:
    url: str  # where the answer came from, after redirects
    status: int
    content_type: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes


def connect(address: Address, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((str(address), port), seconds)


def check(url: str, hosts: Sequence[str] | None = None) -> SplitResult:
    """The parts of an address that may be asked for at all, as far as that shows without the name service. `hosts` is
    the operator's list for what it is asked for, when that is another one than `OUTGOING_HOSTS`."""
    allowed = settings.OUTGOING_HOSTS if hosts is None else hosts
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise _not_an_address() from None
    if HIDDEN.search(url.strip()) or parts.scheme not in PORTS or not parts.hostname:
        raise _not_an_address()
    if "@" in parts.netloc:
        raise NotFetched("userinfo", _("Addresses that contain a user name or a password are not accepted."))
    if port not in (None, PORTS[parts.scheme]):
        raise NotFetched("port", _("Only the standard ports 80 and 443 are allowed."))
    host = plain_host(parts.hostname)
    if not host:
        raise _not_an_address()
    if not allowed:
        raise NotFetched("off", _("This site does not contact other servers. Its operator can allow it."))
    if not is_listed(host, allowed):
        raise NotFetched("not_listed", _("The operator of this site does not allow “%(host)s”.") % {"host": host})
    with suppress(ValueError):
        _require_public([ip_address(host)])
    netloc = f"[{host}]" if ":" in host else host
    return SplitResult(parts.scheme, netloc, iri_to_uri(parts.path) or "/", iri_to_uri(parts.query), "")


def fetch(
    url: str,
    *,
    types: Collection[str],
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    hosts: Sequence[str] | None = None,
    seconds: float = SECONDS,
    limit: int = LIMIT,
    resolve: Resolver = resolve,
    connect: Connector = connect,
) -> Fetched:
    """Ask for an address and give back what it answers, whatever its status. `types` are the content types that make
    sense, none of them that any does; `seconds` is for everything together. On a redirect to another host `headers`
    stay behind, and a `body` does not go there at all. Raises `NotFetched`."""
    target, given = check(url, hosts), dict(headers or {})
    clock = _Clock(seconds)
    with clock:
        for _hop in range(HOPS + 1):
            connection = _connection(target, clock, resolve, connect)
            try:
                response = _ask(connection, target, method, body, {"Accept": ", ".join(types) or "*/*"} | given)
                if response.status not in REDIRECTS or method not in ONLY_ASKS:
                    answer = _answer(target, response, types, limit)
                    if clock.is_over:  # an end that the clock made looks like the end of the answer
                        raise _silence(target, clock)
                    return answer
                following = check(urljoin(urlunsplit(target), response.getheader("Location", "")), hosts)
            except (OSError, HTTPException, ValueError) as error:  # ValueError: the clock closed it under the reader
                raise _silence(target, clock) from error
            finally:
                connection.close()
            if (target.scheme, following.scheme) == ("https", "http"):
                raise NotFetched("downgrade", _("The address redirects from https to an unencrypted one."))
            if following.netloc != target.netloc:
                if body is not None:
                    raise NotFetched("elsewhere", _("The address redirects to another server."))
                given = {}
            target = following
    raise NotFetched("redirects", _("The address redirects too often."))


class _Clock:
    """Ends whatever connection is open when the time is over: a time-out per packet would let a slow drip go on."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self.seconds = seconds
        self.socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()

    def watch(self, opened: socket.socket) -> None:
        self.socket = opened
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        if self.socket is not None:
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)


def _connection(target: SplitResult, clock: _Clock, resolve: Resolver, connect: Connector) -> HTTPConnection:
    """A connection to the first address behind the name that answers; all of them must be public."""
    host, port = target.hostname or "", PORTS[target.scheme]
    try:
        addresses = [ip_address(host)]
    except ValueError:
        try:
            addresses = list(resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise NotFetched("unknown_host", _("There is no server called “%(host)s”.") % {"host": host}) from error
    _require_public(addresses)
    for address in addresses:
        if clock.is_over:
            break
        with suppress(OSError):
            opened = connect(address, port, clock.seconds)
            clock.watch(opened)
            if target.scheme == "https":
                opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
                clock.watch(opened)
            connection = HTTPConnection(host, port)
            connection.sock = opened
            return connection
    raise _silence(target, clock)


def _ask(
    connection: HTTPConnection, target: SplitResult, method: str, body: bytes | None, headers: Mapping[str, str]
) -> HTTPResponse:
    """Nothing packed: what is unpacked could be a thousand times larger."""
    path = urlunsplit(("", "", target.path, target.query, ""))
    ours = {"Host": target.netloc, "User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    connection.request(method, path, body, ours | dict(headers))
    return connection.getresponse()


def _answer(target: SplitResult, response: HTTPResponse, types: Collection[str], limit: int) -> Fetched:
    content_type = response.headers.get_content_type() if response.getheader("Content-Type") else ""
    is_fine = 200 <= response.status < 300
    if is_fine and types and response.status != 204 and content_type not in types:
        raise NotFetched("type", _("The address returned “%(type)s”. That type of content cannot be used here.") % {
            "type": content_type or "?"
        })  # fmt: skip
    if response.getheader("Content-Encoding", "identity").lower() != "identity":
        raise NotFetched("packed", _("The server sends compressed data although it was asked not to."))
    found = bytearray()
    while piece := response.read(PIECE):
        found += piece
        if len(found) > limit:
            size = f"{limit / 1024 / 1024:.0f} MB"
            raise NotFetched("too_large", _("The server's response exceeds %(size)s.") % {"size": size})
    if response.length:  # of what was announced; `read` takes an early end for the end
        raise NotFetched("cut_off", _("The response broke off."))
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Fetched(urlunsplit(target), response.status, content_type, headers, bytes(found))


def _require_public(addresses: Collection[Address]) -> None:
    """One inner address among them is enough to refuse: nobody has that by accident."""
    if not addresses or not all(map(is_public, addresses)):
        raise NotFetched("url_not_allowed", _("The address points to an internal network and is not allowed."))


def _not_an_address() -> NotFetched:
    return NotFetched("url", _("This is not a server address. It must start with https:// and contain no spaces."))


def _silence(target: SplitResult, clock: _Clock) -> NotFetched:
    if clock.is_over:
        return NotFetched("too_slow", _("“%(host)s” took too long to answer.") % {"host": target.netloc})
    return NotFetched("unreachable", _("“%(host)s” could not be reached.") % {"host": target.netloc})
