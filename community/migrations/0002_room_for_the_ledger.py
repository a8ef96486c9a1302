"""Room on each page of the delivery ledger, so that a row's new version stays beside the old one."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("community", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(
            "ALTER TABLE community_delivery SET (fillfactor = 45)", "ALTER TABLE community_delivery RESET (fillfactor)"
        ),
    ]
