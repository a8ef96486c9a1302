import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from PIL import Image

from core.kit.chart_pictures import picture
from core.kit.charts import (
    Chart,
    ChartBand,
    ChartCell,
    ChartKind,
    ChartRow,
    ChartSeries,
    ChartSpan,
    ChartTarget,
    series_of,
)
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


def columns_of(picture: bytes) -> tuple[float, int]:
    """Where the middle of what is drawn in the colour of the first bar lies, and how wide it is; in shares of 1000."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    teal = [x for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == (14, 124, 134)]
    return 500 * (min(teal) + max(teal)) / image.width, 1000 * (max(teal) - min(teal)) // image.width


@pytest.mark.parametrize("beside", ["nothing", "a band", "words"])
def test_in_a_picture_a_bar_stands_above_its_label(beside: str) -> None:
    """A band is no bar and takes no room from one, nor do columns that are only said."""
    made = replace(chart(ChartCell(Decimal(20), "20")), target=None)
    alone = columns_of(picture(made, "png"))
    if beside == "a band":
        span = ChartSpan(Decimal(10), Decimal(15), Decimal(30), "10 to 30")
        made = replace(made, band=ChartBand("Months before", ("low", "middle", "high"), (span,)))
    elif beside == "words":
        made = replace(made, series=(*made.series, ChartSeries("Share", (ChartCell(None, "40 %"),))))
    middle, wide = columns_of(picture(made, "png"))
    assert abs(middle - 500) < 3
    assert (middle, wide) == alone


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("davor 51,6 Tsd.–66,9 Tsd..", "davor 51,6 Tsd.–66,9 Tsd."),
        (mark_safe("Im Mai <em>1 Std.</em>. Danach <em>2</em>."), "Im Mai <em>1 Std.</em> Danach <em>2</em>."),
        ("more to come ...", "more to come ..."),
    ],
)
def test_a_sentence_has_one_full_stop(text: str, said: str) -> None:
    made = replace(chart(ChartCell(Decimal(1), "1")), sentence=text, sure=text)
    assert (made.sentence, made.sure) == (said, said)
    assert isinstance(made.sentence, SafeString) == isinstance(text, SafeString)


OPEN = ChartCell(Decimal(35), "≥ 35 %", is_floor=True)


def test_a_share_that_is_at_least_so_much_may_be_all_and_every_form_says_so() -> None:
    made = replace(chart(ChartCell(Decimal(80), "80 %"), OPEN), unit="%")
    note = "it may as well be all of them"
    assert note in made.open_note
    assert made.open_note in made.besides
    assert note in as_csv(made.table("rate"), mark=False)
    assert note in picture(made, "svg").decode()
    assert note in render_to_string("ui/_finding.html", {"chart": made})


@pytest.mark.parametrize(("cell", "unit"), [(ChartCell(Decimal(35), "35 %"), "%"), (OPEN, "")])
def test_what_is_known_or_no_share_has_no_open_end(cell: ChartCell, unit: str) -> None:
    assert replace(chart(cell), unit=unit).open_note == ""


def test_an_open_bar_reaches_up_to_all_of_them() -> None:
    """An executive saw a bar of a third below a target of 95 %, and it was nearly everybody."""
    known, open_ended = (replace(chart(cell), unit="%") for cell in (ChartCell(Decimal(35), "35 %"), OPEN))
    dashed = "stroke-dasharray"
    assert picture(open_ended, "svg").decode().count(dashed) == picture(known, "svg").decode().count(dashed) + 1
