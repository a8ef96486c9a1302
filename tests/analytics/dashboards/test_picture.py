"""Figures as a picture in a newsletter: what was published, said in words too, and as on the day of sending."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client

from analytics.kpis.models import Cell
from community.newsletters import letters
from tests.factories.kpis import make_cell
from tests.factories.newsletters import make_issue

DAY = date(2026, 11, 20)


def letter_of(world: Any) -> Any:
    issue = make_issue(world.program, body_en="[[chart-impressions]]", body_de="[[chart-impressions]]")
    return letters.compose(issue, "en", DAY, is_final=True)


def test_a_chart_is_a_picture_with_words_and_keeps_its_figures(world: Any) -> None:
    Cell.objects.filter(program=world.program).delete()
    make_cell(world.program, "impressions", date(2026, 9, 1), 210_000)
    make_cell(world.program, "impressions", date(2026, 8, 1), None)
    newest = make_cell(world.program, "impressions", date(2026, 10, 1), 252_000)
    letter = letter_of(world)
    (picture,) = letter.blocks[0].pictures
    assert "Impressions per month. " in picture.words
    assert "hidden; " in picture.words
    assert picture.words in letter.text
    assert "<" not in letter.blocks[0].sentences[0]
    assert f'src="{picture.address}"' in letter.body
    path = "/" + picture.address.split("/", 3)[3]
    first = Client().get(path)
    assert first["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    Cell.objects.filter(pk=newest.pk).update(value=Decimal(999_000))
    assert Client().get(path).content == first.content
    assert letter_of(world).blocks[0].pictures[0].address != picture.address
    assert Client().get(path.replace(".png", "x.png")).status_code == 404


def test_without_figures_there_is_nothing_to_show(world: Any) -> None:
    Cell.objects.filter(program=world.program).delete()
    assert letter_of(world).blocks[0].is_empty
