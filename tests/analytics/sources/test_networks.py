"""Exports of other networks: every cell is what an independent reading of the file says."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from analytics.sources.codes import GRAINS, METRICS
from analytics.sources.handover import ParsedFile
from analytics.sources.linkedin_ids import clean_url
from analytics.sources.mapped_table import of_network, of_network_sheets
from core.sheets.book import sheets_of
from core.sheets.cells import Unreadable
from tests.workbooks import SAMPLES, workbook

TODAY = date(2026, 11, 29)
NAMES = {str(code): name for name, code in METRICS.items()}
X = SAMPLES / "synthetic" / "account_analytics_content_2026-10-03_2026-11-01.csv"
META = SAMPLES / "synthetic" / "meta_posts_de_headers-reconstructed.csv"
Told = dict[tuple[str, str], int]
IS_X = {
    "Impressions": "impressions", "Likes": "reactions", "Engagements": "engagements", "Bookmarks": "saves",
    "Shares": "sends", "New follows": "followers_gained", "Replies": "comments", "Reposts": "reposts",
    "URL Clicks": "link_clicks",
}  # fmt: skip
IS_META = {
    "Aufrufe": "impressions", "Reichweite": "members_reached", "„Gefällt mir“-Angaben": "reactions",
    "Geteilte Inhalte": "reposts", "Follows": "followers_gained", "Kommentare": "comments",
    "Gespeicherte Beiträge": "saves",
}  # fmt: skip


def read(folder: Path, content: bytes | Path, name: str = "a.csv") -> tuple[ParsedFile, Told]:
    path = folder / "upload.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    file = of_network(path, folder / "rows", folder / "posts", name=name, today=TODAY)
    assert file is not None
    return file, told(folder)


def told(folder: Path) -> Told:
    """The figures by what they are about: an address or a day."""
    posts = {line.split("\t")[0]: line.split("\t")[3] for line in (folder / "posts").read_text().splitlines()}
    found = {}
    for line in (folder / "rows").read_text().splitlines():
        post, metric, _segment, grain, start, _end, value, _cell = line.split("\t")
        assert (post in posts) == (grain != str(GRAINS["day"]))
        found[posts.get(post, start), NAMES[metric]] = int(value)
    return found


@pytest.mark.parametrize(
    ("path", "words", "link", "account"),
    [(X, IS_X, "Post Link", "X"), (META, IS_META, "Permalink", "Instagram beispiel.gmbh")],
)
def test_posts_of_a_sample_are_read_cell_by_cell(
    path: Path, words: dict[str, str], link: str, account: str, tmp_path: Path
) -> None:
    file, found = read(tmp_path, path, path.name)
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert found == {
        (line[link].rstrip("/"), metric): int(line[label]) for line in lines for label, metric in words.items()
    }
    assert (file.accounts, file.refused, file.posts_written) == ([account], [], len(lines))
    sums = {metric: sum(int(line[label]) for line in lines) for label, metric in words.items()}
    assert {each.metric: each.total for each in file.totals} == {
        metric: total for metric, total in sums.items() if metric not in ("members_reached", "followers_gained")
    }
    assert {(each.days, each.of) for each in file.totals} == {(len(lines), "post")}


def test_what_posts_have_reached_is_as_old_as_the_download_not_as_the_post(tmp_path: Path) -> None:
    """Else the same posts with more likes, a month later, would count as no newer."""
    assert read(tmp_path, X, X.name)[0].window_end == date(2026, 11, 1)
    assert read(tmp_path, META, META.name)[0].window_end is None


def test_days_of_x_are_read(tmp_path: Path) -> None:
    text = (
        "Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,"
        'Create Post,Video views,Media views\n"Fri, Oct 2, 2026",1204,3,9,1,2,4,1,5,6,7,1,8,2\n'
    )
    file, found = read(tmp_path, text.encode())
    values = {"impressions": 1204, "reactions": 3, "engagements": 9, "saves": 1, "sends": 2, "followers_new": 4}
    values |= {"comments": 5, "reposts": 6, "video_views": 8}
    assert found == {("2026-10-02", metric): value for metric, value in values.items()}
    assert {each.label for each in file.unread} == {"Unfollows", "Profile visits", "Create Post", "Media views"}


def test_the_chart_of_one_figure_at_meta_is_read_from_utf_16(tmp_path: Path) -> None:
    text = 'sep=,\r\n"Reichweite"\r\n"Date","Primary"\r\n"2026-10-01T00:00:00","1204"\r\n"2026-10-02T00:00:00","7"\r\n'
    file, found = read(tmp_path, b"\xff\xfe" + text.encode("utf-16-le"))
    assert found == {("2026-10-01", "members_reached"): 1204, ("2026-10-02", "members_reached"): 7}
    assert (file.kind, file.accounts) == ("meta_chart", ["Instagram"])
    assert [each.code for each in file.warnings] == ["network_assumed"]


@pytest.mark.parametrize(
    ("title", "name", "network"),
    [
        ("Facebook views", "export.csv", "Facebook"),
        ("Reach", "Facebook reach.csv", "Facebook"),
        ("Instagram reach", "export.csv", "Instagram"),
    ],
)
def test_a_chart_that_says_whose_it_is_is_no_guess(tmp_path: Path, title: str, name: str, network: str) -> None:
    text = f'sep=,\r\n"{title}"\r\n"Date","Primary"\r\n"2026-10-01T00:00:00","1204"\r\n'
    file, _found = read(tmp_path, b"\xff\xfe" + text.encode("utf-16-le"), name)
    assert (file.accounts, file.warnings) == ([network], [])


FACEBOOK = (
    "Post ID,Page ID,Page name,Title,Description,Publish time,Permalink,Post type,Date,Views,Reach,Reactions,Comments,"
    "Shares,Total clicks\n"
    "1,2,Nordwerk AG,Ofen,,09/21/2026 18:00,https://www.facebook.com/nordwerk/posts/1,Photo,Lifetime,71,52,21,9,3,4\n"
)


def test_posts_of_facebook_are_not_those_of_instagram(tmp_path: Path) -> None:
    file, found = read(tmp_path, FACEBOOK.encode(), "export.csv")
    assert (file.kind, file.accounts) == ("facebook_content", ["Facebook Nordwerk AG"])
    assert {metric: value for (_, metric), value in found.items()} == {
        "impressions": 71, "members_reached": 52, "reactions": 21, "comments": 9, "reposts": 3, "clicks": 4,
    }  # fmt: skip
    german = FACEBOOK.replace("Page ID,Page name", "Seiten-ID,Seitenname").replace("Title", "Titel")
    assert read(tmp_path, german.encode(), "export.csv")[0].accounts == ["Facebook Nordwerk AG"]


def test_labels_of_both_networks_are_told_apart_by_the_addresses(tmp_path: Path) -> None:
    head = "Post ID,Account ID,Account username,Description,Publish time,Permalink,Reach\n"
    line = "1,2,nordwerk,Ofen,09/21/2026 10:00,{},5\n"
    facebook, instagram = "https://www.facebook.com/nordwerk/posts/1", "https://www.instagram.com/p/A1/"
    assert read(tmp_path, (head + line.format(facebook)).encode())[0].accounts == ["Facebook nordwerk"]
    assert read(tmp_path, (head + line.format(instagram)).encode())[0].accounts == ["Instagram nordwerk"]
    with pytest.raises(Unreadable, match="two_networks"):
        read(tmp_path, (head + line.format(facebook) + line.format(instagram)).encode())


def test_videos_of_youtube_count_for_the_period_in_the_name_of_the_download(tmp_path: Path) -> None:
    text = (
        "Videos,Video\u00adtitel,Veröffentlichungszeitpunkt des Videos,Auf\u00adrufe,Wiedergabezeit (Stunden),"
        "Abonnenten,Impressionen,Klickrate der Impressionen (%)\nGesamt,,,1500,40.5,7,9000,4.2\n"
        'dQw4w9WgXcQ,"Härten, einfach erklärt","Oct 5, 2026",1500,40.5,7,9000,4.2\n'
    ).encode()
    file, found = read(tmp_path, text, "Videos 2026-10-01_2026-10-31 Nordwerk.csv")
    assert {metric: value for (_, metric), value in found.items()} == {
        "video_views": 1500, "followers_gained": 7, "impressions": 9000, "watch_seconds": 145_800,
    }  # fmt: skip
    assert (file.window_start, file.window_end) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (tmp_path / "posts").read_text().split("\t")[2:4] == ["https://youtu.be/dQw4w9WgXcQ"] * 2
    assert clean_url("https://www.youtube.com/watch?app=x&v=dQw4w9WgXcQ&t=3") == "https://youtu.be/dQw4w9WgXcQ"
    with pytest.raises(Unreadable, match="period_unknown"):
        read(tmp_path, text, "Tabellendaten.csv")


def test_days_of_tiktok_get_the_year_and_the_reader_is_told(tmp_path: Path) -> None:
    text = "Date,Followers,Difference in followers from previous day\nDecember 31,100,1\nJanuary 1,103,3\n"
    file, found = read(tmp_path, text.encode())
    assert found["2025-12-31", "followers_total"] == 100
    assert found["2026-01-01", "followers_new"] == 3
    assert [(each.code, each.params) for each in file.warnings] == [
        ("years_added", {"first": "2025-12-31", "last": "2026-01-01"})
    ]
    videos = "Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n"
    line = 'Ofen,https://www.tiktok.com/@nordwerk/video/7,2026-10-03,"1,204",undefined,2,9000\n'
    assert set(read(tmp_path, (videos + line).encode())[1].values()) == {1204, 2, 9000}


def test_dates_that_can_be_read_in_two_ways_are_not_guessed(tmp_path: Path) -> None:
    text = "Post ID,Account ID,Account username,Description,Publish time,Permalink,Reach\n"
    line = "1,2,nordwerk,Ofen,{},https://www.instagram.com/p/A1/,5\n"
    with pytest.raises(Unreadable, match="date_order"):
        read(tmp_path, (text + line.format("03/04/2026 10:00")).encode())
    read(tmp_path, (text + line.format("03/04/2026 10:00") + line.format("03/25/2026 10:00")).encode())
    assert "\t2026-03-04T" in (tmp_path / "posts").read_text()


def test_a_workbook_saved_from_an_export_is_the_same_export(tmp_path: Path) -> None:
    head = ["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"]
    book = workbook(
        tmp_path / "a.xlsx", {"Overview": [head, ["October 3", 900, 4, 3, "undefined", 1]], "Notes": [["x"]]}
    )
    file = of_network_sheets(sheets_of(book), tmp_path / "rows", tmp_path / "posts", name="a.xlsx", today=TODAY)
    assert file is not None
    assert told(tmp_path) == {
        ("2026-10-03", "video_views"): 900, ("2026-10-03", "reactions"): 3, ("2026-10-03", "reposts"): 1,
    }  # fmt: skip
    assert ("sheet", "Notes") in {(each.what, each.label) for each in file.unread}


def test_the_old_file_of_days_of_twitter_is_read_and_what_was_paid_for_is_left_aside(tmp_path: Path) -> None:
    own = (
        "Date,Tweets published,impressions,engagements,engagement rate,retweets,replies,likes,user profile clicks,"
        "url clicks,hashtag clicks,detail expands,permalink clicks,app opens,app installs,follows,email tweet,"
        "dial phone,media views,media engagements"
    )
    paid = ",".join(f"promoted {name}" for name in own.split(",")[2:])
    line = "2019-03-02,1,1204,9,0.0075,2,3,4,5,6,7,8,9,0,0,1,0,0,10,11," + ",".join("-" for _ in paid.split(","))
    file, found = read(tmp_path, f"{own},{paid}\n{line}\n".encode(), "daily_tweet_activity_metrics.csv")
    values = {"impressions": 1204, "engagements": 9, "reposts": 2, "comments": 3, "reactions": 4, "link_clicks": 6}
    assert found == {("2019-03-02", metric): value for metric, value in (values | {"followers_new": 1}).items()}
    assert (file.kind, file.accounts, file.refused) == ("x_days_old", ["X"], [])
    assert "promoted impressions" not in {each.label for each in file.unread}  # nothing stands in it
    assert "media views" in {each.label for each in file.unread}


def test_the_days_of_x_in_portuguese_are_read(tmp_path: Path) -> None:
    text = (
        "Data,Impressões,Curtidas,Respostas,Itens salvos,Compartilhamentos,Novos seguidores,Deixar de seguir\n"
        '"Fri, Oct 2, 2026",1204,3,5,1,2,4,1\n'
    )
    _file, found = read(tmp_path, text.encode())
    values = {"impressions": 1204, "reactions": 3, "comments": 5, "saves": 1, "sends": 2, "followers_new": 4}
    assert found == {("2026-10-02", metric): value for metric, value in values.items()}


def test_videos_of_x_are_read_by_day_and_the_second_table_is_named(tmp_path: Path) -> None:
    """Written by hand after the file as X makes it: a title, days, an empty row, another title, the videos."""
    text = (
        "Video overview,,,,,\n"
        "Date,Views,Watch Time (ms),Completion Rate,Average Watch Time (ms),Estimated Revenue\n"
        '"Sat, Oct 3, 2026",40,90600,12.50,2265,0\n"Fri, Oct 2, 2026",0,0,0,0,0\n,,,,,,,,,\n'
        "Your videos,,,,,,,,,\n"
        "Uploaded on,Video ID,Video title,Views,Duration,Video link,Monetized,Estimated Revenue,Published on,Post link"
        "\n"
        '"Oct 1, 2026",13_1,Ofen,40,0:21,https://video.example/1,No,0,,\n'
    )
    for each in (text, text.replace("Date,Views,Watch Time (ms)", "Data,Visualizações,Tempo de exibição (ms)")):
        file, found = read(tmp_path, each.encode())
        assert (file.kind, file.accounts, file.refused_count) == ("x_video", ["X"], 0)
        assert found == {
            ("2026-10-03", "video_views"): 40, ("2026-10-03", "watch_seconds"): 91,
            ("2026-10-02", "video_views"): 0, ("2026-10-02", "watch_seconds"): 0,
        }  # fmt: skip
        assert ("row", "Your videos", "second_table") in {(one.what, one.label, one.why) for one in file.unread}
    alone, _ = read(tmp_path, text.partition(",,,,,,,,,\n")[0].partition("\n")[2].encode())  # who uploaded none
    assert alone.rows_seen == 2


def test_a_time_without_a_unit_is_left_aside_and_the_reason_said(tmp_path: Path) -> None:
    text = (
        "Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views,Total play time\n"
        "Ofen,https://www.tiktok.com/@nordwerk/video/7400000000000000001,2026-10-03 09:10,300,22,15,5000,62500\n"
    )
    file, _ = read(tmp_path, text.encode())
    assert file.kind == "tiktok_videos"
    assert ("Total play time", "no_unit") in {(each.label, each.why) for each in file.unread}
    assert file.rows_written == 4
