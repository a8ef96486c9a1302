from django.db import migrations

from core.kit.drawn import drawn
from core.kit.tables import NumberAnew


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0011_fence_in_parts"),
    ]

    operations = [
        NumberAnew(
            {
                "user": drawn,
            }
        ),
    ]
