from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.metrics.batch import ROWS
from analytics.metrics.models import Grain, Metric, Segment
from analytics.sources import table_lines
from analytics.sources.codes import GRAINS, METRICS, RECORDS, SEGMENTS
from analytics.sources.handover import ParsedFile
from analytics.sources.readings_table import read_text
from analytics.sources.sandbox import Parsed, Refused, read_file
from core.sheets.cells import Unreadable
from tests.workbooks import workbook

CODES = (("metric", METRICS), ("segment", SEGMENTS))
TODAY = date(2026, 11, 21)
HEAD = "date,account,post_url,metric,value,segment\n"
ADDRESS = "https://www.linkedin.com/feed/update/urn:li:activity:7520741103973270205"


def table(tmp_path: Path, text: str | bytes, encoding: str = "utf-8") -> tuple[ParsedFile, list[dict[str, str]]]:
    path = tmp_path / "t.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    file = read_text(path, tmp_path / "rows", tmp_path / "posts", today=TODAY)
    posts = {line.split("\t")[0]: line.split("\t")[3] for line in (tmp_path / "posts").read_text().splitlines()}
    rows = [told(line, posts) for line in (tmp_path / "rows").read_text().splitlines()]
    assert (len(rows), len(posts)) == (file.rows_written, file.posts_written)
    return file, rows


def told(line: str, posts: dict[str, str]) -> dict[str, str]:
    """A line of the rows file in words."""
    row = dict(zip(ROWS, line.split("\t"), strict=True))
    assert row["grain"] == str(GRAINS["day"])
    assert date.fromisoformat(row["period_end"]) - date.fromisoformat(row["period_start"]) == timedelta(days=1)
    words = {column: {str(code): word for word, code in codes.items()} for column, codes in CODES}
    return {
        "line": row["cell"],
        "day": row["period_start"],
        "post": posts.get(row["post"], ""),
        "value": row["value"],
    } | {column: names[row[column]] for column, names in words.items()}


def refused(tmp_path: Path, text: str | bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unreadable) as error:
        table(tmp_path, text)
    return error.value.code, error.value.params


def row_errors(tmp_path: Path, *lines: str) -> list[tuple[int, str, str]]:
    file, _ = table(tmp_path, HEAD + "\n".join(lines) + "\n")
    return [(r.row, r.column, r.code) for r in file.refused]


def test_rows_are_written_ready_for_the_database(tmp_path: Path) -> None:
    file, rows = table(
        tmp_path,
        HEAD + f"2026-10-03,erika,{ADDRESS}?trk=x,impressions,1402,organic\n2026-10-04,,,Neue Follower,-3,\n",
    )
    assert rows == [
        {
            "line": "2",
            "day": "2026-10-03",
            "post": ADDRESS,
            "metric": "impressions",
            "segment": "organic",
            "value": "1402",
        },
        {
            "line": "3",
            "day": "2026-10-04",
            "post": "",
            "metric": "followers_new",
            "segment": "",
            "value": "-3",
        },
    ]
    assert (file.window_start, file.window_end, file.refused) == (date(2026, 10, 3), date(2026, 10, 4), [])
    assert file.accounts == ["erika"]
    assert (tmp_path / "posts").read_text().split("\t")[1:3] == ["activity", "7520741103973270205"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_recognised(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = "Datum,Konto,Kennzahl,Wert\r\n03.10.2026,Müller,Reaktionen,7\r\n".replace(",", delimiter)
    file, rows = table(tmp_path, text, encoding)
    assert [(r["day"], r["metric"], r["value"]) for r in rows] == [("2026-10-03", "reactions", "7")]
    assert file.accounts == ["Müller"]
    assert file.warnings == []


def test_windows_1252_is_read_and_asked_about(tmp_path: Path) -> None:
    file, rows = table(tmp_path, "Datum;Konto;Kennzahl;Wert\n03.10.2026;Müller;likes;7\n", "cp1252")
    assert (len(rows), file.accounts) == (1, ["Müller"])
    assert [(w.code, w.params) for w in file.warnings] == [("encoding_guessed", {"text": "Müller"})]


def test_bytes_of_no_known_encoding_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD.encode() + b"2026-10-03,\x81\x8d\xff,,likes,7,\n")[0] == "encoding"
    assert refused(tmp_path, HEAD.encode() + b"2026-10-03,\x00,,likes,7,\n")[0] == "bad_characters_file"


def test_a_separator_line_before_the_header_is_skipped(tmp_path: Path) -> None:
    _, rows = table(tmp_path, "sep=;\ndate;metric;value\n2026-10-03;likes;7\n")
    assert [(r["line"], r["value"]) for r in rows] == [("3", "7")]


def test_missing_and_doubled_columns_are_named(tmp_path: Path) -> None:
    assert refused(tmp_path, "date,metric,number\n2026-10-03,likes,7\n") == (
        "columns",
        {"missing": "value", "found": "date, metric, number"},
    )
    assert refused(tmp_path, "a,b\n1,2\n") == ("table_unknown", {"found": "a, b"})
    assert refused(tmp_path, "date,datum,metric,value\n") == ("columns_double", {"name": "datum"})


def test_a_table_without_rows_is_empty(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD)[0] == "empty"
    assert refused(tmp_path, "\n\n")[0] == "empty"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.234", "number_ambiguous"),
        ('"1,234"', "number_ambiguous"),
        ('"1,234.5"', "number_not_whole"),
        ("12 %", "number_percent"),
        ("viele", "number_unreadable"),
        ("1e309", "number_unreadable"),
        ("1_000", "number_unreadable"),
        ("١٢", "number_unreadable"),
        ("-3", "number_negative"),
        ("9" * 16, "number_too_large"),
    ],
)
def test_values_that_are_not_plain_whole_numbers_are_named(value: str, code: str, tmp_path: Path) -> None:
    assert row_errors(tmp_path, "2026-10-01,,,impressions,1,", f"2026-10-03,,,impressions,{value},") == [
        (3, "value", code)
    ]


