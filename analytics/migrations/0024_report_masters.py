import core.kit.drawn
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0023_listening'),
        ('core', '0014_people_by_name'),
        ('programs', '0031_leitbild_voices'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportMaster',
            fields=[
                ('deleted_at', models.DateTimeField(null=True)),
                ('id', models.BigIntegerField(default=core.kit.drawn.in_turn, editable=False, primary_key=True, serialize=False)),
                ('offers', models.JSONField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.attachment', verbose_name='file')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('program',), name='one_master_of_a_program')],
            },
        ),
    ]
