"""10,000 events and changes of events as calendar files, read by another library than the writer's: as parts of mails
and in feeds. Local times over every change of the clocks to 2036. Numbers of changes as real changes give them."""

import time
from itertools import islice, pairwise

from bench.harness import Report
from core.people.models import User
from programs.membership.models import Membership, Program, Role
from tests.calendar_trip import at_the_changes, errors_in, histories, method_for
from tests.community.events.changing import changes
from tests.factories.events import make_event

NAME = "calendar_files"
VERSIONS, IN_MAILS, FEED, CHANGES = 10_000, 2_000, 100, 300


def run(report: Report) -> None:
    began = time.process_time()
    rows = (each for versions in histories(VERSIONS, seed=20261128) for each in versions)
    wrong, read = [], 0
    for one in islice(rows, IN_MAILS):
        wrong += errors_in([one], method=method_for(one))
        read += 1
    while feed := list(islice(rows, FEED)):
        wrong += errors_in(feed)
        read += len(feed)
    clocks = list(at_the_changes())
    shifted = errors_in(clocks)
    seconds = time.process_time() - began
    report.line("files: events and changes that were read", [read], "versions", [VERSIONS], 1.0, "higher")
    report.none("files: came out otherwise than they went in", wrong)
    report.none(f"files: clocks of {len(clocks):,} beside a change of the clocks that moved", shifted)
    report.line("files: written and read", [seconds], "s")
    _count(report)


def _count(report: Report) -> None:
    program = Program.objects.create(slug="bench-files", name="Bench", company_name="Bench AG", start_on="2026-01-01")
    manager = User.objects.create(email="manager@example.com", name="Manager", language="de")
    Membership.objects.create(program=program, user=manager, role=Role.MANAGER)
    told = list(changes(make_event(program), by=manager, person=manager, count=CHANGES, seed=1))
    numbers = [0, *(found.sequence for found, _ in told)]
    report.none(f"files: of {CHANGES} changes that raised no SEQUENCE", [a for a, b in pairwise(numbers) if b <= a])
    report.none("files: that said otherwise than the page", [wrong for _, wrong in told if wrong])