@pytest.mark.parametrize(("value", "number"), [("1.234.567", 1234567), ("1 234", 1234), ("1'234", 1234), ("0", 0)])
def test_numbers_that_can_mean_only_one_thing_are_read(value: str, number: int, tmp_path: Path) -> None:
    _, rows = table(tmp_path, HEAD + f"2026-10-03,,,impressions,{value},\n")
    assert rows[0]["value"] == str(number)


@pytest.mark.parametrize("shape", ["Datum;Kennzahl;Wert\n{};Impressions;{}\n", "Datum;Impressions\n{};{}\n"])
@pytest.mark.parametrize(
    ("day", "value", "number"),
    [
        ("02.11.2026", "1.234", "1234"),
        ("2.11.26", "12.345", "12345"),
        ("02.11.2026", "1.234,00", "1234"),
        ("02.11.2026", "900", "900"),
        ("2026-11-02", "1.234", "number_ambiguous"),
        ("02.11.2026", "1,234", "number_ambiguous"),
        ("02.11.2026", "1.5", "number_not_whole"),
        ("02.11.2026", "1.234\n03.11.2026{}1.5", "number_ambiguous"),
    ],
)
def test_days_with_points_say_that_points_group_digits(
    shape: str, day: str, value: str, number: str, tmp_path: Path
) -> None:
    """1.234 is a thousand and more where a count stands beside 02.11.2026; a figure with decimals takes that back."""
    between = ";Impressions;" if "Kennzahl" in shape else ";"
    file, rows = table(tmp_path, shape.format(day, value.format(between)))
    if number.isdecimal():
        assert [each["value"] for each in rows] == [number]
    else:
        assert [each.code for each in file.refused][:1] == [number]
    guessed = number in ("1234", "12345")
    assert [(each.code, each.params) for each in file.warnings] == [("thousands_guessed", {"text": value})] * guessed


def test_an_empty_value_is_unknown_and_not_zero(tmp_path: Path) -> None:
    file, rows = table(tmp_path, HEAD + "2026-10-03,,,likes,,\n2026-10-03,,,likes,-,\n2026-10-03,,,likes,0,\n")
    assert [r["value"] for r in rows] == ["0"]
    assert (file.rows_seen, file.refused_count) == (3, 0)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("31.02.2026", "date_impossible"),
        ("2026-13-01", "date_impossible"),
        ("gestern", "date_unreadable"),
        ("1900-01-01", "date_far"),
        ("31.12.2999", "date_far"),
        ("2027-01-01", "date_future"),
        ("", "date_missing"),
        ("2026-10-03 14:00", "date_time"),
    ],
)
def test_days_that_cannot_be_are_named(day: str, code: str, tmp_path: Path) -> None:
    assert row_errors(tmp_path, f"{day},,,likes,7,") == [(2, "date", code)]


def test_slashes_are_read_in_the_order_the_file_proves(tmp_path: Path) -> None:
    _, rows = table(tmp_path, HEAD + "3/4/2026,,,likes,7,\n3/25/2026,,,likes,7,\n")
    assert [r["day"] for r in rows] == ["2026-03-04", "2026-03-25"]
    assert refused(tmp_path, HEAD + "03/04/2026,,,likes,7,\n") == ("date_order", {"example": "03/04/2026"})


def test_unknown_words_and_addresses_are_named(tmp_path: Path) -> None:
    assert row_errors(
        tmp_path,
        "2026-10-03,,,applause,7,",
        "2026-10-03,,,likes,7,everywhere",
        "2026-10-03,,javascript:alert(1),likes,7,",
        "2026-10-03,a\u202eb,,likes,7,",
        "2026-10-03,likes",
    ) == [
        (2, "metric", "metric_unknown"),
        (3, "segment", "segment_unknown"),
        (4, "post_url", "url_unreadable"),
        (5, "account", "bad_characters"),
        (6, "", "row_short"),
    ]


