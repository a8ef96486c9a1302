from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from analytics.sources.handover import LIFETIME
from core.sheets.cells import column_letter
from tests.analytics.sources.reading import parsed, refused
from tests.workbooks import SAMPLES, place, workbook

GHE = SAMPLES / "linkedin_company_ghe"


def cells(path: Path) -> dict[tuple[str, str, int], Any]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    return {
        (name, column_letter(c), r): value
        for name in book.sheet_names
        for r, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
        for c, value in enumerate(row)
    }


def american(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").replace(tzinfo=UTC).date()


def test_every_daily_figure_of_a_real_content_file_is_the_cell_it_names(tmp_path: Path) -> None:
    path = GHE / "linkedin-content.anonymised.xls"
    file, raw = parsed(path), cells(path)
    daily = [r for r in file.readings if r.grain == "day"]
    words = {"members_reached": "Unique impressions"}
    for reading in daily:
        sheet, column, row = place(reading.locator)
        label = f"{words.get(reading.metric, reading.metric.capitalize())} ({reading.segment or 'total'})"
        assert raw[sheet, column, 2] == label
        assert raw[sheet, column, row] == reading.value
        assert american(raw[sheet, "A", row]) == reading.period_start == reading.period_end - timedelta(days=1)
    assert len(daily) == 365 * 16
    assert (file.window_start, file.window_end) == (date(2024, 5, 21), date(2025, 5, 20))
    assert (file.kind, file.locale, file.refused, file.warnings) == ("linkedin_company_content", "en", [], [])


def test_negative_days_of_a_real_file_are_kept(tmp_path: Path) -> None:
    file = parsed(GHE / "linkedin-content.anonymised.xls")
    negative = {(r.metric, r.value) for r in file.readings if r.value < 0}
    assert ("reactions", -6) in negative
    assert ("comments", -1) in negative


def test_every_post_figure_of_a_real_content_file_is_the_cell_it_names(tmp_path: Path) -> None:
    path = GHE / "linkedin-content.anonymised.xls"
    file, raw = parsed(path), cells(path)
    labels = {
        "Impressions": "impressions",
        "Views": "video_views",
        "Clicks": "clicks",
        "Likes": "reactions",
        "Comments": "comments",
        "Reposts": "reposts",
    }
    lifetime = [r for r in file.readings if r.grain == "lifetime"]
    for reading in lifetime:
        sheet, column, row = place(reading.locator)
        assert labels[raw[sheet, column, 2]] == reading.metric
        assert raw[sheet, column, row] == reading.value
        assert reading.post_ref is not None
        assert raw[sheet, "B", row] == file.posts[reading.post_ref].url
        assert (reading.period_start, reading.period_end) == LIFETIME
    counts = Counter(r.metric for r in lifetime)
    assert counts == dict.fromkeys(labels.values(), 78) | {"video_views": 1}, "an empty cell is unknown, not zero"


def test_a_post_appeared_when_its_number_says_and_not_when_it_was_created(tmp_path: Path) -> None:
    file = parsed(GHE / "linkedin-content.anonymised.xls")
    assert len(file.posts) == 78
    differing = [p for p in file.posts if p.published_at and p.published_at.date() != p.created_on]
    assert len(differing) == 35
    assert file.posts[0].published_at == datetime(2025, 5, 19, 7, 0, 29, 390000, tzinfo=UTC)
    assert file.posts[0].created_on == date(2025, 5, 15)


def test_who_posted_is_not_kept(tmp_path: Path) -> None:
    assert "Person A" not in repr(parsed(GHE / "linkedin-content.anonymised.xls"))


def test_total_followers_of_a_day_are_that_days_new_ones(tmp_path: Path) -> None:
    path = GHE / "linkedin-followers.xls"
    file, raw = parsed(path), cells(path)
    columns = {"sponsored": "B", "organic": "C", "auto_invited": "D", "": "E"}
    for reading in file.readings:
        sheet, column, row = place(reading.locator)
        assert (reading.metric, columns[reading.segment]) == ("followers_new", column)
        assert raw[sheet, column, row] == reading.value
        assert american(raw[sheet, "A", row]) == reading.period_start
    assert len(file.readings) == 365 * 4
    assert sum(r.value for r in file.readings if not r.segment) == 736
    groups = {(d.dimension, d.value): d.count for d in file.demographics}
    assert groups == {
        (raw[s, "A", 1], raw[s, "A", r]): value
        for (s, c, r), value in raw.items()
        if s != "New followers" and c == "B" and r > 1
    }


def test_visitors_are_counted_for_the_whole_page_only(tmp_path: Path) -> None:
    path = GHE / "linkedin-visitors.xls"
    file, raw = parsed(path), cells(path)
    for reading in file.readings:
        sheet, column, row = place(reading.locator)
        assert raw[sheet, column, 1] == f"Total {reading.metric.replace('_', ' ')} ({reading.segment or 'total'})"
        assert raw[sheet, column, row] == reading.value
    assert len(file.readings) == 365 * 6
    assert len(file.demographics) == 36 + 14 + 7 + 42 + 8


def test_the_name_of_a_download_tells_account_and_time_of_export(tmp_path: Path) -> None:
    file = parsed(GHE / "linkedin-followers.xls", name="beispiel-gmbh_followers_1747809000123 (1).xls")
    assert file.account_hint == "beispiel-gmbh"
    assert file.exported_at == datetime(2025, 5, 21, 6, 30, 0, 123000, tzinfo=UTC)
    assert file.exported_at_source == "file_name"


def test_the_same_cells_have_the_same_fingerprint_in_another_file(tmp_path: Path) -> None:
    path = GHE / "linkedin-followers.xls"
    book = python_calamine.CalamineWorkbook.from_path(path)
    rows = {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}
    copy = workbook(tmp_path / "copy.xlsx", rows)
    first = parsed(path).content_fingerprint
    assert first == parsed(copy).content_fingerprint
    rows["New followers"][5][2] += 1  # type: ignore[operator]
    assert first != parsed(workbook(tmp_path / "other.xlsx", rows)).content_fingerprint


def german_content(tmp_path: Path, shares: str = "Direkt geteilte Beiträge", dates: str = "%m/%d/%Y") -> Path:
    def three(word: str) -> list[str]:
        return [f"{word} ({s})" for s in ("organische Updates", "Sponsored Updates", "insgesamt")]

    head = [
        "Datum",
        *three("Impressions"),
        "Individuelle Impressions (organische Updates)",
        *three("Klicks"),
        *[f"Reaktionen ({s})" for s in ("organisch", "gesponsert", "insgesamt")],
        *three("Kommentare"),
        *[f"{shares} ({s})" for s in ("organisch", "gesponsert", "insgesamt")],
        *three("Engagement Rate"),
    ]
    days = [date(2026, 3, 1) + timedelta(days=i) for i in range(30)]
    rows = [[d.strftime(dates), *range(100 + i, 116 + i), 0.1, 0, 0.1] for i, d in enumerate(days)]
    head2 = (
        "Titel des Beitrags|Link veröffentlichen|Art des Beitrags|Name der Kampagne|Veröffentlicht von|Erstellt am|"
        "Startdatum|Enddatum|Zielgruppe|Impressions|Aufrufe|Externe Aufrufe|Klicks|Klickrate (CTR)|Likes|Kommentare|"
        f"{shares}|Follower|Engagement Rate|Art des Contents"
    ).split("|")
    address = "https://www.linkedin.com/feed/update/urn:li:activity:7330125177224056400"
    post = [
        "Hallo",
        address,
        "Organisch",
        "",
        "Person A",
        days[0].strftime(dates),
        "",
        "",
        "Alle",
        9,
        "",
        "",
        3,
        0.3,
        2,
        1,
        4,
    ]
    return workbook(
        tmp_path / "beispiel-gmbh_content_1777000000000.xlsx",
        {"Kennzahlen": [["Beschreibung"], head, *rows], "Alle Beiträge": [["Beschreibung"], head2, post]},
    )


@pytest.mark.parametrize("shares", ["Direkt geteilte Beiträge", "Geteilte Inhalte"])
@pytest.mark.parametrize("dates", ["%m/%d/%Y", "%d.%m.%Y"])
def test_german_labels_of_different_years_are_understood(tmp_path: Path, shares: str, dates: str) -> None:
    file = parsed(german_content(tmp_path, shares, dates))
    assert (file.kind, file.locale, file.refused) == ("linkedin_company_content", "de", [])
    first = {(r.metric, r.segment): r.value for r in file.readings if r.period_start == date(2026, 3, 1)}
    assert first["impressions", "organic"] == 100
    assert first["reposts", ""] == 115
    assert len(first) == 16
    assert {r.metric: r.value for r in file.readings if r.grain == "lifetime"} == {
        "impressions": 9,
        "clicks": 3,
        "reactions": 2,
        "comments": 1,
        "reposts": 4,
    }


def unknown_language(tmp_path: Path) -> Path:
    days = [date(2026, 3, 1) + timedelta(days=i) for i in range(20)]
    head = ["Päivä", *[f"Sarake {i}" for i in range(19)]]
    rows = [[d.strftime("%d.%m.%Y"), *range(16), 0.1, 0, 0.1] for d in days]
    return workbook(tmp_path / "x.xlsx", {"Mittarit": [["Kuvaus"], head, *rows]})


def test_an_unknown_language_is_read_by_place_where_the_name_proves_the_source(tmp_path: Path) -> None:
    file = parsed(unknown_language(tmp_path), name="nordwerk_content_1777000000000.xls")
    first = {(r.metric, r.segment): r.value for r in file.readings if r.period_start == date(2026, 3, 1)}
    assert first["impressions", ""] == 2
    assert first["reposts", ""] == 15


def test_by_place_alone_nothing_is_linkedins(tmp_path: Path) -> None:
    assert refused(unknown_language(tmp_path), name="sairauspoissaolot.xlsx")[0] == "layout_unknown"


@pytest.mark.parametrize(
    "head",
    [
        ["Date", "Sick", "Holiday", "Training", "Present"],
        ["Datum", "Versendet", "Geöffnet", "Geklickt", "Abgemeldet"],
        ["Date", "Page views", "Sessions", "Bounces", "Users"],
        ["Date", "Followers", "Following", "Posts", "Likes"],
    ],
)
def test_other_tables_of_days_never_become_followers(head: list[str], tmp_path: Path) -> None:
    rows = [[f"03/{day:02}/2026", *range(day, day + 4)] for day in range(1, 20)]
    path = workbook(tmp_path / "x.xlsx", {"Table": [head, *rows]})
    assert refused(path)[0] in {"layout_unknown", "wide_unknown", "other_network"}


def test_days_after_the_export_are_refused(tmp_path: Path) -> None:
    head = ["Date", "Sponsored followers", "Organic followers", "Total followers"]
    rows = [[f"05/{day:02}/2025", 0, day, day] for day in (20, 21, 22, 23)]
    path = workbook(tmp_path / "x.xlsx", {"New followers": [head, *rows]})
    file = parsed(path, name="nordwerk_followers_1747809000123.xls")
    assert [(cell.row, cell.code) for cell in file.refused] == [(4, "date_future"), (5, "date_future")]
    assert file.window_end == date(2025, 5, 21)


def test_columns_named_twice_are_refused(tmp_path: Path) -> None:
    head = ["Date", *["Impressions (total)"] * 2, *[f"Clicks ({s})" for s in ("organic", "total")], *["x (y)"] * 15]
    rows = [[f"03/{d:02}/2026", *range(19)] for d in range(1, 20)]
    path = workbook(tmp_path / "x.xlsx", {"Metrics": [["About"], head, *rows]})
    assert refused(path) == ("columns_double", {"name": "impressions (total)"})
