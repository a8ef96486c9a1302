# The lines of the strategy map keep their table: a many-to-many becomes rows that say whether they are proven.

import core.kit.drawn
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0018_what_worked'),
        ('programs', '0031_leitbild_voices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name='strategyaim', name='feeds'),
                migrations.CreateModel(
                    name='StrategyLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(db_column='from_strategyaim_id', on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='analytics.strategyaim')),
                        ('goal', models.ForeignKey(db_column='to_strategyaim_id', on_delete=django.db.models.deletion.CASCADE, related_name='lines_here', to='analytics.strategyaim')),
                    ],
                    options={
                        'db_table': 'analytics_strategyaim_feeds',
                        'unique_together': {('source', 'goal')},
                    },
                ),
            ],
            database_operations=[],
        ),
        migrations.AddField(
            model_name='strategyline',
            name='deleted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='strategyline',
            name='is_proven',
            field=models.BooleanField(default=False, verbose_name='proven'),
        ),
        migrations.AddField(
            model_name='strategyline',
            name='why',
            field=models.CharField(blank=True, max_length=300, verbose_name='what shows it'),
        ),
        migrations.AddConstraint(
            model_name='strategyline',
            constraint=models.CheckConstraint(condition=models.Q(('is_proven', False), models.Q(('why', ''), _negated=True), _connector='OR'), name='proven_says_by_what'),
        ),
        migrations.AddConstraint(
            model_name='strategyline',
            constraint=models.CheckConstraint(condition=models.Q(('source', models.F('goal')), _negated=True), name='no_aim_leads_to_itself'),
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('deleted_at', models.DateTimeField(null=True)),
                ('id', models.BigIntegerField(default=core.kit.drawn.in_turn, editable=False, primary_key=True, serialize=False)),
                ('quarter', models.DateField(verbose_name='quarter')),
                ('text', models.CharField(max_length=120, verbose_name='objective')),
                ('place', models.PositiveSmallIntegerField(default=1, verbose_name='place in the list')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
            ],
            options={
                'ordering': ['quarter', 'place', 'pk'],
                'indexes': [models.Index(fields=['program', 'quarter'], name='objectives_of_quarter')],
            },
        ),
        migrations.CreateModel(
            name='KeyResult',
            fields=[
                ('deleted_at', models.DateTimeField(null=True)),
                ('id', models.BigIntegerField(default=core.kit.drawn.in_turn, editable=False, primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=120, verbose_name='key result')),
                ('kpi', models.CharField(blank=True, max_length=40, verbose_name='figure')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='unit')),
                ('start', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, verbose_name='start')),
                ('target', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='target')),
                ('place', models.PositiveSmallIntegerField(default=1, verbose_name='place in the list')),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='analytics.objective')),
            ],
            options={
                'ordering': ['place', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('start', None), models.Q(('start', models.F('target')), _negated=True), _connector='OR'), name='a_result_leads_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('kpi', ''), _negated=True), ('start__isnull', False), _connector='OR'), name='told_by_hand_has_a_start')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('deleted_at', models.DateTimeField(null=True)),
                ('id', models.BigIntegerField(default=core.kit.drawn.in_turn, editable=False, primary_key=True, serialize=False)),
                ('outlook', models.CharField(choices=[('on_course', 'on course'), ('at_risk', 'at risk'), ('needs_help', 'needs help'), ('given_up', 'given up')], default='on_course', max_length=10, verbose_name='outlook')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, verbose_name='number')),
                ('text', models.TextField(verbose_name='words')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='analytics.keyresult')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='report',
            name='of_generation',
            field=models.BigIntegerField(default=0),
        ),
    ]