def test_an_unclosed_quotation_mark_is_named_with_its_line(tmp_path: Path) -> None:
    start = HEAD + "2026-10-03,,,likes,7,\n"
    rest = "2026-10-04,,,likes,7,\n" * 50
    assert refused(tmp_path, start + '2026-10-03,"erika,,likes,7,\n' + rest) == ("csv_syntax", {"line": 3})
    assert refused(tmp_path, start + '2026-10-03,"erika,,likes,7,\n' + rest + '2026-10-04,"x",,likes,7,\n') == (
        "csv_syntax",
        {"line": 3},
    )
    assert refused(tmp_path, start + "x" * 200_000 + ",,,likes,7,\n") == ("csv_syntax", {"line": 3})


def test_what_looks_like_a_formula_is_only_text(tmp_path: Path) -> None:
    file, _ = table(tmp_path, HEAD + "2026-10-03,=1+1,,likes,7,\n")
    assert file.accounts == ["=1+1"]


def test_backslashes_cannot_break_out_of_a_column(tmp_path: Path) -> None:
    file, rows = table(tmp_path, HEAD + "2026-10-03,,https://x.example/a\\tb,likes,7,\n")
    assert (rows, file.refused_count) == ([], 1)


def test_only_the_first_errors_are_kept_but_all_are_counted(tmp_path: Path) -> None:
    file, rows = table(tmp_path, HEAD + "2026-10-03,,,likes,x,\n" * 12_000)
    assert (len(file.refused), file.refused_count, rows) == (10_000, 12_000, [])


def test_many_different_texts_do_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_lines, "CACHE", 3)
    lines = "".join(f"2026-10-{d:02},k,https://x.example/{d:04},likes,{d},\n" for d in range(1, 21))
    _, rows = table(tmp_path, HEAD + lines + "2026-10-05,,,likes,1,\n")
    assert [r["post"] for r in rows] == [*[f"https://x.example/{d:04}" for d in range(1, 21)], ""]


def test_the_fingerprint_is_of_the_figures_not_of_the_bytes(tmp_path: Path) -> None:
    one, _ = table(tmp_path, HEAD + "2026-10-03,erika,,likes,7,\n")
    two, _ = table(tmp_path, "Datum;Konto;Kennzahl;Wert\r\n03.10.2026;erika;Reaktionen;7\r\n")
    other, _ = table(tmp_path, HEAD + "2026-10-03,erika,,likes,8,\n")
    assert one.content_fingerprint == two.content_fingerprint != other.content_fingerprint


def test_a_table_comes_through_the_child_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEAD + "2024-10-03,erika,,likes,7,\n2024-10-03,erika,,likes,x,\n", encoding="cp1252")
    outcome = read_file(path, name="t.csv", into=tmp_path)
    assert isinstance(outcome, Parsed)
    assert (tmp_path / "rows").read_text().count("\n") == 1
    assert (outcome.file.rows_seen, outcome.file.rows_written, outcome.file.refused_count) == (2, 1, 1)
    assert outcome.file.refused[0].code == "number_unreadable"
    assert outcome.file.window_end == date(2024, 10, 3)
    path.write_text("nothing here\n")
    assert isinstance(read_file(path, name="t.csv", into=tmp_path), Refused)


def test_the_codes_are_those_of_the_store() -> None:
    assert {metric.name.lower(): metric.value for metric in Metric} == METRICS | RECORDS
    assert {grain.name.lower(): grain.value for grain in Grain} == GRAINS
    assert {"" if s is Segment.ALL else s.name.lower(): s.value for s in Segment} == SEGMENTS


WIDE = "date,impressions,impressions (organic),Klicks\n2026-10-03,10,4,\n2026-10-04,—,5,n/a\n"


def test_a_wide_table_has_one_column_a_figure(tmp_path: Path) -> None:
    file, rows = table(tmp_path, WIDE)
    assert [(r["day"], r["metric"], r["segment"], r["value"]) for r in rows] == [
        ("2026-10-03", "impressions", "", "10"),
        ("2026-10-03", "impressions", "organic", "4"),
        ("2026-10-04", "impressions", "organic", "5"),
    ]
    assert (file.rows_seen, file.format_version, file.refused) == (2, "wide", [])


