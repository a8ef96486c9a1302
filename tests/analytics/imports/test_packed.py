"""X's archive and the downloads of YouTube Studio, cell by cell beside what was put into them."""

import json
from typing import Any

import pytest

from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Grain, Metric, Post, Reading
from tests.analytics.imports.flow import applied, page, read, undone, upload, url
from tests.analytics.imports.test_archives import zipped

ACCOUNT = b'window.YTD.account.part0 = [ { "account" : { "email" : "erika@beispiel.de", "username" : "erika_b" } } ]'


def tweet(number: str, text: str, made: str = "Fri Oct 02 07:14:09 +0000 2026", **more: Any) -> dict[str, Any]:
    return {"tweet": {"id_str": number, "full_text": text, "created_at": made, "favorite_count": "7", **more}}


TWEETS = [
    tweet("1578000000000000001", "Drei Irrt\u00fcmer &amp; mehr"),
    tweet("1578000000000000002", "RT @other: something"),
    tweet("1578000000000000003", "@other yes", in_reply_to_status_id_str="1"),
    tweet("1578000000000000004", "Second", made="Sat Oct 03 23:59:59 +0000 2026"),
    tweet("../../x", "bad"),
]
PARTS = {
    "data/account.js": ACCOUNT,
    "data/tweets.js": b"window.YTD.tweets.part0 = " + json.dumps(TWEETS).encode(),
    "data/tweets-part1.js": b"window.YTD.tweets.part1 = "
    + json.dumps([tweet("1578000000000000009", "Third", made="Sun Oct 04 00:00:00 +0000 2026")]).encode(),
    "data/direct-messages.js": b'window.YTD.direct_messages.part0 = [ { "secret" : 1 } ]',
    "Your archive.html": b"<html>",
}


@pytest.fixture(autouse=True)
def bare(world: Any) -> None:
    ImportRun.objects.all().delete()


def taken(client: Any, world: Any, parts: dict[str, bytes], name: str) -> ImportRun:
    run = read(upload(client, world, zipped(parts), name))
    if run.state == RunState.QUESTION:
        client.post(url(world, "import_answer", run.pk), {"answer": "yes"})
        run = read(run)
    return run


