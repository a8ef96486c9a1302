from django.db import migrations, models
from django.utils import timezone


def keep_what_is_shown(apps, schema_editor):
    """What guests read today, whoever leads the program has let them read."""
    pages = apps.get_model("programs", "HandbookPage").objects.filter(for_guests=True)
    pages.update(guest_version=models.F("version"), guest_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("programs", "0026_moving"),
    ]

    operations = [
        migrations.AddField(
            model_name="handbookpage",
            name="guest_version",
            field=models.PositiveIntegerField(null=True, verbose_name="version that guests read"),
        ),
        migrations.AddField(
            model_name="handbookpage",
            name="guest_at",
            field=models.DateTimeField(null=True, verbose_name="when guests were last shown it"),
        ),
        migrations.RunPython(keep_what_is_shown, migrations.RunPython.noop),
    ]
