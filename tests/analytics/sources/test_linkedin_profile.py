from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from core.sheets.book import sheets_of
from tests.analytics.sources.reading import parsed, refused
from tests.workbooks import SAMPLES, place, plain_cells, workbook

SYNTHETIC = SAMPLES / "synthetic"
ENGLISH = SYNTHETIC / "AggregateAnalytics_Erika Beispiel_2026-10-03_2026-11-01.xlsx"
OLD = SYNTHETIC / "Content_2026-10-03_2026-11-01_ErikaBeispiel.xlsx"
GERMAN = SYNTHETIC / "AggregateAnalytics_DE_headers-partly-inferred.xlsx"
Rows = list[list[object]]


@pytest.mark.parametrize("path", [ENGLISH, OLD, GERMAN], ids=["english", "old", "german"])
def test_every_figure_is_the_cell_it_names(path: Path, tmp_path: Path) -> None:
    file, raw = parsed(path), plain_cells(path)
    for reading in file.readings:
        sheet, column, row = place(reading.locator)
        assert float(raw[sheet][f"{column}{row}"]) == reading.value
        if reading.grain == "day" and row > 1:
            text = raw[sheet][f"A{row}"]
            pattern = "%d.%m.%Y" if path is GERMAN else "%m/%d/%Y"
            assert datetime.strptime(text, pattern).replace(tzinfo=UTC).date() == reading.period_start
        if reading.post_ref is not None:
            assert raw[sheet][("A" if column == "C" else "E") + str(row)] == file.posts[reading.post_ref].url
    assert len(file.readings) == 2 + 30 * 2 + 1 + 30 + 4 + 6
    assert (file.window_start, file.window_end) == (date(2026, 10, 3), date(2026, 11, 1))
    assert (file.refused, file.warnings) == ([], [])


def test_both_generations_tell_the_same_figures(tmp_path: Path) -> None:
    def figures(path: Path) -> list[tuple[object, ...]]:
        return [(r.metric, r.grain, r.period_start, r.value) for r in parsed(path).readings]

    assert figures(ENGLISH) == figures(OLD) == figures(GERMAN)
    assert parsed(ENGLISH).format_version == "text"
    assert parsed(OLD).format_version == "numbers"


def test_language_and_owner_are_told_by_sheet_and_file_names(tmp_path: Path) -> None:
    files = [parsed(p) for p in (ENGLISH, OLD, GERMAN)]
    assert [(f.locale, f.owner_name) for f in files] == [
        ("en", "Erika Beispiel"),
        ("en", "ErikaBeispiel"),
        ("de", None),
    ]


def test_a_post_in_one_ranking_only_has_one_figure(tmp_path: Path) -> None:
    file = parsed(ENGLISH)
    of_posts = [(r.post_ref, r.metric) for r in file.readings if r.post_ref is not None]
    assert len(file.posts) == 6
    assert sorted(of_posts).count((4, "impressions")) == 1
    assert (4, "engagements") not in of_posts


def test_people_reached_and_posts_are_figures_of_the_whole_window(tmp_path: Path) -> None:
    file = parsed(ENGLISH)
    window = [r for r in file.readings if r.grain == "window"]
    assert {(r.period_start, r.period_end) for r in window} == {(date(2026, 10, 3), date(2026, 11, 2))}
    assert {r.metric for r in window} == {"impressions", "members_reached", "engagements"}


def test_a_share_below_one_percent_is_a_bound_and_not_a_figure(tmp_path: Path) -> None:
    shares = {(d.scope, d.value): (d.share, d.qualifier) for d in parsed(ENGLISH).demographics}
    assert shares["audience", "Muster AG"] == shares["content", "Muster AG"] == (Decimal("0.01"), "<")
    assert shares["audience", "Beispiel GmbH"] == (Decimal("0.04"), "=")
    assert {d.scope for d in parsed(OLD).demographics} == {"audience"}


