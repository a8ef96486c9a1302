"""What somebody waits for, and the clock, wait behind no newsletter and no import."""

import os
import signal
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from uuid import uuid4

import pytest
from celery.exceptions import Ignore
from kombu import Connection
from redis import Redis

from analytics.imports import tasks as imports
from core.kit import queues
from core.kit.breaker import Breaker
from core.kit.queue_names import URGENT_QUEUE
from core.kit.transport import UrgentFirst
from core.notify import tasks as notify
from core.schedule import tasks as schedule
from influencer import celery
from influencer.broker import BROKER_URL


@pytest.fixture
def waiting(settings: Any, monkeypatch: Any) -> Iterator[Any]:
    """Puts a message into a queue of this test alone: other tests leave theirs. A busy machine may take its time."""
    monkeypatch.setattr(queues, "BRIEFLY", {})
    monkeypatch.setattr(queues, "breaker", Breaker("this test's", lambda: None))
    prefix = f"{uuid4()}:"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": prefix}
    names: list[str] = []

    def put(queue: str) -> None:
        names.append(f"{prefix}{queue}")
        broker.lpush(names[-1], "x")

    with Redis.from_url(settings.REDIS_URL) as broker:
        yield put
        for name in names:
            broker.delete(name)


def test_the_queue_of_what_somebody_waits_for_comes_first() -> None:
    assert celery.route(schedule.tick.name) == celery.route(notify.deliver_now.name) == {"queue": URGENT_QUEUE}
    assert celery.route(notify.deliver.name) == {"queue": "mail"}
    queues_of = Connection(BROKER_URL).default_channel._queue_cycle
    assert isinstance(queues_of, UrgentFirst)
    queues_of.update(["mail", URGENT_QUEUE, "imports"])
    for last, then in (("mail", ["imports", "mail"]), ("imports", ["mail", "imports"])):
        queues_of.rotate(last)
        queues_of.rotate(URGENT_QUEUE)
        assert queues_of.consume(3) == [URGENT_QUEUE, *then], "and the others in their turn"


def test_a_turn_ends_when_something_waits(waiting: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(queues, "ASKED_EVERY", 0.0)
    assert queues.Turn(0).is_over()
    assert not queues.Turn(60).is_over()
    waiting("mail")
    assert not queues.Turn(60).is_over(), "a newsletter has its seconds before a reminder"
    waiting(URGENT_QUEUE)
    assert queues.Turn(60).is_over()


def test_what_nobody_sits_in_front_of_waits_a_few_seconds(waiting: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(queues, "ASKED_EVERY", 0.0)
    monkeypatch.setattr(queues, "FAIR_AFTER", 0.0)
    waiting("imports")
    assert not queues.Turn(60).is_over(), "what takes minutes itself ends no turn"
    waiting("mail")
    assert queues.Turn(60).is_over()


def test_long_work_leaves_a_process_free_also_when_it_is_killed() -> None:
    places = celery.Places()
    places.open(processes=2)
    ready, here = os.pipe()
    child = os.fork()
    if not child:
        places.take()
        os.write(here, b"1")
        signal.pause()
    try:
        assert os.read(ready, 1) == b"1"
        assert places.take() is None
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert places.take() == 0


@pytest.mark.django_db
def test_long_work_without_a_place_comes_again(monkeypatch: Any) -> None:
    again: list[Any] = []
    places = celery.Places()
    places.count = 1
    monkeypatch.setattr(places, "take", lambda: None)
    monkeypatch.setattr(celery, "places", places)
    for name in (imports.sweep.name, notify.sweep.name):
        task = celery.app.tasks[name]
        monkeypatch.setattr(task, "apply_async", lambda *_args, name=name, **more: again.append((name, more)))
        monkeypatch.setattr(task, "run", lambda name=name: again.append(name))
        task.push_request(called_directly=False)
        try:
            with nullcontext() if name == notify.sweep.name else pytest.raises(Ignore):
                task()
        finally:
            task.pop_request()
    assert again == [(imports.sweep.name, {"countdown": celery.LATER, "retry": False}), notify.sweep.name]
