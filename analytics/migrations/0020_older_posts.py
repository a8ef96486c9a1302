from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0019_objectives_and_lines'),
    ]

    operations = [
        migrations.AddField(
            model_name='connection',
            name='goes_back_to',
            field=models.DateTimeField(null=True, verbose_name='oldest post fetched'),
        ),
        migrations.AddField(
            model_name='connection',
            name='older_from',
            field=models.TextField(blank=True),
        ),
    ]
