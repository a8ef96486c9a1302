"""What no file of ours may do, each rule with the offender it must see: a guard that sees nothing is green too."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.addresses import files_of_views
from tests.house.code import files, imported, place

Found = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class Rule:
    name: str
    why: str
    where: Callable[[], Iterable[Path]]
    check: Callable[[ast.Module], Found]
    offenders: tuple[str, ...]
    harmless: tuple[str, ...]
    exempt: frozenset[str] = frozenset()


def product() -> list[Path]:
    return [path for path in files(".py") if not place(path).startswith(("tests/", "bench/", "tools/"))]


def tests() -> list[Path]:
    return [path for path in files(".py") if place(path).startswith("tests/")]


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the name of what is called, without what stands before its last dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    yield node, name


def fetches(tree: ast.Module) -> Found:
    shortcuts = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}
    managers = {"objects", "_default_manager", "_base_manager"}
    queries = {"filter", "exclude", "all", "annotate", "aggregate", "raw", "cursor", "select_related"}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in managers | shortcuts:
                yield node.lineno, f"uses {name}"
            case ast.Name(id=name) | ast.alias(name=name) if name in shortcuts:
                yield node.lineno, f"uses {name}"
            case ast.Call(func=ast.Attribute(value=subject, attr=name)) if name in queries:
                text = ast.unparse(subject)
                if "access." not in text and "queries." not in text:
                    yield node.lineno, f"asks {text}.{name}(...)"


def changes(tree: ast.Module) -> Found:
    forbidden = {
        "save",
        "delete",
        "update",
        "create",
        "bulk_create",
        "bulk_update",
        "update_or_create",
        "get_or_create",
    }
    forbidden |= {f"a{name}" for name in forbidden} | {"add", "set", "remove", "clear", "execute"}
    harmless = {"context", "response", "headers", "session", "data", "initial", "params", "query", "services"}
    for node, name in _calls(tree):
        if name in forbidden and isinstance(node.func, ast.Attribute):
            subject = ast.unparse(node.func.value).split(".")[-1]
            if subject not in harmless and not subject.endswith("services") and "commit=False" not in ast.unparse(node):
                yield node.lineno, ast.unparse(node)[:60]


def vouches_for_html(tree: ast.Module) -> Found:
    return ((node.lineno, name) for node, name in _calls(tree) if name in ("mark_safe", "SafeString", "SafeText"))


def jobs() -> list[Path]:
    return [path for path in product() if path.name in ("jobs.py", "tasks.py")]


def reached(job: ast.Module, module: str, tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions of a room's module that its jobs call or hand over."""
    names = {ast.unparse(node) for node in ast.walk(job) if isinstance(node, ast.Attribute)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and f"{module}.{node.name}" in names:
            yield node


def loops_by_hand(tree: ast.Module) -> Found:
    """Loops over rows of the database that call something of ours for each."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            rows: set[str] = set()
            for node in ast.walk(function):
                match node:
                    case ast.Assign(targets=[ast.Name(id=name)], value=value) if _are_rows(value, rows):
                        rows.add(name)
                    case ast.For(iter=found) if _are_rows(found, rows) and _acts(node):
                        yield node.lineno, ast.unparse(found)[:60]


def _are_rows(value: ast.expr, known: set[str]) -> bool:
    for node in ast.walk(value):
        match node:
            case ast.Attribute(attr="objects" | "_default_manager" | "values_list"):
                return True
            case ast.Name(id=name) if name in known:
                return True
    return False


def _acts(loop: ast.For) -> bool:
    for node in (found for statement in loop.body for found in ast.walk(statement)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name not in ("wake", "set", "list", "int", "str"):
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name not in ("changed", "page_cache"):
                return True
    return False


def mocks(tree: ast.Module) -> Found:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(name)) | ast.alias(name=name):
                if name.split(".")[0] == "mock" or name.startswith("unittest.mock"):
                    yield node.lineno, name
                elif isinstance(node, ast.ImportFrom) and name == "unittest":
                    yield from ((node.lineno, "mock") for alias in node.names if alias.name == "mock")


def empties_the_cache(tree: ast.Module) -> Found:
    for node, name in _calls(tree):
        if ast.unparse(node.func) in ("cache.clear", "caches['default'].clear") or name in ("flushdb", "flushall"):
            yield node.lineno, ast.unparse(node)


def measures_time(tree: ast.Module) -> Found:
    clocks = ("monotonic", "perf_counter", "process_time", "getrusage")
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(left=left, op=ast.Sub()) if any(clock in ast.unparse(left) for clock in clocks):
                yield node.lineno, ast.unparse(node)


def skips(tree: ast.Module) -> Found:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("skip", "skipif", "xfail", "importorskip"):
            yield node.lineno, ast.unparse(node)


def goes_out(tree: ast.Module) -> Found:
    ways = (
        "aiohttp",
        "feedparser",
        "ftplib",
        "http.client",
        "httpx",
        "requests",
        "urllib.request",
        "urllib3",
        "xmlrpc",
    )
    for module in imported(tree):
        if any(module == way or module.startswith(f"{way}.") for way in ways):
            yield 1, f"imports {module}"


RULES = (
    Rule(
        "a view fetches only through access",
        "Permission is asked once: a view that fetches for itself would ask nobody.",
        files_of_views,
        fetches,
        (
            "def item_edit(request, pk):\n    Item.objects.all().delete()",
            "def item_edit(request, pk):\n    item = Item._base_manager.get(pk=pk)",
            "from django.shortcuts import get_object_or_404",
            "def item_edit(request, pk):\n    item = shortcuts.get_object_or_404(Item, pk=pk)",
            "def item_list(request):\n    return request.user.memberships.all()",
            "def item_list(request):\n    return connection.cursor()",
        ),
        (
            "def item_edit(request, pk):\n    item = access.get_item(request.user, pk)",
            "def item_list(request):\n    items = phase_queries.items_of(program).filter(phase=phase)",
        ),
    ),
    Rule(
        "a view does not change anything itself",
        "What changes is a service: it writes the journal and wakes the worker.",
        files_of_views,
        changes,
        (
            "def item_edit(request):\n    item.save()",
            "def item_edit(request):\n    form.save()",
            "def item_edit(request):\n    item.owners.add(person)",
            "async def item_edit(request):\n    await item.adelete()",
        ),
        (
            "def item_edit(request):\n    item = form.save(commit=False)",
            "def item_edit(request):\n    item_services.delete(item, by=request.user)",
            "def item_edit(request):\n    context.update(form=form)",
        ),
    ),
    Rule(
        "only known places vouch for HTML",
        "Each of them writes it from constants, or cleans it first.",
        product,
        vouches_for_html,
        ("mark_safe(text)", "safestring.mark_safe(text)", "html = SafeString(text)"),
        ("from django.utils.safestring import mark_safe", "def show(text: SafeString) -> None: ..."),
        frozenset(
            {
                "core/kit/templatetags/ui.py",
                "core/kit/markdown.py",
                "community/newsletters/letters.py",
                "core/kit/full_stops.py",  # takes a full stop away from what was safe
                "programs/handbook/headings.py",  # puts numbers into what Markdown made
            }
        ),
    ),
    Rule(
        "only the guard goes out",
        "Whoever asks another server goes through core.kit.fetch: no way round its checks.",
        product,
        goes_out,
        ("import requests", "from urllib import request", "import http.client as web"),
        ("from urllib.parse import urlsplit", "from core.kit import fetch", "from http import HTTPStatus"),
        frozenset(
            {
                "core/kit/fetch.py",  # the guard itself
                "influencer/management/commands/up.py",  # asks the site that it has just started
            }
        ),
    ),
    Rule(
        "one failing row starves nobody",
        "The rows after it wait until somebody repairs it: `core.schedule.each` does each by itself, and tries again.",
        jobs,
        loops_by_hand,
        (
            "def sweep():\n    for event in Event.objects.all():\n        tell(event)",
            "def sweep():\n    due = list(Event.objects.all())\n    for event in due:\n        services.tell(event)",
        ),
        (
            "def sweep():\n    for name in ('a', 'b'):\n        tell(name)",
            "def sweep():\n    for event in Event.objects.all():\n        groups[event.kind].append(event)",
        ),
        frozenset(),
    ),
    Rule(
        "nothing of ours is mocked",
        "A mock of our own code proves that the test agrees with itself.",
        tests,
        mocks,
        ("import unittest.mock", "from unittest import mock", "from unittest.mock import patch", "import mock"),
        ("import unittest", "from tests.mockups import page"),
    ),
    Rule(
        "no test empties the cache of the others",
        "Clearing empties the whole database, and with it what the other workers count and remember.",
        tests,
        empties_the_cache,
        ("cache.clear()", "caches['default'].clear()", "redis.flushdb()"),
        ("cache.delete('beat')", "page_cache.clear('program:1')"),
    ),
    Rule(
        "no test measures time",
        "How long something took says which machine it ran on: that belongs into bench/, beside a limit of that run.",
        tests,
        measures_time,
        ("assert time.monotonic() - began < 1", "took = time.perf_counter() - began"),
        ("deadline = time.monotonic() + PATIENCE",),
    ),
    Rule(
        "no test is skipped",
        "What does not run proves nothing, and nobody misses it.",
        tests,
        skips,
        ("pytest.skip('later')", "@pytest.mark.skipif(True, reason='x')\ndef test_x(): ...", "pytest.mark.xfail"),
        ("pytest.fail('now')", "skipped = 1"),
        frozenset(
            {
                "tests/browser/conftest.py",  # no browser: in CI it must be there
                "tests/journeys/test_1_first_run.py",  # not a clone, or no make
            }
        ),
    ),
)
