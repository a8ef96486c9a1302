"""What templates show: icons there are, numbers and dates in the reader's language."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags import ui

ROOT = Path(__file__).resolve().parents[3]
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("de", 1234.5, "1.234,5"),
        ("en", 1234.5, "1,234.5"),
        ("de", Decimal("1234567.89"), "1.234.567,89"),
        ("en", 0, "0"),
        ("de", None, "–"),
        ("de", float("nan"), "–"),
        ("de", "not a number", "–"),
    ],
)
def test_numbers_are_grouped_the_way_the_language_does(language: str, value: object, shown: str) -> None:
    with override(language):
        assert ui.number(value) == shown


def test_the_number_of_decimals_can_be_fixed() -> None:
    with override("de"):
        assert ui.number(Decimal("2"), 1) == "2,0"
        assert ui.number(1999.6, 0) == "2.000"


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("de", 412_000, f"412{NBSP}Tsd."),
        ("de", 12_600, f"12,6{NBSP}Tsd."),
        ("de", 9_800, "9.800"),
        ("de", 1_234_567, f"1,2{NBSP}Mio."),
        ("en", 412_000, "412K"),
        ("en", 950, "950"),
    ],
)
def test_large_numbers_are_shortened(language: str, value: int, shown: str) -> None:
    with override(language):
        assert ui.compact(value) == shown


def test_ratios_minutes_and_times() -> None:
    with override("de"):
        assert ui.percent(Decimal("0.823")) == f"82{NBSP}%"
        assert ui.percent(0.8234, 1) == f"82,3{NBSP}%"
        assert ui.clock(datetime(2026, 11, 21, 13, 0, tzinfo=UTC)) == f"14:00{NBSP}Uhr"
    with override("en"):
        assert ui.percent("0.823") == "82%"
        assert ui.minutes(95) == f"1 hr{NBSP}35 min"
        assert ui.minutes(timedelta(hours=1)) == "1 hr"
        assert ui.minutes(0) == "0 min"


@pytest.mark.parametrize(
    ("language", "style", "shown"),
    [
        ("de", "short", "21.11.2026"),
        ("de", "full", "Samstag, 21. November 2026"),
        ("en", "short", "21 Nov 2026"),
        ("en", "long", "21 November 2026"),
    ],
)
def test_dates(language: str, style: str, shown: str) -> None:
    with override(language):
        assert ui.day(date(2026, 11, 21), style) == shown


def test_a_day_of_another_year_says_so() -> None:
    for language, shown in (("de", "Mo., 4.1.2027"), ("en", "Mon, 4 Jan 2027")):
        with override(language), time_machine.travel("2026-11-21"):
            assert ui.day(date(2027, 1, 4), "weekday") == shown


def test_a_moment_is_shown_on_the_readers_day() -> None:
    with override("de"), timezone.override("Europe/Berlin"):
        assert ui.day(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)) == "22.11.2026"


def test_how_long_ago() -> None:
    with override("de"):
        assert ui.ago(timezone.now() - timedelta(days=3)) == "vor 3 Tagen"
        assert ui.ago(timezone.localdate() + timedelta(days=3)) == "in 3 Tagen"
    with override("en"):
        assert ui.ago(timezone.localdate()) == "today"
        assert ui.ago(timezone.now()) == "just now"


def test_numbers_for_the_machine_never_follow_the_language() -> None:
    with override("de"):
        assert ui.number_machine(Decimal("1234.50")) == "1234.50"
        assert ui.number_machine(None) == ""


def test_every_icon_a_template_or_a_list_of_kinds_names_is_in_the_sprite() -> None:
    sprite = (ROOT / "static/vendor/icons.svg").read_text()
    known = set(re.findall(r'id="([^"]+)"', sprite))
    named = {
        (name, path.relative_to(ROOT).as_posix())
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"\{%\s*icon \"([^\"]+)\"", path.read_text())
    }
    packages = ("core", "programs", "community", "analytics", "influencer")
    listed = {
        (name, path.relative_to(ROOT).as_posix())
        for package in packages
        for path in (ROOT / package).rglob("*.yaml")
        for name in re.findall(r"^[ -]*icon: *[\"']?([a-z][a-z0-9-]+)[\"']?$", path.read_text(), re.MULTILINE)
    }
    assert listed
    named |= listed
    missing = {pair for pair in named if pair[0] not in known}
    assert named
    assert not missing, "Add these to tools/icons.txt and run tools/vendor.py."


def _render(source: str, **context: object) -> str:
    request = RequestFactory().get("/list/", {"q": "a b", "page": "2"})
    return engines["django"].from_string(source).render(context, request)


def test_the_query_string_is_kept_when_the_page_changes_even_in_an_isolated_part() -> None:
    assert _render('{% querystring_of "page" 3 %}') == "?q=a+b&amp;page=3"


def test_a_part_included_alone_still_carries_the_csrf_field() -> None:
    html = _render(
        '{% include "ui/_dialog.html" with id="x" title="Delete?" action_url="/d" confirm_label="Go" only %}'
    )
    assert 'name="csrfmiddlewaretoken"' in html


def test_a_hidden_cell_carries_no_value() -> None:
    cell = ChartCell(hidden=True, reason="Fewer than 5")
    chart = Chart("a", ChartKind.BARS, "", "Month", ("May",), series_of(["Posts"], [[cell]]))
    html = _render('{% include "ui/_finding.html" with chart=chart only %}', chart=chart)
    drawn = html[html.index("data-hidden>") if "data-hidden>" in html else html.index(" data-hidden ") :]
    assert "data-value" not in drawn
    assert 'title="Fewer than 5"' in html


@pytest.mark.parametrize(
    ("user_agent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_called_as_people_know_it(user_agent: str, shown: str) -> None:
    with override("en"):
        assert ui.browser(user_agent) == shown


def test_a_part_of_nothing_is_unknown() -> None:
    assert ui.share_of(3, 0) is None
    with override("en"):
        assert ui.percent(ui.share_of(3, 5)) == "60%"


def test_a_label_that_is_a_sentence_loses_its_stop_before_a_colon() -> None:
    assert ui.without_stop("The team may read this.") == "The team may read this"
    assert ui.without_stop("Name") == "Name"
