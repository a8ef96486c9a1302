from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.charts import Scene
from analytics.dashboards.queries import PERIODS


def months_asked(value: str | None) -> int:
    """The period in the address; anything else means six months."""
    return int(value) if value in {str(months) for months in PERIODS} else 6


def filters_of(scene: Scene) -> list[dict[str, Any]]:
    """Period and generation. They choose among published cells and never make a new one."""
    periods = {3: _("3 months"), 6: _("6 months"), 12: _("12 months")}
    groups = [("", _("all")), *((str(each.pk), each.name) for each in scene.generations)]
    return [
        {"name": "months", "label": _("Period"), "choices": list(periods.items()), "value": scene.months},
        {"name": "generation", "label": _("Generation"), "choices": groups, "value": scene.chosen or ""},
    ]
