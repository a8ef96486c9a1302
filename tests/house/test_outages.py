"""No request waits for a server that is away, and none fails because of a message that nobody needs."""

import ast
from collections.abc import Iterator

from tests.house.code import PACKAGES, files, place, tree

CALLS = {"delay", "apply_async", "send_task", "delay_on_commit"}
MAY_CALL = {
    "core/kit/wake.py": "the one way: after the commit, in bounded time, and never an error",
    "core/schedule/tasks.py": "the clock, in a worker: what it cannot send is due again in the next period",
    "influencer/health/tasks.py": "a worker that has just begun calls itself",
    "influencer/operate/services.py": "an administrator asks for a job now, and is told when nobody takes it",
    "influencer/celery.py": "a worker puts off what finds no place: nobody waits for an answer",
}


def sends(code: ast.Module) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in CALLS for node in ast.walk(code))


def partials_after_commit(code: ast.Module) -> Iterator[int]:
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("on_commit") and node.args:
            called = node.args[0]
            if isinstance(called, ast.Call) and ast.unparse(called.func).endswith("partial"):
                yield node.lineno


def test_tasks_are_called_by_wake_only() -> None:
    """A broker that hangs would hold the request, one that is away would fail it."""
    ours = [path for path in files(".py") if place(path).split("/")[0] in PACKAGES]
    assert {place(path) for path in ours if sends(tree(path))} == MAY_CALL.keys()


def test_no_partial_waits_for_the_commit() -> None:
    """Django wants to name what failed after a commit, and a `partial` has no name: the error would become a 500."""
    assert [f"{place(path)}:{line}" for path in files(".py") for line in partials_after_commit(tree(path))] == []


def test_an_offender_of_either_is_seen() -> None:
    assert sends(ast.parse("jobs.sweep.delay(1)"))
    assert not sends(ast.parse("wake(jobs.sweep, 1)"))
    assert list(partials_after_commit(ast.parse("transaction.on_commit(partial(wake, 1))"))) == [1]
    assert list(partials_after_commit(ast.parse("transaction.on_commit(lambda: wake(1))"))) == []
