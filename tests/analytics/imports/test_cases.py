"""Every file that once went wrong gives its right figures, and says what it left aside."""

from pathlib import Path

import pytest

from analytics.sources.codes import GRAINS, METRICS, SEGMENTS
from analytics.sources.sandbox import POSTS, ROWS, Parsed, Refused, read_file

from .cases import CASES, FIGURES

WORDS = [{str(code): word for word, code in codes.items()} for codes in (METRICS, SEGMENTS, GRAINS)]
Figure = tuple[str, str, str, str, str, str, int]


def read(name: str, into: Path) -> Parsed | Refused:
    return read_file(CASES / name, name=name, into=into)


def understood(name: str, into: Path) -> Parsed:
    outcome = read(name, into)
    assert isinstance(outcome, Parsed), outcome
    return outcome


def figures(into: Path) -> set[Figure]:
    """What the two files say, as `expected.json` says it."""
    posts = {line.split("\t")[0]: line.split("\t")[3] for line in (into / POSTS).read_text().splitlines()}
    found = set()
    for line in (into / ROWS).read_text().splitlines():
        post, metric, segment, grain, start, end, value, _ = line.split("\t")
        metric, segment, grain = (words[code] for words, code in zip(WORDS, (metric, segment, grain), strict=True))
        found.add((metric, segment, grain, start, end, posts.get(post, ""), int(value)))
    return found


def right(name: str) -> set[Figure]:
    return {(*row[:6], row[6]) for row in FIGURES[name]["readings"]}


@pytest.mark.parametrize("name", [name for name, case in FIGURES.items() if "readings" in case and name[:3] != "V25"])
def test_a_file_that_went_wrong_gives_its_right_figures(name: str, tmp_path: Path) -> None:
    file = understood(name, tmp_path).file
    assert figures(tmp_path) == right(name)
    assert file.refused == []


def test_newsletter_statistics_are_not_followers(tmp_path: Path) -> None:
    assert read("C20_newsletter_stats_5_columns.xlsx", tmp_path) == Refused("layout_unknown", {"sheets": "Newsletter"})


def test_without_the_summary_the_days_are_read_and_the_missing_sheet_is_named(tmp_path: Path) -> None:
    file = understood("L31_without_discovery.xlsx", tmp_path).file
    whole = right("L10_engagement_fourth_column.xlsx")
    assert figures(tmp_path) == {row for row in whole if row[2] == "day"}
    assert [remark.code for remark in file.warnings] == ["summary_missing"]


def test_addresses_of_one_post_in_any_form_are_one_post(tmp_path: Path) -> None:
    file = understood("L32_url_forms.xlsx", tmp_path).file
    assert (len(figures(tmp_path)), file.posts_written, file.refused) == (23, 3, [])
    values = {row[:5] + row[6:] for row in figures(tmp_path)}
    assert values == {row[:5] + row[6:] for row in right("L10_engagement_fourth_column.xlsx")}


def test_two_posts_of_one_second_are_two(tmp_path: Path) -> None:
    assert understood("C19_two_posts_same_second.xls", tmp_path).file.posts_written == 2


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("L09_discovery_extra_row.xlsx", ("row", "DISCOVERY!3", "Engagements", "unknown")),
        ("L10_engagement_fourth_column.xlsx", ("column", "ENGAGEMENT!D", "Followers", "unknown")),
        ("L11_engagement_total_row.xlsx", ("row", "ENGAGEMENT!7", "Total", "total")),
        ("V12_quoted_newline_in_other_column.csv", ("column", "D", "text", "unknown")),
        ("C10_updates_2020_video_views.xls", ("column", "Update engagement!E", "Posted by", "person")),
        ("L01_top_posts_spacer_481.xlsx", ("sheet", "AUDIENCE DEMOGRAPHICS", "AUDIENCE DEMOGRAPHICS", "groups")),
    ],
)
def test_what_is_left_aside_is_named(name: str, left: tuple[str, ...], tmp_path: Path) -> None:
    file = understood(name, tmp_path).file
    assert left in [(each.what, each.where, each.label, each.why) for each in file.unread]


def test_figures_of_another_account_say_so(tmp_path: Path) -> None:
    assert understood("V25_x_account_column.csv", tmp_path).file.accounts == ["X @nordwerk"]
