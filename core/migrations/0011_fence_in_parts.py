from django.db import migrations, models


class Migration(migrations.Migration):
    """Made anew: a row of before would be taken for one of a restored database."""

    dependencies = [
        ('core', '0010_capacity_in_the_journal'),
    ]

    operations = [
        migrations.DeleteModel(name='Fence'),
        migrations.CreateModel(
            name='Fence',
            fields=[
                ('single', models.BooleanField(default=True, primary_key=True, serialize=False)),
                ('cluster', models.CharField(blank=True, max_length=20)),
                ('database', models.CharField(max_length=40)),
                ('timeline', models.CharField(blank=True, max_length=8)),
                ('raised_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('single', True)), name='one_fence')],
            },
        ),
    ]
