import core.kit.numbersets
import core.kit.uploads
import core.kit.words
import django.core.validators
import django.db.models.deletion
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
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accounts', to='programs.program')),
                ('kind', models.CharField(choices=[('person', 'personal account'), ('company', 'company account')], max_length=7)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='accounts', to=settings.AUTH_USER_MODEL)),
                ('network', models.CharField(choices=[('linkedin', 'LinkedIn'), ('xing', 'XING'), ('mastodon', 'Mastodon'), ('bluesky', 'Bluesky'), ('instagram', 'Instagram'), ('youtube', 'YouTube'), ('x', 'X'), ('blog', 'blog'), ('podcast', 'podcast'), ('internal', 'within the company'), ('other', 'other')], default='linkedin', max_length=10)),
                ('handle', models.CharField(blank=True, max_length=160)),
                ('owner_name', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'person')), fields=('program', 'user', 'network'), name='one_personal_account'), models.UniqueConstraint(condition=models.Q(('kind', 'company')), fields=('program', 'network'), name='one_company_account'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), ('user__isnull', False)), models.Q(('kind', 'company'), ('user', None)), _connector='OR'), name='a_personal_account_has_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to=settings.AUTH_USER_MODEL)),
                ('on', models.DateField(verbose_name='day')),
                ('kind', models.CharField(choices=[('post', 'post'), ('comment', 'comment'), ('talk', 'conversation or talk'), ('other', 'something else')], default='post', max_length=7, verbose_name='kind')),
                ('channel', models.CharField(choices=[('linkedin', 'LinkedIn'), ('xing', 'XING'), ('mastodon', 'Mastodon'), ('bluesky', 'Bluesky'), ('instagram', 'Instagram'), ('youtube', 'YouTube'), ('x', 'X'), ('blog', 'blog'), ('podcast', 'podcast'), ('internal', 'within the company'), ('other', 'other')], default='linkedin', max_length=10, verbose_name='channel')),
                ('purpose', models.CharField(choices=[('value', 'value'), ('promotional', 'promotional')], default='value', max_length=11, verbose_name='purpose')),
                ('minutes', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='minutes')),
                ('label', models.CharField(choices=[('labelled', 'labelled'), ('not_needed', 'no label needed'), ('open', 'not decided yet')], default='open', max_length=10, verbose_name='labelling')),
                ('url', models.URLField(blank=True, max_length=400, verbose_name='link')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note to myself')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['user', 'program', '-on'], name='activities_of_person'), models.Index(fields=['program', 'on'], name='activities_of_program')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='programs.program')),
                ('kpi', models.CharField(max_length=30)),
                ('value', models.DecimalField(decimal_places=4, max_digits=14)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'kpi'), name='one_target_per_kpi')],
            },
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='programs.program')),
                ('kpi', models.CharField(max_length=30)),
                ('series', models.CharField(default='people', max_length=10)),
                ('generation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.generation')),
                ('period', models.CharField(choices=[('week', 'week'), ('month', 'month')], max_length=5)),
                ('start_on', models.DateField()),
                ('state', models.CharField(choices=[('shown', 'shown'), ('too_few', 'too few people'), ('protects', 'hidden to protect another cell'), ('changed', 'the group changed by too few people'), ('dominated', 'one or two people make up most of it')], default='shown', max_length=9)),
                ('value', models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ('numerator', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('denominator', models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ('people', models.PositiveIntegerField(null=True)),
                ('is_floor', models.BooleanField(default=False)),
                ('formula_version', models.PositiveSmallIntegerField(default=1)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'period', 'kpi', 'series', 'generation', 'start_on'), name='one_cell', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('state', 'shown'), models.Q(('denominator', None), ('numerator', None), ('people', None), ('value', None)), _connector='OR'), name='hidden_cells_hold_nothing')],
            },
        ),
        migrations.CreateModel(
            name='PublishRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted_at', models.DateTimeField(null=True)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='programs.program')),
                ('number', models.PositiveIntegerField()),
                ('month', models.DateField()),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('headline', core.kit.words.WordsField(blank=True, max_length=160)),
                ('decision', core.kit.words.WordsField(blank=True)),
                ('decision_until', models.DateField(blank=True, null=True)),
                ('data', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-month', '-edition'],
                'constraints': [models.UniqueConstraint(fields=('program', 'number'), name='one_report_per_number'), models.UniqueConstraint(fields=('program', 'month', 'edition'), name='one_report_per_edition')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_runs', to='programs.program')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='analytics.account')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.FileField(upload_to=core.kit.uploads.private_path)),
                ('rows_file', models.FileField(blank=True, upload_to=core.kit.uploads.private_path)),
                ('posts_file', models.FileField(blank=True, upload_to=core.kit.uploads.private_path)),
                ('compared_file', models.FileField(blank=True, upload_to=core.kit.uploads.private_path)),
                ('file_name', models.CharField(max_length=200)),
                ('size', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(blank=True, max_length=30)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('exported_at', models.DateTimeField(null=True)),
                ('window_start', models.DateField(null=True)),
                ('window_end', models.DateField(null=True)),
                ('state', models.CharField(choices=[('queued', 'waiting'), ('reading', 'being read'), ('question', 'needs an answer'), ('preview', 'ready to apply'), ('applying', 'being applied'), ('applied', 'applied'), ('undoing', 'being undone'), ('undone', 'undone'), ('refused', 'refused'), ('failed', 'failed'), ('discarded', 'discarded')], default='queued', max_length=9)),
                ('owner_name', models.CharField(blank=True, max_length=120)),
                ('confirmed_owner', models.BooleanField(default=False)),
                ('lease_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('repeats', models.PositiveIntegerField(default=0)),
                ('rows_new', models.PositiveIntegerField(default=0)),
                ('rows_changed', models.PositiveIntegerField(default=0)),
                ('rows_unchanged', models.PositiveIntegerField(default=0)),
                ('rows_older', models.PositiveIntegerField(default=0)),
                ('rows_refused', models.PositiveIntegerField(default=0)),
                ('posts_new', models.PositiveIntegerField(default=0)),
                ('preview', models.JSONField(default=dict)),
                ('message', models.JSONField(default=dict)),
                ('same_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='analytics.importrun')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('applied_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['account', '-id'], name='runs_of_account'), models.Index(condition=models.Q(('state__in', ['queued', 'reading', 'applying', 'undoing'])), fields=['lease_until'], name='runs_at_work')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['applying', 'undoing'])), fields=('account',), name='one_apply_per_account_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Backing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='backing', to='analytics.cell')),
                ('atoms', models.BinaryField()),
                ('digest', models.BinaryField(default=b'')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='analytics.account')),
                ('published_at', models.DateTimeField(null=True)),
                ('precision', models.CharField(default='second', max_length=6)),
                ('created_on', models.DateField(null=True)),
                ('url', models.URLField(blank=True, max_length=400)),
                ('title', models.TextField(blank=True)),
                ('kind', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'indexes': [models.Index(fields=['account', '-published_at'], name='posts_of_account')],
            },
        ),
        migrations.CreateModel(
            name='ReadingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='analytics.account')),
                ('reading_id', models.BigIntegerField()),
                ('run_id', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('value', models.BigIntegerField()),
                ('cell', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'as_of', 'run_id'], name='versions_of_account')],
            },
        ),
        migrations.CreateModel(
            name='Echo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='analytics.account')),
                ('run_id', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('readings', core.kit.numbersets.NumberSetField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'run_id'), name='one_echo_per_import')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='analytics.account')),
                ('number', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='WeekTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='analytics.account')),
                ('metric', models.SmallIntegerField(choices=[(1, 'impressions'), (2, 'members reached'), (3, 'engagements as reported'), (4, 'reactions'), (5, 'comments'), (6, 'reposts'), (7, 'saves'), (8, 'sends'), (9, 'clicks'), (10, 'link clicks'), (11, 'video views'), (12, 'new followers'), (13, 'followers'), (14, 'page views'), (15, 'unique visitors'), (16, 'profile viewers'), (17, 'followers gained')])),
                ('segment', models.SmallIntegerField(choices=[(0, ''), (1, 'organic'), (2, 'sponsored'), (3, 'desktop'), (4, 'mobile'), (5, 'auto-invited')], default=0)),
                ('week', models.DateField()),
                ('value', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'metric', 'segment', 'week', 'account'), name='one_total_per_week')],
            },
        ),
        migrations.CreateModel(
            name='PostId',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='analytics.account')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ids', to='analytics.post')),
                ('scheme', models.CharField(max_length=10)),
                ('value', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'account', 'scheme', 'value'), name='one_post_per_number'), models.UniqueConstraint(condition=models.Q(('scheme', 'url'), _negated=True), fields=('post', 'scheme'), name='one_number_per_scheme')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='analytics.account')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='readings', to='analytics.post')),
                ('metric', models.SmallIntegerField(choices=[(1, 'impressions'), (2, 'members reached'), (3, 'engagements as reported'), (4, 'reactions'), (5, 'comments'), (6, 'reposts'), (7, 'saves'), (8, 'sends'), (9, 'clicks'), (10, 'link clicks'), (11, 'video views'), (12, 'new followers'), (13, 'followers'), (14, 'page views'), (15, 'unique visitors'), (16, 'profile viewers'), (17, 'followers gained')])),
                ('segment', models.SmallIntegerField(choices=[(0, ''), (1, 'organic'), (2, 'sponsored'), (3, 'desktop'), (4, 'mobile'), (5, 'auto-invited')], default=0)),
                ('grain', models.SmallIntegerField(choices=[(1, 'day'), (2, 'period of the file'), (3, 'since publication')])),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('value', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('run_id', models.BigIntegerField()),
                ('cell', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('program', 'account', 'post', 'metric', 'segment', 'grain', 'period_start', 'period_end'), name='one_reading', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='PostListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='analytics.account')),
                ('number', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='analytics.postid')),
                ('run_id', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('number', 'run_id'), name='named_once_per_import')],
            },
        ),
    ]
