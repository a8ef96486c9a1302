"""A share that is only known to be at least so much is open up to all of them, on the page and in the PDF."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

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
