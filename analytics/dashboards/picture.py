"""A chart as a picture for a mail. What it shows stands in its address, signed: so an issue keeps the figures of the
day it was sent on, the picture is the same for every reader, and nobody else can have pictures drawn here."""

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache as kept
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from analytics.dashboards import charts, group_past
from analytics.dashboards.charts import Scene
from analytics.dashboards.queries import since
from analytics.kpis.queries import board, targets_of
from core.kit.charts import Chart
from core.kit.newsletter_blocks import Picture
from core.kit.typeset import drawn_as_png
from programs.membership.models import Program

SALT = "dashboards.picture"
WIDTH, HEIGHT = 520, 230  # as the mail shows it; drawn twice as fine
STEPS = 1000  # a bar is so many steps high at most: no finer than one can see
A_DAY = 24 * 3600
HERE = Path(__file__).parent
DRAWN: dict[str, Callable[[Scene], Chart | None]] = {
    "impressions": charts.impressions,
    "interactions": charts.interactions,
    "activity_rate": charts.activity,
}


def block(kpi: str) -> Callable[[Program, str, date], list[Any]]:
    """What a newsletter shows of a figure: the finding as a sentence, and the months as a picture."""

    def fill(program: Program, language: str, on: date) -> list[Any]:
        with override(language):
            scene = Scene(
                program,
                board(program, since=since(group_past.MONTHS + 1, on), until=on, kpis=[kpi]),
                targets_of(program),
            )
            chart = DRAWN[kpi](scene)
            return [*map(strip_tags, (chart.sentence, *chart.besides)), picture_of(chart)] if chart else []

    return fill


def picture_of(chart: Chart) -> Picture:
    """Only what may be said is in it: cells as they were published, with the words they are said with."""
    cells = [(row.label, row.cells[0]) for row in chart.rows]
    values = [cell.value for _label, cell in cells if cell.value is not None]
    top = max([*values, chart.target.value if chart.target else 0, 1])
    shown = [[label, _steps(cell.value, top), cell.display] for label, cell in cells]
    target = [_steps(chart.target.value, top), chart.target.label] if chart.target else None
    token = Signer(salt=SALT).sign_object({"bars": shown, "target": target, "what": chart.what}, compress=True)
    said = [f"{label}: {cell.display or (_('hidden') if cell.hidden else _('no figure'))}" for label, cell in cells]
    words = f"{chart.what}. {'; '.join(said)}."
    if chart.target:
        words += f" {chart.target.label}."
    address = settings.SITE_URL + reverse("analytics:mail_picture", args=[token])
    return Picture(address, words, WIDTH, HEIGHT)


def _steps(value: Decimal | int | None, top: Decimal | int) -> int | None:
    return None if value is None else round(value * STEPS / top)


def find_picture(token: str) -> bytes | None:
    """The picture of an address of ours, drawn once a day at most; nothing for one that was made up."""
    try:
        seen = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError):
        return None
    key = f"picture:{hashlib.sha256(token.encode()).hexdigest()}"
    made: bytes | None = kept.get(key)
    if made is None:
        made = drawn_as_png(_template(), HERE, chart=seen)
        kept.set(key, made, A_DAY)
    return made


@cache
def _template() -> bytes:
    return (HERE / "picture.typ").read_bytes()
