"""What holds for every file of ours."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.code import PACKAGES, ROOT, files, imported, modules_of, place, tree

LONGEST = 400
GENERATED = ("migrations",)
# Who may vouch for HTML: each of these writes it from constants, or cleans it first.
VOUCHES = {"core/kit/templatetags/ui.py", "core/kit/markdown.py", "community/newsletters/letters.py"}


def _views() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("views*.py"))]


def test_no_file_is_longer_than_a_mind_can_hold() -> None:
    ours = [path for path in files(".py", ".html", ".css", ".js") if not set(GENERATED) & set(path.parts)]
    assert len(ours) > 100
    long = {place(path): lines for path in ours if (lines := len(path.read_text().splitlines())) > LONGEST}
    assert long == {}


def test_views_fetch_only_through_access() -> None:
    """Permission is asked once: a view that fetches for itself would ask nobody."""
    forbidden = {"objects", "_default_manager", "_base_manager"}
    shortcuts = {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}
    wrong = []
    for path in _views():
        for node in ast.walk(tree(path)):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name in shortcuts or (isinstance(node, ast.Attribute) and name in forbidden):
                wrong.append(f"{place(path)}:{node.lineno} uses {name}")  # type: ignore[attr-defined]
    assert wrong == []


def test_views_do_not_save() -> None:
    """What changes is a service: it writes the journal and wakes the worker."""
    forbidden = {"save", "delete", "update", "bulk_create", "update_or_create", "get_or_create"}
    harmless = {"context", "response", "headers", "session", "data", "initial", "params", "query", "services"}
    wrong = []
    for path in _views():
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            subject = ast.unparse(node.func.value).split(".")[-1]
            call = ast.unparse(node)
            if node.func.attr in forbidden and subject not in harmless and "commit=False" not in call:
                wrong.append(f"{place(path)}:{node.lineno} {call[:60]}")
    assert wrong == []


def test_only_known_places_vouch_for_html() -> None:
    used = set()
    for path in files(".py"):
        if place(path).startswith("tests/"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Name) and node.id in ("mark_safe", "SafeString") and isinstance(node.ctx, ast.Load):
                used |= {place(path)} if _is_called(path, node) else set()
    assert used <= VOUCHES


def _is_called(path: Path, name: ast.Name) -> bool:
    return any(isinstance(node, ast.Call) and node.func is name for node in ast.walk(tree(path)))


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc"])
def test_no_drawer_for_everything(word: str) -> None:
    assert [place(path) for path in files(".py") if word in path.with_suffix("").parts] == []


def test_nothing_of_ours_is_mocked() -> None:
    """A mock of our own code proves that the test agrees with itself."""
    wrong = []
    for path in files(".py"):
        if place(path).startswith("tests/") and "unittest.mock" in path.read_text() and path != Path(__file__):
            wrong.append(place(path))
    assert wrong == []


def test_no_test_empties_the_cache_of_the_others() -> None:
    """`cache.clear()` empties the whole database, and with it what the other workers count and remember."""
    found = [place(path) for path in files(".py") if place(path).startswith("tests/") and _clears_the_cache(path)]
    assert found == []


def _clears_the_cache(path: Path) -> bool:
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) == "cache.clear" for node in ast.walk(tree(path)))


def test_no_test_measures_time() -> None:
    """How long something took says which machine it ran on: that belongs into `bench/`, beside a limit of that run."""
    found = [
        f"{place(path)}:{node.lineno}"
        for path in files(".py")
        if place(path).startswith("tests/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and _asks_a_clock(node.left)
    ]
    assert found == []


def _asks_a_clock(node: ast.expr) -> bool:
    text = ast.unparse(node)
    return any(clock in text for clock in ("monotonic", "perf_counter", "process_time", "getrusage"))


GOES_OUT = (
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
MAY_GO_OUT = {
    "core/kit/fetch.py": "the guard itself",
    "influencer/management/commands/up.py": "asks the site that it has just started",
}


def _goes_out(modules: set[str]) -> bool:
    return any(module == way or module.startswith(f"{way}.") for module in modules for way in GOES_OUT)


def test_only_the_guard_goes_out() -> None:
    """Whoever asks another server goes through `core.kit.fetch`: no way round its checks."""
    ours = [path for path in files(".py") if place(path).split("/")[0] in PACKAGES]
    found = {place(path) for path in ours if _goes_out(imported(path))}
    assert found == MAY_GO_OUT.keys()


@pytest.mark.parametrize("line", ["import requests", "from urllib import request", "import http.client as web"])
def test_the_watch_at_the_way_out_sees_it(line: str) -> None:
    assert _goes_out(modules_of(ast.parse(line)))


WRITES_TABLES = re.compile(r"\bcsv\.(writer|DictWriter)\(|\bWorkbook\(|text/csv;|spreadsheetml")
WRITES_CALENDARS = re.compile(r"\bicalendar\b|BEGIN:VCALENDAR|text/calendar;")


@pytest.mark.parametrize(
    ("way", "room"), [(WRITES_TABLES, "core/kit/exports.py"), (WRITES_CALENDARS, "core/kit/calendars.py")]
)
def test_files_for_others_have_one_writer(way: re.Pattern[str], room: str) -> None:
    """A table must not run formulas and a date must keep its UID: whoever writes one writes it there."""
    ours = [path for path in files(".py") if place(path).split("/")[0] in PACKAGES]
    assert [place(path) for path in ours if way.search(path.read_text())] == [room]
