import core.kit.words
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('programs', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Board',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', core.kit.words.WordsField(max_length=200)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='boards', to='programs.program')),
                ('key', models.SlugField(max_length=30)),
                ('about', core.kit.words.WordsField(blank=True, max_length=200)),
                ('icon', models.CharField(default='messages', max_length=40)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('asks', models.BooleanField(default=False)),
                ('is_for_hosts', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'key'), name='one_board_per_key')],
            },
        ),
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('all_read_at', models.DateTimeField(null=True)),
                ('words_go', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'person'), name='one_visitor_per_person')],
            },
        ),
        migrations.CreateModel(
            name='BoxQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('title', models.CharField(max_length=140)),
                ('text', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('is_shuffled', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='a_box_question_asks_something')],
            },
        ),
        migrations.CreateModel(
            name='LinkCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=1000, unique=True)),
                ('title', models.CharField(blank=True, max_length=140)),
                ('text', models.CharField(blank=True, max_length=240)),
                ('asked_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('asked_at', None)), fields=['id'], name='cards_to_fetch')],
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='programs.program')),
                ('number', models.PositiveIntegerField()),
                ('subject', core.kit.words.WordsField(blank=True, max_length=120)),
                ('body', core.kit.words.WordsField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('scheduled', 'scheduled'), ('sending', 'sending'), ('paused', 'paused'), ('sent', 'sent')], default='draft', max_length=9)),
                ('version', models.PositiveIntegerField(default=1)),
                ('scheduled_at', models.DateTimeField(blank=True, null=True)),
                ('frozen', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('obstacle', models.CharField(blank=True, max_length=200)),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['-number'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['scheduled', 'sending'])), fields=['scheduled_at'], name='issues_due')],
                'constraints': [models.UniqueConstraint(fields=('program', 'number'), name='one_issue_per_number'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'scheduled'), _negated=True), ('scheduled_at__isnull', False), _connector='OR'), name='scheduled_has_a_time'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('deleted_at', None), _connector='OR'), name='only_drafts_are_deleted')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('address_hash', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=20)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'address_hash'), name='suppressed_once')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('issue', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='community.issue')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('address', models.EmailField(max_length=254)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(max_length=2)),
                ('message_id', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('queued', 'waiting'), ('claimed', 'in hand'), ('sending', 'being handed over'), ('sent', 'sent'), ('retry', 'will be tried again'), ('failed', 'failed'), ('suppressed', 'not wanted any more'), ('uncertain', 'uncertain')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('reply', models.CharField(blank=True, max_length=200)),
                ('is_repeat', models.BooleanField(default=False)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('message_id',), name='one_delivery_per_message_id'), models.UniqueConstraint(fields=('issue', 'user'), name='one_delivery_per_person'), models.UniqueConstraint(models.F('issue'), django.db.models.functions.text.Lower('address'), name='one_delivery_per_address')],
            },
        ),
    ]
