"""A server that is away is left alone until it answers again."""

import threading

from core.kit.breaker import Breaker
from tests.worker import PATIENCE, wait_until


class Server:
    """Away until `is_back`; counts who asks."""

    def __init__(self) -> None:
        self.asked, self.is_back = 0, threading.Event()

    def answer(self) -> None:
        self.asked += 1
        if not self.is_back.is_set():
            raise OSError("away")


def test_it_opens_once_and_closes_by_itself() -> None:
    server = Server()
    breaker = Breaker("once", server.answer)
    assert not breaker.is_open
    breaker.open("hung")
    breaker.open("hung")
    assert breaker.is_open
    assert [each.name for each in threading.enumerate()].count("watch once") == 1
    assert wait_until(lambda: server.asked > 1)
    assert breaker.is_open
    server.is_back.set()
    assert wait_until(lambda: not breaker.is_open)


def test_what_waits_is_done_before_the_server_is_in_use_again() -> None:
    server, done = Server(), []
    breaker = Breaker("test", server.answer)
    breaker.when_back("a", lambda: done.append(("an earlier one", breaker.is_open)))
    breaker.when_back("a", lambda: done.append(("a", breaker.is_open)))
    breaker.when_back("b", lambda: done.append(("b", breaker.is_open)))
    assert breaker.is_open
    server.is_back.set()
    assert wait_until(lambda: not breaker.is_open)
    assert done == [("a", True), ("b", True)]


def test_what_fails_is_tried_again() -> None:
    server, tries, done = Server(), [], threading.Event()
    server.is_back.set()

    def do() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OSError("away again")
        done.set()

    breaker = Breaker("test", server.answer)
    breaker.when_back("a", do)
    assert done.wait(PATIENCE)
    assert wait_until(lambda: not breaker.is_open)
    assert len(tries) == 3