def test_the_time_in_the_number_is_when_a_post_appeared(tmp_path: Path) -> None:
    posts = parsed(ENGLISH).posts
    assert posts[0].ids == [("share", "7520741100617729005")]
    assert posts[0].published_at == datetime(2026, 10, 27, 7, 0, 7, tzinfo=UTC)
    assert {p.precision for p in posts} == {"second"}


def export(tmp_path: Path, name: str = "AggregateAnalytics_X_2026-03-01_2026-03-12.xlsx", **changes: Rows) -> Path:
    """Twelve days in March, Italian style: each date could be read both ways."""
    days = [date(2026, 3, 1) + timedelta(days=i) for i in range(12)]

    def text(d: date) -> str:
        return f"{d.day}/{d.month}/{d.year}"

    sheets: dict[str, Rows] = {
        "SCOPERTA": [
            ["Prestazioni", f"{text(days[0])} - {text(days[-1])}"],
            ["Impressioni", "1.234"],
            ["Utenti raggiunti", "800"],
        ],
        "INTERESSE": [["Data", "Impressioni", "Interazioni"], *[[text(d), "10", "-2"] for d in days]],
        "POST PRINCIPALI": [
            ["Massimo 50"],
            [],
            ["URL", "Data", "Interazioni", "", "URL", "Data", "Impressioni"],
            ["481", "", "", "", "481", "", ""],
        ],
        "FOLLOWER": [
            [f"Follower totali il {text(days[-1])}:", "2.571"],
            [],
            ["Data", "Nuovi"],
            *[[text(d), "1"] for d in days],
        ],
        "DATI DEMOGRAFICI": [
            ["Principali", "Valore", "Percentuale"],
            ["Località", "Roma", "menos de 1%"],
            ["Settori", "IT", "12,5 %"],
        ],
    }
    return workbook(tmp_path / name, {**sheets, **changes})


def test_an_unlisted_language_is_read_by_its_structure(tmp_path: Path) -> None:
    path = export(tmp_path)
    file = parsed(path)
    assert file.locale == "it"
    assert file.window_start == date(2026, 3, 1)
    assert file.window_end == date(2026, 3, 12)
    figures = {(r.metric, r.grain, r.period_start): r.value for r in file.readings}
    assert figures["impressions", "window", date(2026, 3, 1)] == 1234
    assert figures["engagements", "day", date(2026, 3, 12)] == -2
    assert figures["followers_total", "day", date(2026, 3, 12)] == 2571
    assert [(d.share, d.qualifier) for d in file.demographics] == [(Decimal("0.01"), "<"), (Decimal("0.125"), "=")]


def test_digits_in_unused_places_are_no_posts(tmp_path: Path) -> None:
    assert parsed(export(tmp_path)).posts == []


def test_days_that_could_be_months_are_asked_about(tmp_path: Path) -> None:
    rows: Rows = [["Data", "Impressioni", "Interazioni"], ["3/4/2026", "1", "1"]]
    found = "3/4/2026 - 3/4/2026"
    path = export(tmp_path, "export.xlsx", INTERESSE=rows, SCOPERTA=[["Prestazioni", found], ["Impressioni", "1"]])
    assert refused(path) == ("date_order", {"example": "3/4/2026"})


def test_thousands_written_in_two_ways_are_refused(tmp_path: Path) -> None:
    rows: Rows = [["Data", "Impressioni", "Interazioni"], *[[f"{d}/3/2026", "1,234", "1"] for d in range(1, 13)]]
    assert refused(export(tmp_path, INTERESSE=rows), "x.xlsx") == ("number_mixed", {})


def test_a_wrong_cell_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    rows: Rows = [["Data", "Impressioni", "Interazioni"], *[[f"{d}/3/2026", "10", "1"] for d in range(1, 13)]]
    rows[4][1] = "viele"
    rows[5][2] = 1.5
    rows[6][1] = ""
    file = parsed(export(tmp_path, INTERESSE=rows))
    assert [(c.sheet, c.row, c.column, c.code) for c in file.refused] == [
        ("INTERESSE", 5, "B", "number_unreadable"),
        ("INTERESSE", 6, "C", "number_not_whole"),
    ]
    assert sum(r.metric == "impressions" and r.grain == "day" for r in file.readings) == 10


