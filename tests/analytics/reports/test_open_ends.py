"""A share that is only known to be at least so much is open up to all of them, on the page, in the PDF and in files."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pptx import Presentation

from analytics.reports import pdf
from analytics.reports.services import make_report
from tests.factories.reports import MONTHS, board_of_six_months, scene_of


@pytest.mark.parametrize("is_floor", [True, False])
def test_the_bar_of_a_figure_that_may_be_all_is_open(is_floor: bool, world: Any, sign_in: Any) -> None:
    board = board_of_six_months()
    line = board.lines["value_mix", "people", None, "month"]
    line[-1] = replace(line[-1], value=Decimal("0.35"), is_floor=is_floor)
    report = make_report(scene_of(world.program, board), MONTHS[-1], {"decision": {"en": "Go?"}}, by=world.manager)
    page = sign_in(world.manager).get(reverse("analytics:report_detail", args=[world.program.slug, report.pk]))
    assert ('class="bg open"' in page.content.decode()) == is_floor
    assert [figure["open"] for figure in pdf.contents(report)["five"]] == [False, False, False, False, is_floor]


def test_no_file_writes_a_bare_number_for_at_least_so_much(world: Any, sign_in: Any) -> None:
    """Who copies the column of numbers copies that it is at least so much."""
    board = board_of_six_months()
    line = board.lines["value_mix", "people", None, "month"]
    line[-1] = replace(line[-1], value=Decimal("0.35"), is_floor=True)
    report = make_report(scene_of(world.program, board), MONTHS[-1], {"decision": {"en": "Go?"}}, by=world.manager)
    client = sign_in(world.manager)
    address = reverse("analytics:report_detail", args=[world.program.slug, report.pk])
    rows = client.get(f"{address}data/csv/").content.decode().splitlines()
    (told,) = [row.split(",")[4] for row in rows if row.startswith("Figures,Value,")]
    deck = Presentation(BytesIO(client.get(f"{address}data/pptx/").content))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    cells = [row.cells[1].text for table in tables for row in table.rows if row.cells[0].text == "Value"]
    assert {text.replace("\N{NO-BREAK SPACE}", " ") for text in (told, *cells)} == {"≥ 35%"}
