"""Room on each page of the delivery ledger, so that a row's new version stays beside the old one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("community", "0001_tables")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE community_delivery SET (fillfactor = 45)", "ALTER TABLE community_delivery RESET (fillfactor)"
        ),
    ]
