from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from analytics.sources.handover import LIFETIME
from tests.analytics.sources.reading import parsed, refused
from tests.workbooks import SAMPLES, place, plain_cells, workbook

ENGLISH = SAMPLES / "synthetic" / "SinglePostAnalytics_Erika Beispiel_7513855734526870202.xlsx"
ADDRESS = "https://www.linkedin.com/feed/update/urn:li:activity:7513855734526870202"


def test_every_figure_is_the_cell_it_names(tmp_path: Path) -> None:
    file, raw = parsed(ENGLISH), plain_cells(ENGLISH)["Post analytics"]
    found = {}
    for reading in file.readings:
        _, column, row = place(reading.locator)
        assert int(raw[f"{column}{row}"].replace(",", "")) == reading.value
        assert (reading.grain, reading.post_ref, (reading.period_start, reading.period_end)) == (
            "lifetime",
            0,
            LIFETIME,
        )
        found[raw[f"A{row}"]] = reading.metric
    assert found == {
        "Impressions": "impressions",
        "Members reached": "members_reached",
        "Profile viewers from this post": "profile_viewers",
        "Followers gained from this post": "followers_gained",
        "Social engagements": "engagements",
        "Reactions": "reactions",
        "Comments": "comments",
        "Reposts": "reposts",
        "Saves": "saves",
        "Sends on LinkedIn": "sends",
        "Link engagements": "link_clicks",
    }


def test_post_owner_and_viewers_are_read(tmp_path: Path) -> None:
    file = parsed(ENGLISH)
    assert (file.kind, file.owner_name, file.locale) == ("linkedin_post", "Erika Beispiel", "en")
    assert file.posts[0].ids == [("activity", "7513855734526870202")]
    assert file.posts[0].published_at == datetime(2026, 10, 8, 7, 0, 7, 800000, tzinfo=UTC)
    assert file.window_start == date(2026, 10, 8)
    assert len(file.demographics) == 12
    assert {(d.scope, d.post_ref) for d in file.demographics} == {("post", 0)}


def german(tmp_path: Path, address: str = ADDRESS) -> Path:
    return workbook(
        tmp_path / "SinglePostAnalytics_Erika Beispiel_7513855734526870202.xlsx",
        {
            "Beitragsanalyse": [
                ["Beitrags-URL", address],
                ["Veröffentlichungsdatum", "8.10.2026"],
                [],
                ["Impressions", "5.537"],
                ["Erreichte Mitglieder", "3.210"],
                [],
                ["Mit diesem Beitrag generierte Profilansichten", "41"],
                ["Mit diesem Beitrag gewonnene Follower:innen", "-"],
                ["Soziale Interaktionen", "71"],
                ["Reaktionen", "49"],
                ["Kommentare", "5"],
                ["Reposts", "2"],
                ["Gespeicherte Beiträge", "12"],
                ["Auf LinkedIn gesendet", "3"],
                ["Kategorie", "Wert", "%"],
                ["Standort", "München", "< 1 %"],
            ]
        },
    )


def test_the_german_export_is_understood_and_a_dash_is_unknown(tmp_path: Path) -> None:
    file = parsed(german(tmp_path))
    assert file.locale == "de"
    assert {r.metric: r.value for r in file.readings} == {
        "impressions": 5537,
        "members_reached": 3210,
        "profile_viewers": 41,
        "engagements": 71,
        "reactions": 49,
        "comments": 5,
        "reposts": 2,
        "saves": 12,
        "sends": 3,
    }
    assert [(d.value, d.qualifier) for d in file.demographics] == [("München", "<")]


def test_a_post_without_a_number_anywhere_is_refused(tmp_path: Path) -> None:
    path = german(tmp_path, "https://www.linkedin.com/feed/")
    assert parsed(path).posts, "the file name tells"
    assert refused(path, "x.xlsx") == ("post_address_missing", {"sheet": "Beitragsanalyse"})
