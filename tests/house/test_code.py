"""What holds for every file of ours."""

import ast
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.urls import URLResolver, path
from django.urls.resolvers import RegexPattern

from core.people.models import User
from tests.house import rules, rules_of_plan, rules_of_requests
from tests.house.addresses import files_of_views
from tests.house.code import PACKAGES, ROOT, files, place, tree
from tests.house.rules import Rule

LONGEST = 400
RULES = (*rules.RULES, *rules_of_requests.RULES, *rules_of_plan.RULES)
GENERATED = {"migrations"}


def by_name(rule: Rule) -> str:
    return rule.name


@pytest.mark.parametrize("rule", RULES, ids=by_name)
def test_everywhere(rule: Rule) -> None:
    looked_at = list(rule.where())
    found = [(place(path), line, text) for path in looked_at for line, text in rule.check(tree(path))]
    assert looked_at
    assert [f"{path}:{line} {text}" for path, line, text in found if path not in rule.exempt] == [], rule.why
    assert rule.exempt <= {path for path, _, _ in found}, "an exemption that nobody needs any more"


@pytest.mark.parametrize("rule", RULES, ids=by_name)
def test_the_rule_sees_an_offender_and_nothing_else(rule: Rule) -> None:
    assert rule.offenders
    for offender in rule.offenders:
        assert list(rule.check(ast.parse(offender))), offender
    for harmless in rule.harmless:
        assert not list(rule.check(ast.parse(harmless))), harmless


def unsaid(view: Any) -> Any:
    """A decorator that does not say what it wraps."""
    return lambda request: view(request)


def test_views_are_found_wherever_they_stand() -> None:
    hidden = User.__str__  # stands in a file that nobody would take for one with views
    for view in (hidden, unsaid(hidden), unsaid(login_not_required(hidden)), partial(hidden)):
        resolver = URLResolver(RegexPattern(r"^/"), [path("hidden/", view, name="hidden")])
        assert ROOT / "core/people/models.py" in files_of_views(resolver)
    assert ROOT / "programs/checklists/item_views.py" in files_of_views()


def test_every_room_with_addresses_has_views_that_are_looked_at() -> None:
    rooms = {place(file.parent) for file in files(".py") if file.name == "urls.py" and is_room(file)}
    assert rooms - {place(file.parent) for file in files_of_views()} == set()


def is_room(file: Path) -> bool:
    return file.parent.parent != ROOT and file.parents[1].name in PACKAGES


def test_no_file_is_longer_than_a_mind_can_hold() -> None:
    ours = [path for path in files(".py", ".html", ".css", ".js") if not GENERATED & set(path.parts)]
    assert len(ours) > 100
    assert too_long(ours) == {}


def too_long(paths: list[Path]) -> dict[str, int]:
    return {str(path): lines for path in paths if (lines := len(path.read_text().splitlines())) > LONGEST}


def test_a_file_that_is_too_long_is_seen(tmp_path: Path) -> None:
    (long := tmp_path / "long.py").write_text("x = 1\n" * (LONGEST + 1))
    (short := tmp_path / "short.py").write_text("x = 1\n" * LONGEST)
    assert too_long([long, short]) == {str(long): LONGEST + 1}


DRAWERS = {"utils", "helpers", "common", "misc"}


def drawers(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths if DRAWERS & set(path.with_suffix("").parts)]


def test_no_drawer_for_everything() -> None:
    assert drawers([path.relative_to(ROOT) for path in files(".py")]) == []


# What is done for one row of a job, or chooses its rows.
ONE_ROW = {
    "analytics/connectors/storing.py known_posts",
    "analytics/kpis/contributions.py scores",
    "analytics/kpis/contributions.py stays_of",
    "community/barcamp/services.py end_voting",
    "community/forum/pictures.py held_in",
    "community/office_hours/queueing.py close",
    "community/pulses/queries.py to_close",
    "influencer/privacy/account_services.py erase",
    "programs/casting/mix_kept.py keep",
    "programs/casting/mix_kept.py keep_interest",
    "programs/generations/letters.py waiting",
    "programs/generations/merge_services.py merge",
    "programs/readiness/queries.py due",
}


def test_what_jobs_call_starves_nobody_either() -> None:
    found = {
        f"{place(other)} {function.name}"
        for job in rules.jobs()
        for other in sorted(set(job.parent.glob("*.py")) - set(rules.jobs()))
        for function in rules.reached(tree(job), other.stem, tree(other))
        if list(rules.loops_by_hand(ast.Module([function], [])))
    }
    assert found == ONE_ROW


def test_a_loop_that_a_job_calls_is_seen() -> None:
    there = ast.parse("def send():\n    for row in Row.objects.all():\n        tell(row)\n\ndef page():\n    pass")
    job = ast.parse("def push():\n    sending.send()")
    assert [each.name for each in rules.reached(job, "sending", there)] == ["send"]
    assert list(rules.loops_by_hand(there))


@pytest.mark.parametrize("name", ["programs/utils.py", "programs/helpers/dates.py", "core/kit/common.py"])
def test_a_drawer_is_seen(name: str) -> None:
    assert drawers([Path(name), Path("programs/commons.py")]) == [name]


WRITES_TABLES = re.compile(r"\bcsv\.(writer|DictWriter)\(|\bWorkbook\(|text/csv;")
WRITES_CALENDARS = re.compile(r"\bicalendar\b|BEGIN:VCALENDAR|text/calendar;")


@pytest.mark.parametrize(
    ("way", "room"), [(WRITES_TABLES, "core/kit/exports.py"), (WRITES_CALENDARS, "core/kit/calendars.py")]
)
def test_files_for_others_have_one_writer(way: re.Pattern[str], room: str) -> None:
    """A table must not run formulas and a date must keep its UID: whoever writes one writes it there."""
    ours = [path for path in files(".py") if place(path).split("/")[0] in PACKAGES]
    assert [place(path) for path in ours if way.search(path.read_text())] == [room]


@pytest.mark.parametrize(
    "line", ["csv.writer(file)", "xlsxwriter.Workbook(file)", 'HttpResponse("text/csv; charset=utf-8")']
)
def test_another_writer_of_tables_is_seen(line: str) -> None:
    assert WRITES_TABLES.search(line)
    assert not WRITES_TABLES.search("csv.reader(file)")


@pytest.mark.parametrize("line", ["import icalendar", 'lines = ["BEGIN:VCALENDAR"]'])
def test_another_writer_of_calendars_is_seen(line: str) -> None:
    assert WRITES_CALENDARS.search(line)
    assert not WRITES_CALENDARS.search("import calendar")
