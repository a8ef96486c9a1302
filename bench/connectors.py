"""A night of figures that come by themselves: what one account costs, and how long 10,000 take on one worker host when
every answer takes 50 ms and the network is asked no faster than it allows (Bluesky: ten requests a second).

Measured is the second night: what was known is there, one post is new, every figure has changed.
"""

import json
import multiprocessing
import os
import resource
import tempfile
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.connectors import jobs
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks import bluesky
from bench.harness import Report
from core.people.models import User
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.generations.models import Participant, Span
from programs.membership.models import Membership, Program, Role
from tests.core.kit.outside import Outside, an_outside, certificate_for

NAME = "connectors"
ACCOUNTS, A_NIGHT, POSTS, WORKERS = 300, 10_000, 8, 8
LATENCY, HOUR = 0.05, 3600


def run(report: Report) -> None:
    settings.CONNECTOR_HOSTS = [bluesky.HOST]
    accounts = _accounts()
    folder = Path(tempfile.mkdtemp(dir=os.environ["DATA_DIR"]))
    certificate = certificate_for(bluesky.HOST, folder)
    os.environ["SSL_CERT_FILE"] = str(certificate)
    with _network(certificate) as port:
        _night(accounts, port)
        assert Look.objects.filter(code="", posts=POSTS).count() == ACCOUNTS, "the first night"
        seconds, cpu = _night(accounts, port)
    looks = Look.objects.filter(code="", posts_new=1, figures_changed__gt=POSTS)
    assert looks.count() == ACCOUNTS, f"{looks.count()} of {ACCOUNTS} looks brought what there was"
    report.line("an account: processor time", [1000 * cpu / ACCOUNTS], "ms")
    report.line(
        f"{A_NIGHT:,} accounts of one network, {WORKERS} workers", [A_NIGHT * seconds / ACCOUNTS], "s", [HOUR], 1
    )


def _night(accounts: list[int], port: int) -> tuple[float, float]:
    """Seconds by the clock and of the workers' processors for one look at each account."""
    Connection.objects.update(due_at=timezone.now() - timedelta(seconds=1), lease_until=None)
    connection.close()
    connection.close_pool()
    fork = multiprocessing.get_context("fork")
    used = fork.Queue()
    workers = [fork.Process(target=_work, args=(accounts[each::WORKERS], port, used)) for each in range(WORKERS)]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    cpu = sum(used.get() for _worker in workers)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began, cpu


def _work(accounts: list[int], port: int, used: Any) -> None:
    outside = Outside()
    outside.port = port
    for each in accounts:
        jobs.look(each, **outside.wiring)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used.put(spent.ru_utime + spent.ru_stime)


class _network:
    """A Bluesky in a process of its own: at the second look every account has one post more and better figures."""

    def __init__(self, certificate: Path) -> None:
        self.ports = multiprocessing.get_context("fork").Queue()
        self.process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(certificate, self.ports), daemon=True
        )

    def __enter__(self) -> int:
        self.process.start()
        return int(self.ports.get(timeout=30))

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.join()


def _serve(certificate: Path, ports: Any) -> None:
    with an_outside(certificate) as outside:
        outside.answers = _Bluesky()  # type: ignore[assignment]
        ports.put(outside.port)
        while True:
            time.sleep(60)


class _Bluesky:
    def __init__(self) -> None:
        self.looks: dict[str, int] = {}

    def get(self, path: str, _default: Any) -> Any:
        parts = urlsplit(path)
        did = parse_qs(parts.query)["actor"][0]
        if parts.path.endswith("getProfile"):
            self.looks[did] = self.looks.get(did, 0) + 1
            answer: dict[str, Any] = {
                "did": did,
                "handle": f"{did[-6:]}.example",
                "followersCount": 100 + self.looks[did],
            }
        else:
            night = self.looks[did]
            answer = {"feed": [_post(did, place, night) for place in range(POSTS + night - 1)]}
        return _slowly(json.dumps(answer).encode())


def _post(did: str, place: int, night: int) -> dict[str, Any]:
    at = timezone.now() - timedelta(days=10 + place)
    record = {"text": f"What happened on day {place}", "createdAt": at.isoformat()}
    return {
        "post": {
            "uri": f"at://{did}/app.bsky.feed.post/{place}", "author": {"did": did}, "record": record,
            "likeCount": place + night, "replyCount": night, "repostCount": night, "quoteCount": 0,
            "bookmarkCount": night,
        }
    }  # fmt: skip


def _slowly(body: bytes) -> Any:
    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(LATENCY)
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        request.wfile.write(body)

    return answer


def _accounts() -> list[int]:
    """People who take part and agree, each with an account."""
    today = timezone.localdate()
    program = Program.objects.create(slug="large", name="Large", company_name="Large", start_on=today)
    generation = program.generations.create(number=1, name="First", start_on=today)
    users = User.objects.bulk_create(User(email=f"p{n}@example.com", name=f"Person {n}") for n in range(ACCOUNTS))
    Membership.objects.bulk_create(Membership(program=program, user=each, role=Role.INFLUENCER) for each in users)
    people = Participant.objects.bulk_create(
        Participant(program=program, generation=generation, user=each, joined_on=today) for each in users
    )
    Span.objects.bulk_create(Span(participant=each, start_on=today) for each in people)
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            program=program, user=each, person_ref=f"row{each.pk}", purpose=Purpose.OWN_FIGURES, action=Action.GRANTED,
            notice_version=1, text_sha256="0" * 64, language="de", channel="invitation",
        )
        for each in users
    )  # fmt: skip
    accounts = Account.objects.bulk_create(
        Account(program=program, kind=Account.Kind.PERSON, user=each, network=Network.BLUESKY) for each in users
    )
    rows = Connection.objects.bulk_create(
        Connection(
            program=program, account=each, made_by=each.user, host=bluesky.HOST, number=f"did:plc:{each.pk:06}",
            handle=f"p{each.pk}.example", url="https://bsky.app/", due_at=timezone.now(),
        )
        for each in accounts
    )  # fmt: skip
    return [row.pk for row in rows]
