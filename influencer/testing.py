"""pytest plugin: real PostgreSQL and Valkey for the tests, before pytest-django reads the settings."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from core.kit.messages import compile_catalogue
from influencer.embedded.servers import ROOT, data_dir, needed, services


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    os.environ.setdefault("TEST_RUN", f"run{os.getpid()}")  # its own database and keys: runs may go side by side
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["TEST_RUN"] = f"{os.environ['TEST_RUN'].partition('_gw')[0]}_{worker}"
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs an event loop in this thread
    os.environ.setdefault("STATIC_HASHED", "0")
    os.environ.setdefault("FORUM_NEWCOMER_DAYS", "0")  # the cast joined this minute
    compile_catalogue()
    if needed():
        stack = ExitStack()
        os.environ.update(stack.enter_context(services(ROOT / ".data/test", durable=False)))
        early_config.add_cleanup(stack.close)
    (data_dir() / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a missing one
    return (yield)
