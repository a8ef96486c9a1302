from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0014_people_by_name")]

    operations = [
        migrations.AddField(
            model_name="scheduledjob",
            name="attempts",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("period", models.BigIntegerField()),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("sent_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("took", models.FloatField(null=True)),
                ("failure", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "period"), name="one_run_per_period")],
            },
        ),
    ]