def test_an_address_elsewhere_is_not_taken_for_a_post(tmp_path: Path) -> None:
    posts: Rows = [
        ["Massimo 50"],
        [],
        ["URL", "Data", "Interazioni", "", "URL", "Data", "Impressioni"],
        ["https://linkedin.com.evil.example/urn:li:activity:7520741100617729005", "1/3/2026", "5"],
    ]
    file = parsed(export(tmp_path, **{"POST PRINCIPALI": posts}))
    assert file.posts == []
    assert [(c.row, c.column, c.code) for c in file.refused] == [(4, "A", "url_not_linkedin")]


def test_excel_dates_are_dates(tmp_path: Path) -> None:
    rows: Rows = [["Data", "Impressioni", "Interazioni"], *[[46082 + d, 10, 1] for d in range(12)]]
    file = parsed(export(tmp_path, INTERESSE=rows))
    assert min(r.period_start for r in file.readings if r.metric == "engagements") == date(2026, 3, 1)


def test_days_outside_the_files_own_period_are_refused_one_by_one(tmp_path: Path) -> None:
    rows: Rows = [["Data", "Impressioni", "Interazioni"], *[[f"{d}/3/2026", "10", "1"] for d in range(1, 15)]]
    file = parsed(export(tmp_path, INTERESSE=rows))
    assert [(cell.row, cell.code) for cell in file.refused] == [(14, "day_outside"), (15, "day_outside")]
    assert max(r.period_start for r in file.readings) == date(2026, 3, 12)


def test_days_that_do_not_add_up_to_the_whole_are_remarked(tmp_path: Path) -> None:
    file = parsed(export(tmp_path))
    assert [(remark.code, remark.params) for remark in file.warnings] == [("sum_differs", {"days": 120, "whole": 1234})]
    rows: Rows = [["Data", "Impressioni", "Interazioni"], *[[f"{d}/3/2026", "10", "1"] for d in range(1, 10)]]
    assert [remark.code for remark in parsed(export(tmp_path, INTERESSE=rows)).warnings] == ["days_missing"]


def test_a_hidden_sheet_never_wins_and_is_named(tmp_path: Path) -> None:
    """People keep last year's sheet, hidden, in front of the new one."""
    days = [[f"{d}/3/2026", "10", "-2"] for d in range(1, 13)]
    old = [["Data", "Impressioni", "Interazioni"], *[[day, "99999", "1"] for day, *_ in days]]
    sheets = {"INTERESSE 2025": old, **{s.name: s.rows for s in sheets_of(export(tmp_path))}}
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if "2025" in name:
                sheet.hide()
        book.get_worksheet_by_name("SCOPERTA").activate()
    file = parsed(path, "AggregateAnalytics_X_2026-03-01_2026-03-12.xlsx")
    assert {r.value for r in file.readings if r.metric == "impressions" and r.grain == "day"} == {10}
    assert ("INTERESSE 2025", "hidden") in [(each.label, each.why) for each in file.unread]


def test_a_second_sheet_of_the_same_kind_is_named(tmp_path: Path) -> None:
    old: Rows = [["Data", "Impressioni", "Interazioni"], *[[f"{d}/3/2025", "7", "7"] for d in range(1, 13)]]
    file = parsed(export(tmp_path, Vecchio=old))
    assert ("Vecchio", "unknown") in [(each.label, each.why) for each in file.unread]
    assert file.refused == []


def test_an_older_sheet_in_front_of_the_right_one_is_not_taken(tmp_path: Path) -> None:
    """Of two sheets of days the one counts that lies in the period the file names."""
    right: Rows = [["Data", "Impressioni", "Interazioni"], *[[f"{d}/3/2026", "10", "1"] for d in range(1, 13)]]
    old: Rows = [["Data", "Impressioni", "Interazioni"], *[[f"{d}/3/2025", "7", "7"] for d in range(1, 13)]]
    file = parsed(export(tmp_path, INTERESSE=old, Nuovo=right))
    assert {r.value for r in file.readings if r.metric == "impressions" and r.grain == "day"} == {10}
    assert ("INTERESSE", "unknown") in [(each.label, each.why) for each in file.unread]


