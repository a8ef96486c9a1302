from django.db import migrations

from core.kit.drawn import in_turn
from core.kit.tables import NumberAnew


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0005_decisions"),
    ]

    operations = [
        NumberAnew(
            {
                "decisionword": in_turn,
                "report": in_turn,
            }
        ),
    ]
