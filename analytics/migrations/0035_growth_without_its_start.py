from typing import Any

from django.db import migrations
from django.db.models.functions import Round


def said_less(apps: Any, _editor: Any) -> None:
    """The followers of the start stood beside each growth: a month less its first week was of a few people only."""
    cells = apps.get_model("analytics", "Cell").objects.filter(kpi="network_growth", series="people")
    cells.exclude(denominator=None).update(denominator=None, value=Round("value", precision=3))


class Migration(migrations.Migration):
    dependencies = [("analytics", "0034_social_scores")]
    operations = [migrations.RunPython(said_less, migrations.RunPython.noop)]
