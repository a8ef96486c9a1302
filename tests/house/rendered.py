"""pytest plugin: every template is rendered by some test. Judged when the whole suite has run, over all workers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.signals import template_rendered

FOLDER = Path(__file__).parents[2] / "templates"
_rendered: set[str] = set()


def _note(sender: Any, template: Any, **_: Any) -> None:
    if template.name:
        _rendered.add(template.name + "")  # a plain string: a worker must be able to send it


def pytest_configure(config: pytest.Config) -> None:
    template_rendered.connect(_note, dispatch_uid="rendered")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """A worker of xdist has finished: what it rendered counts too."""
    _rendered.update(getattr(node, "workeroutput", {}).get("rendered", ()))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    yield
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["rendered"] = sorted(_rendered)
    elif _is_whole(session) and never_rendered() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    session = terminalreporter._session
    if session is not None and _is_whole(session) and never_rendered():
        terminalreporter.section("templates that no test has rendered", red=True)
        for name in never_rendered():
            terminalreporter.write_line(name)


def never_rendered() -> list[str]:
    ours = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in (".html", ".txt")}
    return sorted(ours - _rendered)


def _is_whole(session: pytest.Session) -> bool:
    """Nothing was chosen or left out."""
    option = session.config.option
    chosen = option.keyword or option.markexpr or option.collectonly or option.maxfail
    chosen = chosen or getattr(option, "lf", False) or getattr(option, "last_failed_no_failures", "") == "none"
    return not chosen and list(session.config.args) == list(session.config.getini("testpaths"))
