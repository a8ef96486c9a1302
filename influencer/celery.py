"""Celery: the worker's app. Beat only ticks; what is due stands in the database, and a tick that comes twice or
never does no harm.
"""

import gc
import logging.config
import os
from contextlib import suppress
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging, worker_init

from influencer.broker import DEFAULT_QUEUE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "influencer.settings")


def route(name: str, *_: Any, **__: Any) -> dict[str, str]:
    """The queue of the room that a task belongs to: `newsletters.send` is one of `community.newsletters`."""
    from core.kit import rooms  # noqa: PLC0415  # Django is not set up yet

    room = next((room for room in rooms.every() if room.name.endswith(f".{name.split('.')[0]}")), None)
    own = [every.queue for every in room.timetable if every.task.name == name] if room else []
    return {"queue": next(filter(None, own), "") or (room.queue if room else "") or DEFAULT_QUEUE}


class Fenced(Task):  # type: ignore[type-arg]  # in Celery itself it takes none
    """What a worker takes up: not while a restored database waits for somebody to look at it."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from core.schedule import fence  # noqa: PLC0415  # as above

        if not self.request.called_directly and fence.keeps(self.name) and fence.is_up():
            return None
        return super().__call__(*args, **kwargs)


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
