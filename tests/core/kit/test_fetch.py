"""The guard of every outgoing request. Refused means: nothing was connected to."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.kit.fetch import NotFetched, fetch
from core.kit.public_hosts import is_listed, is_public, plain_host
from tests.core.kit.outside import PUBLIC, Outside, an_outside, certificate_for, says

TEXT = ("text/plain",)
INSIDE = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "192.168.0.1"),
    *("192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:100.64.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fd00::1"),
    *("fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2606:4700::1%eth0"),
]
OUTSIDE = ["8.8.8.8", PUBLIC, "2606:4700:4700::1111", "2a00:1450:4001:82f::200e"]


@pytest.fixture(autouse=True)
def _every_host_is_listed(settings: Any) -> None:
    settings.OUTGOING_HOSTS = ["*"]


@pytest.fixture
def outside() -> Iterator[Outside]:
    with an_outside() as found:
        yield found


def refusal(url: str, outside: Outside, **more: Any) -> str:
    with pytest.raises(NotFetched) as refused:
        fetch(url, types=TEXT, **outside.wiring, **more)
    assert str(refused.value)
    return refused.value.code


@pytest.mark.parametrize("address", INSIDE)
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_outer_address_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address: str, outside: Outside) -> None:
    outside.names["inside.example"] = [[PUBLIC, address]]
    assert refusal("http://inside.example/", outside) == "url_not_allowed"
    assert outside.connected == []


@pytest.mark.parametrize("address", [each for each in INSIDE if "%" not in each])
def test_an_inner_address_is_refused_as_it_is_written(address: str, outside: Outside) -> None:
    host = f"[{address}]" if ":" in address else address
    assert refusal(f"http://{host}/", outside) == "url_not_allowed"
    assert outside.connected == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "url"),
        ("gopher://example.com/", "url"),
        ("ftp://example.com/", "url"),
        ("//example.com/", "url"),
        ("javascript:alert(1)", "url"),
        ("", "url"),
        ("http://", "url"),
        ("http://localhost/", "url"),
        ("http://0x7f.1/", "url"),
        ("http://127.1/", "url"),
        ("http://2130706433/", "url"),
        ("http://0177.0.0.1/", "url"),
        ("http://[fe80::1%25eth0]/", "url_not_allowed"),
        ("http://[::1/", "url"),
        ("http://exa mple.com/", "url"),
        ("http://example.com\\@127.0.0.1/", "url"),
        ("http://example.com/\r\nX: y", "url"),
        ("http://example.com:99999/", "url"),
        ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "url"),
        ("https://user:word@example.com/", "userinfo"),
        ("https://example.com:8443/", "port"),
        ("http://example.com:22/", "port"),
        ("http://example.com:443/", "port"),
    ],
)
def test_an_odd_address_is_refused(url: str, code: str, outside: Outside) -> None:
    assert refusal(url, outside) == code
    assert outside.connected == []


def test_the_connection_goes_to_the_address_that_was_checked(outside: Outside) -> None:
    """A name service that answers something else the second time is not asked a second time."""
    outside.names["turns.example"] = [[PUBLIC], ["127.0.0.1"]]
    outside.answers["/"] = says(b"hello")
    assert fetch("http://turns.example", types=TEXT, **outside.wiring).body == b"hello"
    assert outside.connected == [PUBLIC]
    assert outside.asked[0]["host"] == "turns.example"


@pytest.mark.parametrize("inside", ["http://127.0.0.1/", "http://turns.example/", "http://169.254.169.254/latest"])
def test_a_redirect_inside_is_refused(inside: str, outside: Outside) -> None:
    outside.names["turns.example"] = [[PUBLIC], ["10.0.0.1"]]
    outside.answers["/"] = says(status=302, Location=inside)
    assert refusal("http://turns.example/", outside) == "url_not_allowed"
    assert outside.connected == [PUBLIC]


def test_redirects_are_followed_three_times(outside: Outside) -> None:
    for step in range(4):
        outside.answers[f"/{step}"] = says(status=302, Location=f"/{step + 1}")
    outside.answers["/4"] = says(b"there")
    answer = fetch("http://example.com/1", types=TEXT, **outside.wiring)
    assert (answer.url, answer.body) == ("http://example.com/4", b"there")
    assert refusal("http://example.com/0", outside) == "redirects"


def test_a_redirect_to_a_file_is_refused(outside: Outside) -> None:
    outside.answers["/"] = says(status=301, Location="file:///etc/passwd")
    assert refusal("http://example.com/", outside) == "url"


def test_what_is_sent_is_not_sent_on(outside: Outside) -> None:
    outside.answers["/"] = says(status=307, Location="/other")
    answer = fetch("http://example.com/", types=TEXT, method="POST", body=b"{}", **outside.wiring)
    assert (answer.status, outside.bodies) == (307, [b"{}"])


def test_given_headers_stay_with_their_host(outside: Outside) -> None:
    outside.answers["/"] = says(status=302, Location="/same")
    outside.answers["/same"] = says(status=302, Location="http://other.example/there")
    outside.answers["/there"] = says()
    fetch("http://example.com/", types=TEXT, headers={"Authorization": "Bearer x"}, **outside.wiring)
    assert ["authorization" in asked for asked in outside.asked] == [True, True, False]


def test_nothing_of_ours_goes_along(outside: Outside) -> None:
    outside.answers["/"] = says(status=302, Location="/again", Set_Cookie="a=b")
    outside.answers["/again"] = says()
    fetch("http://example.com/", types=TEXT, **outside.wiring)
    for asked in outside.asked:
        assert asked.keys() == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_too_much_is_cut_off(outside: Outside) -> None:
    outside.answers["/"] = says(b"x" * 3000)
    assert refusal("http://example.com/", outside, limit=2999) == "too_large"
    assert len(fetch("http://example.com/", types=TEXT, limit=3000, **outside.wiring).body) == 3000


def test_packed_data_are_not_unpacked(outside: Outside) -> None:
    outside.answers["/"] = says(b"x", Content_Encoding="gzip")
    assert refusal("http://example.com/", outside) == "packed"


def test_another_type_is_refused(outside: Outside) -> None:
    outside.answers["/"] = says(b"<html>", type="text/html; charset=utf-8")
    assert refusal("http://example.com/", outside) == "type"


def test_a_refusal_of_the_server_is_an_answer(outside: Outside) -> None:
    outside.answers["/"] = says(b"no", status=429, type="text/html", Retry_After="60")
    answer = fetch("http://example.com/", types=TEXT, **outside.wiring)
    assert (answer.status, answer.headers["retry-after"]) == (429, "60")


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_slow_drip_ends(where: str, outside: Outside) -> None:
    """Each drop comes in time, the whole never would."""
    enough = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        if where == "body":
            says(b"")(request)
        for _drop in range(400):
            request.wfile.write(b"H")
            request.wfile.flush()
            if enough.wait(0.02):
                return

    outside.answers["/"] = drip
    assert refusal("http://example.com/", outside, seconds=0.3) == "too_slow"
    enough.set()


def test_a_server_that_hangs_up_is_unreachable(outside: Outside) -> None:
    outside.answers["/"] = lambda request: request.connection.close()
    assert refusal("http://example.com/", outside) == "unreachable"


def test_a_certificate_is_asked_for(outside: Outside) -> None:
    """The test server speaks plain HTTP: over https nothing is read from it."""
    outside.answers["/"] = says()
    assert refusal("https://example.com/", outside) == "unreachable"
    assert outside.asked == []


def test_https_asks_who_is_there_and_never_leads_away(tmp_path: Path, monkeypatch: Any) -> None:
    certificate = certificate_for("example.com", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with an_outside(certificate) as outside:
        outside.answers = {"/": says(b"safe"), "/away": says(status=302, Location="http://example.com/")}
        assert fetch("https://example.com/", types=TEXT, **outside.wiring).body == b"safe"
        assert refusal("https://example.com/away", outside) == "downgrade"
        assert refusal("https://example.org/", outside) == "unreachable"


def test_an_unknown_name_is_said(outside: Outside) -> None:
    def nobody(host: str, port: int) -> list[Any]:
        raise OSError

    with pytest.raises(NotFetched) as refused:
        fetch("http://nowhere.example/", types=TEXT, resolve=nobody, connect=outside.connect)
    assert refused.value.code == "unknown_host"


def test_umlauts_are_asked_for_in_their_plain_form(outside: Outside) -> None:
    outside.answers["/%C3%BC?q=%C3%A4"] = says(b"ja")
    assert fetch("http://bücher.example/ü?q=ä", types=TEXT, **outside.wiring).body == b"ja"
    assert outside.asked[0]["host"] == "xn--bcher-kva.example"


def test_nobody_is_asked_unless_the_operator_says_so(outside: Outside, settings: Any) -> None:
    settings.OUTGOING_HOSTS = []
    assert refusal("http://example.com/", outside) == "off"
    settings.OUTGOING_HOSTS = ["*.example.com"]
    assert refusal("http://example.com/", outside) == "not_listed"
    outside.answers["/"] = says(status=302, Location="http://example.org/")
    assert refusal("http://www.example.com/", outside) == "not_listed"
    assert outside.connected == [PUBLIC]


def test_a_list_names_hosts_and_their_families() -> None:
    assert is_listed("a.example.com", ["*.Example.com"])
    assert not is_listed("badexample.com", ["*.example.com"])
    assert not is_listed("example.com.evil.org", ["example.com"])


def test_a_plain_host_has_a_family_name() -> None:
    assert plain_host("Example.COM.") == "example.com"
    assert [plain_host(host) for host in ("localhost", "a..b", "-a.de", "a_b.de", "1.2.3", "a.0x1")] == [""] * 6


def test_the_operator_can_try(settings: Any) -> None:
    settings.OUTGOING_HOSTS = []
    with pytest.raises(CommandError, match="does not contact other servers"):
        call_command("reach", "https://example.com/")
