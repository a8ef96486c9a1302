from decimal import Decimal

import pytest

from core.kit.charts import Chart, ChartCell, ChartKind, ChartRow, ChartTarget, series_of
from core.kit.exports import as_csv

HIDDEN = ChartCell(hidden=True, reason="Fewer than 5 people.")


def chart(*cells: ChartCell) -> Chart:
    return Chart(
        id="rate",
        kind=ChartKind.BARS,
        sentence="More people write.",
        over="Month",
        labels=("May", "Jun", "Jul", "Aug")[: len(cells)],
        series=series_of(["Posts"], [[cell] for cell in cells]),
        target=ChartTarget(Decimal(80), "Target 80 %"),
    )


def test_the_table_beside_the_picture_says_the_same_cells() -> None:
    made = chart(ChartCell(Decimal("3.5"), "3.5"), HIDDEN)
    assert made.columns == ["Month", "Posts"]
    assert made.rows == [ChartRow("May", (ChartCell(Decimal("3.5"), "3.5"),)), ChartRow("Jun", (HIDDEN,))]


def test_the_file_says_no_more_than_the_page() -> None:
    """Unknown stays empty, hidden is its reason, and "at least" is never a bare number."""
    floor = ChartCell(Decimal(90), "≥ 90 %", is_floor=True)
    made = chart(ChartCell(Decimal("3.5"), "3.5"), HIDDEN, ChartCell(), floor)
    assert as_csv(made.table("rate"), mark=False).splitlines() == [
        "Month,Posts",
        "May,3.5",
        "Jun,Fewer than 5 people.",
        "Jul,",
        "Aug,≥ 90 %",
    ]


def test_a_hidden_cell_holds_no_figure() -> None:
    with pytest.raises(ValueError, match="neither a value"):
        ChartCell(Decimal(3), hidden=True, reason="Fewer than 5")
    with pytest.raises(ValueError, match="neither a value"):
        ChartCell(display="3", hidden=True, reason="Fewer than 5")


def test_each_label_has_its_cells() -> None:
    with pytest.raises(ValueError, match="one cell for each of the 2 labels"):
        Chart("a", ChartKind.LINES, "", "Month", ("May", "Jun"), series_of(["Posts"], [[ChartCell(1, "1")]]))
