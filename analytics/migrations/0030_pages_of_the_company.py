from typing import Any

from django.db import migrations, models


def learn_numbers(apps: Any, _editor: Any) -> None:
    """Of the pages that are connected now; what was ended before is known by its name alone."""
    connection = apps.get_model("analytics", "Connection")
    found = connection.objects.filter(account__kind="company").exclude(
        account__network__in=("blog", "podcast", "other")
    )
    for each in found.select_related("account"):
        each.account.number = f"{each.host} {each.number}"
        each.account.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [("analytics", "0029_timeline_notes")]

    operations = [
        migrations.AddField("account", "number", models.CharField(blank=True, db_default="", default="", max_length=460)),
        migrations.RunPython(learn_numbers, migrations.RunPython.noop),
    ]
