from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards.charts import Scene
from analytics.dashboards.period import Stretch, choices, month_choices


def filters_of(scene: Scene, stretch: Stretch, query: Mapping[str, str]) -> list[dict[str, Any]]:
    """Period and generation. They choose among published cells and never make a new one."""
    groups = [("", _("all")), *((str(each.pk), each.name) for each in scene.generations)]
    return [
        {"name": "months", "label": _("Period"), "choices": choices(), "value": stretch.key},
        {"name": "from", "label": _("From"), "choices": month_choices(), "value": query.get("from", "")},
        {"name": "until", "label": _("Until"), "choices": month_choices(), "value": query.get("until", "")},
        {"name": "generation", "label": _("Generation"), "choices": groups, "value": scene.chosen or ""},
    ]
