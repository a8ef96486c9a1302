import core.kit.languages
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rescue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proof', models.CharField(choices=[('in_person', 'in person, with an identity card or company badge'), ('known_number', 'called back on a number the company has on file'), ('video', 'in a video call with somebody who knows the person')], max_length=12)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('stopped', 'stopped')], default='waiting', max_length=7)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('person',), name='one_rescue_at_a_time'), models.CheckConstraint(condition=models.Q(('person', models.F('asked_by')), _negated=True), name='nobody_rescues_themselves')],
            },
        ),
        migrations.CreateModel(
            name='SiteText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('imprint', 'Imprint'), ('privacy', 'Privacy notice')], max_length=7)),
                ('language', models.CharField(choices=core.kit.languages.choices, max_length=2)),
                ('text', models.TextField(max_length=50000)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'language'), name='one_text_per_kind_and_language')],
            },
        ),
    ]