def test_a_report_of_something_else_is_not_an_export_of_linkedin(tmp_path: Path) -> None:
    """A period at the top and days with two numbers: that has many a newsletter tool."""
    days = [[f"03/{d:02}/2026", 900 + d, 30 + d] for d in range(1, 13)]
    sheets: dict[str, Rows] = {
        "Report": [["Campaign", "03/01/2026 - 03/12/2026"], ["Sent", 12000], ["Opened", 4000]],
        "Days": [["Date", "Opened", "Clicked"], *days],
    }
    assert refused(workbook(tmp_path / "x.xlsx", sheets))[0] == "layout_unknown"


def test_swapped_columns_and_rows_go_by_their_labels(tmp_path: Path) -> None:
    summary: Rows = [["Prestazioni", "1/3/2026 - 12/3/2026"], ["Utenti raggiunti", "800"], ["Impressioni", "120"]]
    rows: Rows = [["Data", "Interazioni", "Impressioni"], *[[f"{d}/3/2026", "3", "10"] for d in range(1, 13)]]
    file = parsed(export(tmp_path, SCOPERTA=summary, INTERESSE=rows))
    figures = {(r.metric, r.grain): r.value for r in file.readings}
    assert figures["impressions", "day"] == 10
    assert figures["engagements", "day"] == 3
    assert (figures["impressions", "window"], figures["members_reached", "window"]) == (120, 800)


def test_a_portuguese_file_is_read_by_its_labels(tmp_path: Path) -> None:
    """Sheets, figures, posts and “menos de 1%”, as LinkedIn writes them in Brazil."""
    days = [[f"{day:02}/10/2026", 100 + day, day] for day in range(13, 16)]
    post = "https://www.linkedin.com/feed/update/urn:li:share:7520741100617729005"
    about = ("URL da publicação", "Data de publicação")
    path = workbook(
        tmp_path / "Conteúdo.xlsx",
        {
            "DESCOBERTA": [
                ["Desempenho geral", "13/10/2026 - 15/10/2026"], ["Impressões", 342], ["Usuários alcançados", 120],
            ],
            "ENGAJAMENTO": [["Data", "Impressões", "Engajamentos"], *days],
            "PUBLICAÇÕES MAIS EM ALTA": [
                ["Máximo de 50 publicações disponíveis para inclusão nesta lista"], [],
                [*about, "Engajamentos", "", *about, "Impressões"],
                [post, "13/10/2026", 9, "", post, "13/10/2026", 77],
            ],
            "SEGUIDORES": [
                ["Total de seguidores em 15/10/2026:", 512], [], ["Data", "Novos seguidores"],
                *([d[0], 1] for d in days),
            ],
            "DADOS DEMOGRÁFICOS DO PÚBLICO": [
                ["Principais dados demográficos", "Valor", "Porcentagem"],
                ["Empresa", "Nordwerk AG", 0.04], ["Cargo", "Engenheira", "menos de 1%"],
            ],
        },
    )  # fmt: skip
    file = parsed(path)
    told = {(r.metric, r.grain, r.period_start.day): r.value for r in file.readings if r.post_ref is None}
    assert file.locale == "pt"
    assert [told["impressions", "day", day] for day in (13, 14, 15)] == [113, 114, 115]
    assert told["followers_total", "day", 15] == 512
    assert sum(value for (metric, *_), value in told.items() if metric == "followers_new") == 3
    assert (told["impressions", "window", 13], told["members_reached", "window", 13]) == (342, 120)
    assert {(r.metric, r.value) for r in file.readings if r.post_ref is not None} == {
        ("impressions", 77),
        ("engagements", 9),
    }
    assert [(d.share, d.qualifier) for d in file.demographics if d.value == "Engenheira"] == [(Decimal("0.01"), "<")]
    assert file.refused == []
