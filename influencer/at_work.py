"""Start what works behind the pages: `python -m influencer.at_work worker` and `... beat`. Celery's own command line
brings a whole shell with it (7 MiB in each process); `celery -A influencer ...` still answers who wants to look.
"""

import argparse
from importlib import import_module
from typing import Any

from celery.utils.log import mlevel

from core.kit.queue_names import URGENT_QUEUE

QUIET = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True, "quiet": True}


def main(words: list[str] | None = None) -> int:
    """What the process ends with."""
    asked = _read(words)
    if asked.part == "worker":
        app: Any = import_module("influencer.celery").app
        # Several hosts may have a worker each: the name has the host in it unless it is said.
        worker = app.Worker(
            hostname=asked.name,
            concurrency=asked.concurrency,
            queues=[URGENT_QUEUE, *asked.queues.split(",")],
            loglevel=asked.loglevel,
            **QUIET,
        )
        worker.start()
        return int(worker.exitcode or 0)
    app = import_module("influencer.timetable").app
    app.Beat(schedule=asked.schedule, loglevel=asked.loglevel, quiet=True).run()
    return 0


def _read(words: list[str] | None) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m influencer.at_work", description=__doc__)
    parts = reader.add_subparsers(dest="part", required=True)
    worker = parts.add_parser("worker", help="do what waits in the queues")
    worker.add_argument("-c", "--concurrency", type=int, default=2, help="how many at once")
    worker.add_argument("-Q", "--queues", required=True, help="to take from, with commas between them")
    worker.add_argument("-n", "--name", help="of this worker, where a host has several")
    beat = parts.add_parser("beat", help="tick, every five seconds")
    beat.add_argument("-s", "--schedule", default="/tmp/beat", help="the file that knows the last tick")  # noqa: S108
    for part in (worker, beat):
        part.add_argument("-l", "--loglevel", type=mlevel, default="WARNING")
    return reader.parse_args(words)


if __name__ == "__main__":
    raise SystemExit(main())
