"""The company's share of what others publish, month by month, from published cells."""

from decimal import Decimal

from django.utils.translation import gettext as _

from analytics.dashboards import certainty, group_past, sentences
from analytics.dashboards.charts import Scene, monthly
from core.kit.charts import Chart

VOICE_OF = "share_of_voice"


def voice_chart(scene: Scene) -> Chart | None:
    """Nothing where a generation is chosen: what others publish is about the company."""
    points = scene.shown(VOICE_OF)
    if not points:
        return None
    now = points[-1]
    sure = certainty.of_share(VOICE_OF, group_past.before(VOICE_OF, scene.line(VOICE_OF), now), now.below)
    said = sentences.voice(now.start_on, now.value or Decimal(0))
    return monthly(scene, VOICE_OF, said, what=measured(), sure=sure)


def measured() -> str:
    return _("Mentions in titles: our own company's share. It depends on where one looks.")