def test_a_wide_table_with_numbers_nobody_knows_is_somebody_elses(tmp_path: Path) -> None:
    said = refused(tmp_path, "Date,Clicks,Opened,Bounced\n2026-10-03,3,900,4\n")
    assert said == ("wide_unknown", {"columns": "opened, bounced"})


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("Post id,Date,Post text,Post Link,Impressions,Likes", "other_network"),
        ("Date,Impressions,Likes,Engagements,New follows,Profile visits", "other_network"),
        ("Content,Video title,Video publish time,Views", "other_network"),
        ("Date,Video Views,Profile Views,Likes,Comments,Shares", "other_network"),
        ("Date,ShareLink,ShareCommentary,SharedUrl", "archive"),
        ("First Name,Last Name,URL,Email Address,Company,Position,Connected On", "archive"),
    ],
)
def test_exports_of_other_networks_are_named(head: str, code: str, tmp_path: Path) -> None:
    assert refused(tmp_path, f"{head}\n" + "1," * head.count(",") + "1\n")[0] == code


@pytest.mark.parametrize("sep", ["sep=;", '"sep=;"', "SEP=;", "\ufeffsep=;"])
def test_the_line_that_names_the_separator_may_be_written_in_any_way(sep: str, tmp_path: Path) -> None:
    _, rows = table(tmp_path, f"{sep}\r\nDatum;Kennzahl;Wert\r\n03.10.2026;Klicks;7\r\n")
    assert [(r["line"], r["value"]) for r in rows] == [("3", "7")]


def test_titles_totals_and_empty_lines_are_no_data(tmp_path: Path) -> None:
    text = "Report,,\nFor: October,,\n,,\ndate,metric,value\nTag,Kennzahl,Wert\n"
    text += "2026-10-03,likes,7\n,,\nTotal,,7\n\n2026-10-04,likes,8\n"
    file, rows = table(tmp_path, text)
    assert [r["line"] for r in rows] == ["6", "10"]
    assert (file.refused, [(u.where, u.label) for u in file.unread]) == ([], [("8", "Total")])


def test_more_cells_than_the_head_are_named_and_not_guessed(tmp_path: Path) -> None:
    """1,234 without quotation marks would be 1."""
    file, rows = table(tmp_path, "date,metric,value\n2026-10-03,impressions,1,234\n2026-10-04,impressions,5,,\n")
    assert [r["value"] for r in rows] == ["5"]
    assert [(c.row, c.code) for c in file.refused] == [(2, "row_long")]


def test_text_over_lines_in_a_column_that_is_not_ours_is_text(tmp_path: Path) -> None:
    text = 'date,metric,value,note\n2026-10-03,likes,7,"one\n\ntwo, three"\n2026-10-04,likes,8,\n'
    file, rows = table(tmp_path, text)
    assert [(r["line"], r["value"]) for r in rows] == [("2", "7"), ("5", "8")]
    assert [(u.what, u.where, u.label) for u in file.unread] == [("column", "D", "note")]


def test_the_table_may_come_as_a_workbook(tmp_path: Path) -> None:
    cells: list[list[object]] = [
        ["Figures of Nordwerk"],
        ["Datum", "Kennzahl", "Wert", "Konto"],
        [46298, "Impressionen", 12.0, "X @nordwerk"],
        ["04.10.2026", "Klicks", "7", "X @nordwerk"],
        ["Summe", "", 19],
    ]
    path = workbook(tmp_path / "x.xlsx", {"Notizen": [["nichts"]], "Zahlen": cells})
    outcome = read_file(path, name="x.xlsx", into=tmp_path)
    assert isinstance(outcome, Parsed)
    lines = [line.split("\t") for line in (tmp_path / "rows").read_text().splitlines()]
    assert [(line[4], line[6], line[7]) for line in lines] == [
        ("2026-10-03", "12", "Zahlen!3"),
        ("2026-10-04", "7", "Zahlen!4"),
    ]
    assert (outcome.file.accounts, outcome.file.refused) == (["X @nordwerk"], [])
    assert {(u.label, u.why) for u in outcome.file.unread} == {("Notizen", "unknown"), ("Summe", "total")}


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4), st.sampled_from(["", "a", "b"]), st.sampled_from(["impressions", "reactions", "clicks"])
        ),
        max_size=14,
    ),
    st.booleans(),
)
def test_it_is_only_certain_that_nothing_is_said_twice_where_nothing_is(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, str, str]], is_sorted: bool
) -> None:
    """Where it is certain the database is not asked, so a mistake would store a figure twice."""
    rows = sorted(rows, key=lambda row: (row[1], row[0])) if is_sorted else rows
    lines = [f"2026-10-0{day},{post and f'https://example.org/{post}'},{metric},5" for day, post, metric in rows]
    file, _ = table(
        tmp_path_factory.mktemp("rows"),
        "\n".join(["date,post_url,metric,value", *lines, "2026-10-09,https://example.org/z,clicks,5"]),
    )
    is_once = len(set(rows)) == len(rows)
    assert file.repeats in ((0, None) if is_once else (None,))
    assert file.repeats == 0 or not (is_once and is_sorted), "days that follow each other are recognised"
