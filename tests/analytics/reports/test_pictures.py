"""Each chart of a report is to be had as a picture, with its words in the file and nothing of what is hidden."""

import struct
import zlib
from typing import Any

from analytics.reports.services import make_report
from tests.factories.reports import MONTHS, board_of_six_months, point, scene_of
from tests.world import client_of


def taken(client: Any, report: Any, chart: str, kind: str) -> Any:
    return client.get(f"/p/{report.program.slug}/reports/{report.pk}/charts/{chart}.{kind}")


def words_in(png: bytes) -> str:
    """What its text chunk says, where every chunk is whole."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, found = 8, ""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        if kind == b"iTXt":
            found = body.split(b"\0", 5)[-1].decode()
        at += 12 + size
    return found


def test_a_chart_is_a_picture_with_its_words(world: Any) -> None:
    client = client_of("executive", world)
    page = client.get(f"/p/{world.program.slug}/reports/{world.report.pk}/").content.decode()
    for kind, media in (("png", "image/png"), ("svg", "image/svg+xml")):
        assert f"charts/report-impressions.{kind}" in page
        answer = taken(client, world.report, "report-impressions", kind)
        assert answer.headers["Content-Type"] == media
        assert "attachment" in answer.headers["Content-Disposition"]
        words = words_in(answer.content) if kind == "png" else answer.content.decode()
        for said in ("70K", "20K", "Oct", "May"):
            assert said in words, (kind, said)
    svg = answer.content.decode()
    assert 'role="img" aria-labelledby="t d"><title id="t">' in svg
    assert "<script" not in svg
    assert taken(client, world.report, "report-duel", "svg").status_code == 200
    for chart, kind in (("report-nothing", "svg"), ("report-duel", "exe")):
        assert taken(client, world.report, chart, kind).status_code == 404


def test_a_hidden_month_is_a_reason_and_no_number(world: Any) -> None:
    board = board_of_six_months()
    board.lines["impressions", "people", None, "month"][3] = point(MONTHS[3], None, state="too_few")
    report = make_report(scene_of(world.program, board), MONTHS[-1], {}, by=world.manager)
    words = words_in(taken(client_of("manager", world), report, "report-impressions", "png").content)
    assert "Aug: Impressions Fewer than 9 people have a figure here" in words
    assert "50K" not in words


def test_nothing_typed_becomes_markup(world: Any) -> None:
    """A generation or a target may be called anything."""
    world.program.name = 'A "b" <script>alert(1)</script> & #eval("1")'
    world.program.save()
    svg = taken(client_of("manager", world), world.report, "report-duel", "svg").content.decode()
    assert "<script" not in svg