def test_the_posts_of_xs_archive(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = taken(client, world, PARTS, "twitter-2026-11-01.zip")
    assert (run.kind, run.state, run.rows_refused, run.posts_new) == ("x_archive", RunState.PREVIEW, 1, 3), run.message
    shown = page(client, world, run)
    assert "1 shared posts of others and 1 answers were left out" in shown
    assert "data/direct-messages.js" in shown
    assert "secret" not in json.dumps(run.preview)
    assert "erika@beispiel.de" not in json.dumps(run.preview)
    run = applied(client, world, run)
    assert run.account.network == "x"
    told = {p.url: (p.title, f"{p.published_at:%d.%m. %H:%M:%S}") for p in Post.objects.filter(account=run.account)}
    assert told == {
        "https://x.com/erika_b/status/1578000000000000001": ("Drei Irrt\u00fcmer & mehr", "02.10. 07:14:09"),
        "https://x.com/erika_b/status/1578000000000000004": ("Second", "03.10. 23:59:59"),
        "https://x.com/erika_b/status/1578000000000000009": ("Third", "04.10. 00:00:00"),
    }
    assert not Reading.objects.filter(account=run.account).exists()
    undone(client, world, run)
    assert not Post.objects.filter(account=run.account).exists()


@pytest.mark.parametrize("content", [b"window.YTD.tweets.part0 = [", b"no", b"\xff\xfe"])
def test_what_is_broken_is_refused_in_words(world: Any, sign_in: Any, content: bytes) -> None:
    run = read(upload(sign_in(world.influencer), world, zipped(PARTS | {"data/tweets.js": content}), "twitter.zip"))
    assert (run.state, run.message["code"]) == (RunState.REFUSED, "damaged")


ENGLISH = {
    "Table data.csv": (
        b"Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,"
        b"Impressions click-through rate (%)\nTotal,,,,1650,40.5,9,9500,4.2\n"
        b'dQw4w9WgXcQ,"Ovens, simply","Oct 5, 2026",61,1500,40.1,7,9000,4.2\n'
        b' -w4w9WgXcQ2,Second,"Oct 6, 2026",61,150,0.4,2,500,4.2\n'
    ),
    "Totals.csv": b"Date,Views,Watch time (hours)\n2026-10-01,50,0.5\n2026-10-02,1600,40.0\n",
    "Chart data.csv": b"Date,Content,Video title,Views\n2026-10-01,dQw4w9WgXcQ,Ovens,50\n",
}
GERMAN = {
    "Tabellen\u00addaten.csv": (
        "Videos,Video\u00adtitel,Ver\u00f6ffentlichungszeitpunkt des Videos,Auf\u00adrufe,Wiedergabezeit (Stunden),"
        "Abonnenten,Impressionen,Klickrate der Impressionen (%)\nGesamt,,,1650,40.5,9,9500,4.2\n"
        'dQw4w9WgXcQ,"H\u00e4rten, einfach","Oct 5, 2026",1500,40.1,7,9000,4.2\n'
        '-w4w9WgXcQ2,Zweites,"Oct 6, 2026",150,0.4,2,500,4.2\n'
    ).encode(),
    "Gesamt\u00adwerte.csv": (
        "Datum,Auf\u00adrufe,Wiedergabezeit (Stunden)\n2026-10-01,50,0.5\n2026-10-02,1600,40.0\n".encode()
    ),
    "Diagramm\u00addaten.csv": b"Datum,Videos,Videotitel,Aufrufe\n2026-10-01,dQw4w9WgXcQ,x,50\n",
}


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (ENGLISH, "Content 2026-10-01_2026-10-31 Nordwerk.zip"), (GERMAN, "Videos 2026-10-01_2026-10-31 Nordwerk.zip"),
        (ENGLISH, "Content_2026-10-01_2026-10-31_Nordwerk.zip"),
    ],
)  # fmt: skip
def test_a_download_of_youtube_studio(world: Any, sign_in: Any, parts: dict[str, bytes], name: str) -> None:
    client = sign_in(world.manager)
    run = read(upload(client, world, zipped(parts), name, whose="company"))
    assert (run.kind, run.state, run.rows_refused) == ("youtube_content", RunState.PREVIEW, 0), run.message
    shown = page(client, world, run)
    assert list(parts)[2] in shown, "the chart is named"
    run = applied(client, world, run)
    assert run.account.network == "youtube"
    rows = Reading.objects.filter(run_id=run.pk).select_related("post")
    assert {(r.post.url if r.post else r.period_start.isoformat(), r.metric, r.grain, r.value) for r in rows} == {
        ("https://youtu.be/dQw4w9WgXcQ", Metric.VIDEO_VIEWS, Grain.WINDOW, 1500),
        ("https://youtu.be/dQw4w9WgXcQ", Metric.FOLLOWERS_GAINED, Grain.WINDOW, 7),
        ("https://youtu.be/dQw4w9WgXcQ", Metric.IMPRESSIONS, Grain.WINDOW, 9000),
        ("https://youtu.be/dQw4w9WgXcQ", Metric.WATCH_SECONDS, Grain.WINDOW, 144_360),
        ("https://youtu.be/-w4w9WgXcQ2", Metric.WATCH_SECONDS, Grain.WINDOW, 1440),
        ("2026-10-01", Metric.WATCH_SECONDS, Grain.DAY, 1800),
        ("2026-10-02", Metric.WATCH_SECONDS, Grain.DAY, 144_000),
        ("https://youtu.be/-w4w9WgXcQ2", Metric.VIDEO_VIEWS, Grain.WINDOW, 150),
        ("https://youtu.be/-w4w9WgXcQ2", Metric.FOLLOWERS_GAINED, Grain.WINDOW, 2),
        ("https://youtu.be/-w4w9WgXcQ2", Metric.IMPRESSIONS, Grain.WINDOW, 500),
        ("2026-10-01", Metric.VIDEO_VIEWS, Grain.DAY, 50),
        ("2026-10-02", Metric.VIDEO_VIEWS, Grain.DAY, 1600),
    }
    again = read(upload(client, world, zipped(dict(reversed(parts.items()))), name, whose="company"))
    assert again.message["code"] == "already_imported"
    undone(client, world, run)
    assert not Reading.objects.filter(account=run.account).exists()


def test_the_days_alone_need_no_period(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = taken(client, world, {"Totals.csv": ENGLISH["Totals.csv"]}, "renamed.zip")
    assert (run.kind, run.state, run.rows_new) == ("youtube_days", RunState.PREVIEW, 4), run.message
    other = read(upload(client, world, zipped(ENGLISH), "renamed.zip"))
    assert (other.state, other.message["code"]) == (RunState.REFUSED, "period_unknown")
