import core.kit.languages
import core.kit.uploads
import core.news.models
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, verbose_name='work e-mail')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('language', models.CharField(choices=core.kit.languages.choices, default='de', max_length=2, verbose_name='language')),
                ('time_zone', models.CharField(default='Europe/Berlin', max_length=64, verbose_name='time zone')),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                ('sign_ins_ended', models.PositiveIntegerField(default=0)),
                ('erase_at', models.DateTimeField(null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_person_per_address'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='a_person_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('counted', models.JSONField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='ScheduledJob',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('period', models.BigIntegerField()),
                ('sent_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('took', models.FloatField(null=True)),
                ('failure', models.CharField(blank=True, db_default='', max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Setback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=80)),
                ('row', models.CharField(max_length=80)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('reason', models.CharField(max_length=80)),
                ('failed_at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('job', 'row'), name='one_setback_per_row')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('deleted_at', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('target_id', models.BigIntegerField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=120)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('file', models.FileField(upload_to=core.kit.uploads.private_path)),
                ('thumbnail', models.FileField(blank=True, upload_to=core.kit.uploads.private_path)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['kind', 'target_id', 'at'], name='attachments_of_object'), models.Index(fields=['program_id', 'by'], name='attachments_of_program')],
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='an_attachment_is_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('height', None), ('thumbnail', ''), ('width', None)), models.Q(('height__gt', 0), ('width__gt', 0), models.Q(('thumbnail', ''), _negated=True)), _connector='OR'), name='a_picture_has_a_size_and_a_thumbnail')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('deleted_at', models.DateTimeField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('target_id', models.BigIntegerField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.TextField(verbose_name='comment')),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('edited_at', models.DateTimeField(null=True)),
                ('deleted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['kind', 'target_id', 'at'], name='comments_of_object')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_comment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program_id', models.BigIntegerField(null=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('change', 'change'), ('view', 'view')], default='change', max_length=6)),
                ('verb', models.CharField(max_length=60)),
                ('subject_type', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'db_table': 'core_journal',
                'indexes': [models.Index(fields=['program_id', '-at'], name='journal_of_program'), models.Index(fields=['subject_type', 'subject_id', '-at'], name='journal_of_subject')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('path', models.CharField(max_length=200)),
                ('query', models.CharField(blank=True, max_length=400)),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('saved_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'path', 'name'), name='one_view_per_name'), models.CheckConstraint(condition=models.Q(('path__startswith', '/'), models.Q(('name', ''), _negated=True)), name='a_view_has_name_and_page')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('program_id', models.BigIntegerField(null=True)),
                ('kind', models.CharField(max_length=40)),
                ('about', models.CharField(max_length=60)),
                ('item', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('is_shown', models.BooleanField(default=True)),
                ('is_gone', models.BooleanField(default=False)),
                ('mail', models.CharField(blank=True, choices=[('now', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never')], max_length=6)),
                ('due_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='news_of_person'), models.Index(fields=['kind', 'about'], name='news_about'), models.Index(condition=models.Q(('is_gone', False), ('is_shown', True), ('read_at', None)), fields=['person'], name='news_unread'), models.Index(condition=models.Q(('mail', ''), _negated=True), fields=['due_at'], name='news_to_mail')],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'item'), name='one_news_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('due_at', None), ('mail', '')), models.Q(models.Q(('mail', ''), _negated=True), ('due_at__isnull', False)), _connector='OR'), name='a_mail_to_come_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(max_length=40)),
                ('is_shown', models.BooleanField(default=True)),
                ('mail', models.CharField(choices=[('now', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week'), ('never', 'never')], max_length=6)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'kind'), name='one_wish_per_kind')],
            },
        ),
        migrations.CreateModel(
            name='Hours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=core.news.models.working_days, size=None)),
                ('start', models.PositiveSmallIntegerField(default=8)),
                ('end', models.PositiveSmallIntegerField(default=19)),
                ('paused_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('end__lte', 24), ('start__lt', models.F('end'))), name='hours_have_a_length')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program_id', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.CharField(max_length=40)),
                ('reference', models.BigIntegerField(null=True)),
                ('address', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('headers', models.JSONField(default=dict)),
                ('message_id', models.CharField(max_length=120, unique=True)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('retry', 'Retry'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('lease_until', models.DateTimeField(null=True)),
                ('reply', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'core_outgoing_mail',
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'retry', 'sending'])), fields=['due_at'], name='mail_due'), models.Index(fields=['reason', 'reference'], name='mail_of_cause')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('saved_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='one_draft_per_field')],
            },
        ),
    ]
