"""Celery: the worker's app. Beat only ticks; what is due stands in the database, and a tick that comes twice or
never does no harm.
"""

import fcntl
import gc
import logging.config
import os
import tempfile
from contextlib import suppress
from typing import Any

from celery import Celery, Task
from celery.exceptions import Ignore
from celery.signals import setup_logging, worker_init

from core.kit.queue_names import DEFAULT_QUEUE, LONG_QUEUES, URGENT_QUEUE

LATER = 3  # seconds until long work that found no place is looked at again

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "influencer.settings")


def route(name: str, *_: Any, **__: Any) -> dict[str, str]:
    """The queue of the room that a task belongs to: `newsletters.send` is one of `community.newsletters`."""
    from core.kit import rooms  # noqa: PLC0415  # Django is not set up yet

    room = next((room for room in rooms.every() if room.name.endswith(f".{name.split('.')[0]}")), None)
    if room and any(task.name == name for task in room.at_once):
        return {"queue": URGENT_QUEUE}
    own = [every.queue for every in room.timetable if every.task.name == name] if room else []
    return {"queue": next(filter(None, own), "") or (room.queue if room else "") or DEFAULT_QUEUE}


class Places:
    """Of long work one process of a worker stays free: it sends what somebody waits for, and lets the clock go on.

    A place is a byte of a file that the worker's processes have from before they were forked. The lock on it ends with
    the process that holds it, however that ends."""

    def __init__(self) -> None:
        self.count, self.file = 0, -1

    def open(self, processes: int) -> None:
        """Before the fork. With one process alone there is nothing to keep free."""
        self.count = max(processes - 1, 1)
        kept = tempfile.TemporaryFile()  # noqa: SIM115  # as long as the worker
        self.file = os.dup(kept.fileno())

    def take(self) -> int | None:
        for place in range(self.count):
            with suppress(OSError):
                fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
                return place
        return None

    def leave(self, place: int) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_UN, 1, place)


places = Places()


class Fenced(Task):  # type: ignore[type-arg]  # in Celery itself it takes none
    """What a worker takes up: not while a restored database waits for somebody to look at it, and not more long work
    than leaves a process free."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from core.schedule import fence  # noqa: PLC0415  # as above

        if not self.request.called_directly and fence.keeps(self.name) and fence.is_up():
            return None
        if self.request.called_directly or not places.count or route(self.name)["queue"] not in LONG_QUEUES:
            return super().__call__(*args, **kwargs)
        place = places.take()
        if place is None:
            self.apply_async(args, kwargs, countdown=LATER, retry=False)
            raise Ignore
        try:
            return super().__call__(*args, **kwargs)
        finally:
            places.leave(place)


app = Celery("influencer", task_cls=Fenced)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.task_routes = (route,)
app.conf.task_default_queue = DEFAULT_QUEUE


@setup_logging.connect
def log_as_the_site_does(**_: Any) -> None:
    """The worker's own lines go the way of all others. Celery would print what failed with the database's words, in
    which stand addresses and texts."""
    from django.conf import settings  # noqa: PLC0415  # as above

    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def keep_one_free(sender: Any, **_: Any) -> None:
    places.open(sender.concurrency)


@worker_init.connect
def share_memory(**_: Any) -> None:
    """Before the pool is forked: load what each of its processes would load for itself, and keep the collector from
    touching (and so copying) what is loaded now."""
    from billiard import util  # noqa: PLC0415  # only a worker has it

    app.loader.import_default_modules()
    with suppress(OSError):
        # Reads a declaration in C with a parser of 5 MiB, as setting it does in each process of the pool.
        util.get_pdeathsig()  # type: ignore[attr-defined]
    gc.collect()
    gc.freeze()
