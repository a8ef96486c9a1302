"""A newsletter to 5,000 people while senders are killed 20 times, PostgreSQL crashes twice and the broker is wiped:
who got none, who got two, and how long until it went on. With a mail server whose log can be asked, and without.

Limits are promises: nobody is lost; none doubled where the log can be asked, else one for each killed sender and what a
crash of the database put in doubt; it goes on within a minute. `KILLED=people,kills,crashes` makes it smaller.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
import psycopg
from redis import Redis

from bench.harness import Report
from tests.site import Site, own_site
from tests.smtp_sink import SmtpSink
from tests.worker import ROOT, wait_until

NAME = "newsletter_killed"
PEOPLE, KILLS, CRASHES = map(int, os.environ.get("KILLED", "5000,20,2").split(","))
GOES_ON, BATCH, SENDERS = 60.0, 50, 2
BEGIN = """
from django.utils import timezone
from tests.factories.newsletters import make_issue, make_readers
from tests.world import make_program
program = make_program()
make_readers(program, {people})
make_issue(program, state="scheduled", scheduled_at=timezone.now())
"""


def run(report: Report) -> None:
    for has_evidence in (True, False):
        _line(report, has_evidence)


def _line(report: Report, has_evidence: bool) -> None:
    with own_site() as site:
        log = site.home / "taken"
        more = {"NEWSLETTER_SENDERS": str(SENDERS), "NEWSLETTER_DOUBT": "20", "SINK_LOG": str(log), "PYTHONPATH": "."}
        more["NEWSLETTER_AHEAD"] = "60000"  # as with a quick server: two rows are marked, one of them is out
        if has_evidence:
            more["NEWSLETTER_EVIDENCE"] = "tests.community.newsletters.evidence.from_log"
        log.touch()
        with SmtpSink(log=log, delay=0.01) as sink:
            host, port = sink.address
            site.environment |= more | {"SMTP_HOST": host, "SMTP_PORT": str(port), "STATIC_HASHED": "0"}
            site.start()
            site.until_ready()
            begin = [sys.executable, "manage.py", "shell", "-v", "0", "-c", BEGIN.format(people=PEOPLE)]
            subprocess.run(begin, cwd=ROOT, env=site.environment, check=True)
            pauses = _disturb(site, sink)
            assert wait_until(lambda: _is_out(site), 900, 1), _states(site)
        taken = _taken(log)
    said = "the server's log asked" if has_evidence else "nothing asked"
    bound = 0 if has_evidence else KILLS + CRASHES * BATCH * SENDERS
    report.line(f"lost of {PEOPLE:,}, {said}", [PEOPLE - len(taken)], "people", [1], 0)
    doubled = sum(taken.values()) - len(taken)
    report.line(f"doubled, {said}, limit {bound}", [doubled], "mails", [max(bound, 1)], min(bound, 1))
    report.line(f"until it went on, {said}, slowest", [max(pauses)], "s", [GOES_ON], 1)


def _disturb(site: Site, sink: SmtpSink) -> list[float]:
    """Everything in an order that is the same each time, spread over the sending."""
    rng = random.Random(5)
    blows = ["kill"] * KILLS + ["crash"] * CRASHES + ["wipe"]
    rng.shuffle(blows)
    pauses = []
    for number, blow in enumerate(blows, start=1):
        assert wait_until(lambda number=number: len(sink.raw) >= PEOPLE * number // (len(blows) + 2), 600, 0.01)
        time.sleep(rng.uniform(0, 0.02))
        {"kill": _kill_a_sender, "crash": _crash_the_database, "wipe": _wipe_the_broker}[blow](site)
        before, began = len(sink.raw), time.monotonic()
        goes_on = wait_until(lambda before=before: len(sink.raw) > before + SENDERS or _is_out(site), GOES_ON * 2, 0.05)
        assert goes_on, blow
        pauses.append(time.monotonic() - began)
    return pauses


def _kill_a_sender(site: Site) -> None:
    """One of the processes that the worker forked, with whatever it has in hand."""
    assert site.process
    everybody = psutil.Process(site.process.pid).children(recursive=True)
    workers = [each for each in everybody if {"worker", "influencer.at_work"} <= _started_with(each)]
    forked = [each for each in workers if each.parent() in workers]
    random.Random(len(forked)).choice(forked).kill()


def _started_with(process: psutil.Process) -> set[str]:
    """What it was started with; nothing when it has ended in between."""
    try:
        return set(process.cmdline())
    except psutil.NoSuchProcess:  # a zombie is one of them
        return set()


def _crash_the_database(site: Site) -> None:
    """PostgreSQL loses what was not on disk, and recovers by itself, when one of its processes is killed."""
    postmaster = site.server("postgres")
    next(each for each in postmaster.children() if "checkpointer" in " ".join(each.cmdline())).kill()


def _wipe_the_broker(site: Site) -> None:
    (path,) = [each for each in site.home.rglob("*") if each.is_socket() and "valkey" in each.name]
    Redis.from_url(f"unix://{path}").flushall()


def _is_out(site: Site) -> bool:
    try:
        return site.sql("SELECT state FROM community_issue") == [("sent",)]
    except psycopg.OperationalError:
        return False  # it is recovering


def _states(site: Site) -> list[tuple]:
    return site.sql("SELECT state, count(*) FROM community_delivery GROUP BY state")


def _taken(log: Path) -> Counter[tuple[str, str]]:
    """How often each (Message-ID, recipient) was taken: a repeat has the same Message-ID, or it would count as lost."""
    return Counter((line.split()[0], line.split()[1]) for line in log.read_text().splitlines())
